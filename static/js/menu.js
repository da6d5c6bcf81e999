// A <details> menu that closes on Escape (focus goes back to its button) and when attention moves elsewhere.
export default function menu(details) {
  const summary = details.querySelector("summary");
  const close = () => { details.open = false; };
  details.addEventListener("toggle", () => { if (details.open) details.querySelector("[data-menu-first]")?.focus(); });
  document.addEventListener("click", (event) => { if (!details.contains(event.target)) close(); });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) close();
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !details.open) return;
    event.stopPropagation();
    close();
    summary.focus();
  });
}
