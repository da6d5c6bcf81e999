// Quick look: the page of a row in a drawer. Without this module the link leads to the page itself.
import { remember } from "./neighbors.js";

const drawer = () => document.getElementById("look");

export function look(link) {
  const dialog = drawer();
  const body = dialog.querySelector("[data-look-body]");
  dialog.querySelector("[data-look-title]").textContent = link.dataset.look;
  dialog.querySelector("[data-look-page]").href = link.href;
  body.replaceChildren();
  dialog.setAttribute("aria-busy", "true");
  dialog.showModal();
  dialog.addEventListener("close", () => link.closest("tr")?.focus(), { once: true });
  window.htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" }).then(() => dialog.removeAttribute("aria-busy"), () => { location.href = link.href; });
}

export default function looks(index) {
  remember(index);
  index.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-look]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    look(link);
  });
  drawer().addEventListener("click", (event) => { if (event.target === drawer()) drawer().close(); });
}
