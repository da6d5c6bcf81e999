// Rows chosen in a list: all of the page, a range with Shift, how many there are. The boxes work without it.
export default function choosing(index) {
  const form = document.getElementById("bulk");
  if (!form) return;
  const boxes = () => [...index.querySelectorAll("tbody .table__choice input")];
  const page = index.querySelector("[data-choose-page]");
  const whole = form.elements.whole;
  const words = form.querySelector("[data-chosen-words]");
  let last = null;

  function tell() {
    const all = boxes();
    const chosen = all.filter((box) => box.checked).length;
    if (page) { page.checked = chosen > 0 && chosen === all.length; page.indeterminate = chosen > 0 && chosen < all.length; }
    if (whole && chosen < all.length) whole.checked = false;
    const told = chosen ? (chosen === 1 ? words.dataset.one : words.dataset.many).replace("{n}", chosen) : "";
    if (words.textContent !== told) words.textContent = told;
  }

  function choose(list, on) {
    for (const box of list) box.checked = on;
    tell();
  }

  page?.addEventListener("change", () => choose(boxes(), page.checked));
  whole?.addEventListener("change", () => { if (whole.checked) choose(boxes(), true); });
  index.addEventListener("click", (event) => {
    if (!event.target.matches("tbody .table__choice input")) return;
    const all = boxes();
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      choose(all.slice(from, to + 1), event.target.checked);
    }
    last = event.target;
  });
  index.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  window.addEventListener("pageshow", tell);
  tell();
}
