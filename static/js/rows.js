// Keys of an index: J and K move, X chooses, Shift and an arrow choose on the way, Enter or Space looks, F and / search.
// Never while someone types or composes, nor in a dialog.
import { look } from "./look.js";
import { off } from "./shortcuts.js";

const busy = (event) =>
  event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
  document.querySelector("dialog[open], details.menu[open]") ||
  event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

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

  document.addEventListener("keydown", (event) => {
    if (off() || busy(event)) return;
    const key = event.key.toLowerCase();
    const row = current();
    const arrow = { arrowdown: 1, arrowup: -1 }[key];
    const search = document.querySelector("[data-index-search]");
    const done = () => event.preventDefault();
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (event.shiftKey && arrow) { done(); choose(row, true); move(arrow); choose(current(), true); }
    else if (key === "x" && row) choose(row);
    else if ((key === "/" || key === "f") && search) { done(); search.focus(); search.select(); }
    else if ((key === "enter" || key === " ") && row && (event.target === row || event.target === document.body)) { done(); open(row); }
  });
}
