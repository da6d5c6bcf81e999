// Keys of a list of things to do: J and K move, Enter opens, E does it, A takes it on. The place is kept when the list
// is asked for again.
import { on } from "./keys.js";

let current = "";

const items = () => [...document.querySelectorAll("[data-entry]")];
const here = () => items().find((item) => item.id === current);
const press = (key) => () => here()?.querySelector(`[data-key="${key}"]`)?.click();

function mark(item) {
  items().forEach((each) => each.classList.toggle("is-current", each === item));
  current = item?.id ?? "";
}

function move(step) {
  const list = items(), at = list.indexOf(here());
  const to = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + step))];
  if (!to) return;
  mark(to);
  to.scrollIntoView({ block: "nearest" });
  to.querySelector("a, button")?.focus({ preventScroll: true });
}

export default function queue() {
  mark(here());
  on("j", () => move(1));
  on("k", () => move(-1));
  on("e", press("e"));
  on("a", press("a"));
  on("Enter", (event) => { if (event.target === document.body) here()?.querySelector("a")?.click(); });
}
