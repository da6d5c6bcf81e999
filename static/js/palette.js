// Ctrl K: a dialog over the page that lists what a text finds. Focus stays in the field; arrows move what is selected.
// A text whose answer is not there yet goes to the page of the search, which opens what it names at once.
import { on } from "./keys.js";

const WAIT = 90; // ms after the last letter

export default function palette(dialog) {
  const form = dialog.querySelector("form"), input = dialog.querySelector("input"), list = dialog.querySelector("[role=listbox]");
  const count = dialog.querySelector("[data-palette-count]"), none = dialog.querySelector("[data-palette-none]");
  let answered = null, timer, asking;

  const hits = () => [...list.querySelectorAll("[role=option]")];
  const selected = () => list.querySelector("[aria-selected=true]");

  function select(hit) {
    selected()?.setAttribute("aria-selected", "false");
    hit?.setAttribute("aria-selected", "true");
    hit?.scrollIntoView({ block: "nearest" });
    if (hit) input.setAttribute("aria-activedescendant", hit.id);
    else input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = input.value, headers = { "HX-Request": "true", "HX-Target": "palette-list" };
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.action}?${new URLSearchParams({ q: text })}`, { headers, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      list.innerHTML = await answer.text();
    } catch (stopped) { return; }
    answered = text;
    const found = hits().length;
    none.hidden = found > 0;
    count.textContent = found === 0 ? count.dataset.none : (found === 1 ? count.dataset.one : count.dataset.many).replace("{n}", found);
    select(hits()[0]);
  }

  function open(text) {
    if (!dialog.open) dialog.showModal();
    input.value = text;
    input.focus();
    if (answered !== text) { list.replaceChildren(); select(null); ask(); }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!/[\r\n\t]/.test(text)) return;
    event.preventDefault();
    input.setRangeText(text.replace(/\s+/g, " ").trim(), input.selectionStart, input.selectionEnd, "end");
    ask();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const all = hits(), at = all.indexOf(selected());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) { event.preventDefault(); select(all[(at + step + all.length) % all.length]); }
    if (event.key === "Enter" && input.value === answered && selected()) { event.preventDefault(); selected().click(); }
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
    opener.addEventListener("click", (event) => { event.preventDefault(); open(opener.querySelector("input")?.value ?? ""); });
    opener.addEventListener("input", (event) => { const text = event.target.value; event.target.value = ""; open(text); });
  }
}
