// Ctrl K: a dialog over the page that lists what a text finds. Focus stays in the field; arrows move what is selected,
// Enter opens it, as soon as it is known.
import { on } from "./keys.js";
import listbox from "./listbox.js";

const WAIT = 90; // ms after the last letter

export default function palette(dialog) {
  const part = (name) => dialog.querySelector(name);
  const form = part("form"), input = part("input"), none = part("[data-palette-none]"), count = part("[data-palette-count]");
  const list = listbox(input, part("[role=listbox]"));
  let answered = null, timer, asking;

  async function ask() {
    const text = input.value, headers = { "HX-Request": "true", "HX-Target": "palette-list" };
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.action}?${new URLSearchParams({ q: text })}`, { headers, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      list.show(await answer.text());
    } catch (stopped) { return; }
    answered = text;
    const found = list.options().length, words = count.dataset;
    none.hidden = found > 0;
    count.textContent = found ? (found === 1 ? words.one : words.many).replace("{n}", found) : words.none;
  }

  async function enter() {
    clearTimeout(timer);
    if (input.value !== answered) await ask();
    if (input.value === answered && list.selected()) list.selected().click();
    else form.submit();
  }

  function open(text) {
    if (!dialog.open) dialog.showModal();
    input.value = text;
    input.focus();
    if (answered !== text) { list.show(""); ask(); }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!/[\r\n\t]/.test(text)) return; // numbers below each other: the field would run them together
    event.preventDefault();
    input.setRangeText(text.replace(/\s+/g, " ").trim(), input.selectionStart, input.selectionEnd, "end");
    ask();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); list.move(step); }
    if (event.key === "Enter") { event.preventDefault(); enter(); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else if (!document.querySelector("dialog[open]")) open("");
  });
  on("/", (event) => {
    if (!document.querySelector("[data-index-search]")) { event.preventDefault(); open(""); }
  });
  for (const opener of document.querySelectorAll("[data-palette-open]")) {
    opener.addEventListener("click", (event) => { event.preventDefault(); open(""); });
    opener.addEventListener("input", (event) => { const text = event.target.value; event.target.value = ""; open(text); });
  }
}
