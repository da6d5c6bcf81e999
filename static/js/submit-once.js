// A form that is sent once: the second press of a button does nothing, and the button says that it is busy.
export default function submitOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent) { event.preventDefault(); return; }
    sent = true;
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
}
