// The shop switcher: typing narrows the shops at hand; Enter searches all of them, with or without this script.
export default function switcher(menu) {
  const input = menu.querySelector("input[type=search]");
  const items = [...menu.querySelectorAll("[data-shop]")];
  const none = menu.querySelector("[data-none]");
  menu.addEventListener("toggle", () => { if (menu.open) input?.focus(); });
  input?.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const item of items) item.hidden = !item.dataset.shop.toLowerCase().includes(wanted);
    if (none) none.hidden = items.some((item) => !item.hidden);
  });
}
