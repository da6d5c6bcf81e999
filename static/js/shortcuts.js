// Single-key shortcuts on or off, kept in this browser: people who speak to their computer need to turn them off.
export const off = () => {
  try { return localStorage.keys === "off"; } catch (refused) { return false; }
};

export default function shortcuts(button) {
  const tell = () => button.setAttribute("aria-pressed", String(!off()));
  tell();
  button.addEventListener("click", () => {
    try { localStorage.keys = off() ? "on" : "off"; } catch (refused) { /* nothing is kept */ }
    tell();
  });
}
