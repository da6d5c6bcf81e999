// Keys of an index: J and K move, X chooses, Shift and an arrow choose on the way, Enter or Space looks, F and / search.
import { on } from "./keys.js";
import { look } from "./look.js";

export default function rows(index) {
  const all = () => [...index.querySelectorAll("tbody tr")];
  const current = () => index.querySelector("tbody tr.is-current");
  const box = (row) => row?.querySelector(".table__choice input");

  function move(step) {
    const list = all();
    if (!list.length) return;
    const at = list.indexOf(current());
    const to = at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step));
    current()?.classList.remove("is-current");
    list[to].classList.add("is-current");
    list[to].scrollIntoView({ block: "nearest" });
    list[to].tabIndex = -1;
    list[to].focus({ preventScroll: true });
  }

  function choose(row, on) {
    const found = box(row);
    if (!found || found.checked === on) return;
    found.checked = on ?? !found.checked;
    found.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function open(row) {
    const link = row.querySelector("a[data-look]");
    if (link) look(link);
    else row.querySelector("a[href]")?.click();
  }

  function lookAt(event) {
    const row = current();
    if (!row || (event.target !== row && event.target !== document.body)) return;
    event.preventDefault();
    open(row);
  }

  const along = (step) => (event) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    choose(current(), true);
    move(step);
    choose(current(), true);
  };

  on("j", () => move(1));
  on("k", () => move(-1));
  on("ArrowDown", along(1));
  on("ArrowUp", along(-1));
  on("x", () => choose(current()));
  on("Enter", lookAt);
  on(" ", lookAt);
  const search = index.querySelector("[data-index-search]");
  if (search) for (const key of ["/", "f"]) on(key, (event) => { event.preventDefault(); search.focus(); search.select(); });
}
