// A button that copies the text it carries, and says so.
export default function copy(button) {
  const words = button.querySelector("[data-copy-words]");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.text);
      words.textContent = button.dataset.done;
    } catch (refused) {
      words.textContent = button.dataset.refused;
    }
    setTimeout(() => { words.textContent = before; }, 4000);
  });
}
