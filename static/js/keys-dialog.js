// The map of keys: "?" opens it over any page; it is asked for when it is opened first.
import { on } from "./keys.js";

export default function keysDialog(dialog) {
  const body = dialog.querySelector("#keys-dialog");

  async function open(event) {
    event.preventDefault();
    dialog.showModal();
    if (body.childElementCount) return;
    const answer = await fetch(dialog.dataset.url, { headers: { "HX-Request": "true", "HX-Target": "keys-dialog" } });
    if (!answer.ok || answer.redirected) { location.href = dialog.dataset.url; return; }
    body.innerHTML = await answer.text();
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: body } })); // binds what is in it
  }

  on("?", open);
  document.querySelectorAll("[data-keys-open]").forEach((link) => link.addEventListener("click", open));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
