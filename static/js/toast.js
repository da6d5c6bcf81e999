// A message that can be closed; good news goes by itself after ten seconds, unless someone is at it.
export default function toast(element) {
  const close = () => element.remove();
  element.querySelector("[data-close]")?.addEventListener("click", close);
  if (element.dataset.stays !== undefined) return;
  let timer = setTimeout(close, 10000);
  for (const name of ["mouseenter", "focusin"]) element.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["mouseleave", "focusout"]) {
    element.addEventListener(name, () => { clearTimeout(timer); timer = setTimeout(close, 4000); });
  }
}
