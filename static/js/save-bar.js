// A long form that knows what changed: it names the count, saves on Ctrl S and warns before the page is left.
const value = (field) => (field.type === "checkbox" || field.type === "radio" ? String(field.checked) : field.value);

export default function saveBar(form) {
  const bar = form.querySelector("[data-save-bar]");
  const words = form.querySelector("[data-save-words]");
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");
  const before = new Map(fields().map((field) => [field, value(field)]));
  let sending = false;

  const changed = () => new Set(fields().filter((field) => before.get(field) !== value(field)).map((field) => field.name)).size;

  function tell() {
    const count = changed();
    if (bar) bar.hidden = count === 0;
    if (words) words.textContent = (count === 1 ? words.dataset.one : words.dataset.many).replace("{n}", count);
  }

  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("submit", () => { sending = true; });
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  window.addEventListener("beforeunload", (event) => { if (!sending && changed()) event.preventDefault(); });
  window.addEventListener("pageshow", () => { sending = false; });
}
