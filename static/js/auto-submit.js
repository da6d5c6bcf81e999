// A filter form that sends itself when a choice changes; typing still waits for Enter or the button.
export default function autoSubmit(form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
}
