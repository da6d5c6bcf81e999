// Light or dark, kept in this browser. The button appears only where scripts run.
export default function themeSwitch(button) {
  const root = document.documentElement;
  const dark = () => root.dataset.theme === "dark" ||
    (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const tell = () => button.setAttribute("aria-pressed", String(dark()));
  tell();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.theme = root.dataset.theme; } catch (refused) { /* kept for this page only */ }
    tell();
  });
}
