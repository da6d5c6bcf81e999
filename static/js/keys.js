// Single keys, in one place: never while someone types or composes, not in a dialog or an open menu, and not at all
// where they are turned off. `on("j", act)` adds one; "g o" is one key after another.
import { off } from "./shortcuts.js";

const acts = new Map();
const AFTER = 1200; // ms in which the second key has to follow
let first = "", since = 0;

export const on = (key, act) => {
  acts.set(key, act);
  document.documentElement.dataset.listens = [...acts.keys()].join(",");
};

export const busy = (event) =>
  off() || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
  document.querySelector("dialog[open], details.menu[open]") ||
  event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (busy(event)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const both = first && event.timeStamp - since < AFTER ? `${first} ${key}` : "";
  first = "";
  const act = acts.get(both) ?? (both ? undefined : acts.get(key));
  if (act) act(event);
  else if (!both && [...acts.keys()].some((known) => known.startsWith(`${key} `))) { first = key; since = event.timeStamp; }
});
