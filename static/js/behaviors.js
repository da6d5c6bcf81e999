// Binds modules to elements: data-behavior="menu search" starts each named module on that element, once.
import autoSubmit from "./auto-submit.js";
import choosing from "./choosing.js";
import copy from "./copy.js";
import dayLine from "./day-line.js";
import keepOpen from "./keep-open.js";
import { on } from "./keys.js";
import keysDialog from "./keys-dialog.js";
import looks from "./look.js";
import menu from "./menu.js";
import neighbors from "./neighbors.js";
import palette from "./palette.js";
import poll from "./poll.js";
import queue from "./queue.js";
import rows from "./rows.js";
import saveBar from "./save-bar.js";
import shortcuts from "./shortcuts.js";
import submitOnce from "./submit-once.js";
import switcher from "./switcher.js";
import themeSwitch from "./theme-switch.js";
import toast from "./toast.js";

const modules = {
  "auto-submit": autoSubmit, choosing, copy, "day-line": dayLine, "keep-open": keepOpen, "keys-dialog": keysDialog, look: looks, menu, neighbors, palette, poll, queue, rows, "save-bar": saveBar, shortcuts, "submit-once": submitOnce, switcher, "theme-switch": themeSwitch, toast,
};
const bound = new WeakMap();

function bind(root) {
  const found = root.querySelectorAll("[data-behavior]");
  for (const element of root.matches?.("[data-behavior]") ? [root, ...found] : found) {
    const done = bound.get(element) ?? new Set();
    for (const name of element.dataset.behavior.split(/\s+/)) {
      if (modules[name] && !done.has(name)) { done.add(name); modules[name](element); }
    }
    bound.set(element, done);
  }
}

bind(document);
for (const link of document.querySelectorAll("[data-go]")) on(`g ${link.dataset.go}`, () => link.click());
on("z", () => document.querySelector('.toast [data-key="z"]')?.click());
document.addEventListener("htmx:load", (event) => bind(event.detail.elt));
document.querySelector("[data-focus-first]")?.focus();
for (const current of document.querySelectorAll(".views [aria-current], .account-nav [aria-current]")) {
  const strip = current.parentElement;
  strip.scrollLeft = Math.max(0, current.offsetLeft - strip.clientWidth / 3);
}
