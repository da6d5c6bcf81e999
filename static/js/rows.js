// Keys of an index: J and K move, Enter opens, / goes to the search. Never while someone types or composes.
import { off } from "./shortcuts.js";

const busy = (event) =>
  event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
  document.querySelector("dialog[open], details.menu[open]") ||
  event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

export default function rows(index) {
  const all = () => [...index.querySelectorAll("tbody tr")];
  const current = () => index.querySelector("tbody tr.is-current");
  const open = (row) => row?.querySelector("a[href]");

  function move(step) {
    const list = all();
    if (!list.length) return;
    const at = list.indexOf(current());
    const to = at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step));
    current()?.classList.remove("is-current");
    list[to].classList.add("is-current");
    list[to].scrollIntoView({ block: "nearest" });
    open(list[to])?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (off() || busy(event)) return;
    const key = event.key.toLowerCase();
    const search = document.querySelector("[data-index-search]");
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "/" && search) { event.preventDefault(); search.focus(); search.select(); }
    else if (key === "enter" && event.target === document.body) open(current())?.click();
  });
}
