// From one thing to the next in the order of the list that one came from; the list leaves its order in this tab.
import { off } from "./shortcuts.js";

const KEY = "list";

export function remember(index) {
  const links = [...index.querySelectorAll("tbody a[data-look]")].map((link) => link.pathname);
  try { sessionStorage.setItem(KEY, JSON.stringify({ at: location.pathname + location.search, links })); } catch (refused) { /* nothing is kept */ }
}

function known() {
  try { return JSON.parse(sessionStorage.getItem(KEY)); } catch (refused) { return null; }
}

export default function neighbors(nav) {
  const list = known();
  const at = list ? list.links.indexOf(location.pathname) : -1;
  if (at < 0) return;
  const [back, before, after] = ["back", "prev", "next"].map((name) => nav.querySelector(`[data-${name}]`));
  back.href = list.at;
  nav.querySelector("[data-place]").textContent = nav.dataset.words.replace("{n}", at + 1).replace("{all}", list.links.length);
  for (const [link, to] of [[before, list.links[at - 1]], [after, list.links[at + 1]]]) {
    if (to) link.href = to;
    else link.setAttribute("aria-disabled", "true");
  }
  nav.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (off() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], details.menu[open]")) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j" && after.href) after.click();
    else if (event.key === "k" && before.href) before.click();
  });
}
