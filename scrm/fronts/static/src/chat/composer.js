// The field a message is written in: grows with its text, sends by Enter where there is a keyboard.
const TYPING_EVERY = 2500;

export function startComposer(root, conversation) {
  const form = root.querySelector(".composer");
  const field = form.elements.text;
  let toldTyping = 0;

  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
  };

  field.addEventListener("input", () => {
    grow();
    if (Date.now() - toldTyping > TYPING_EVERY && field.value) {
      toldTyping = Date.now();
      conversation.typing();
    }
  });

  field.addEventListener("keydown", (event) => {
    const hasKeyboard = matchMedia("(pointer: fine)").matches;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && hasKeyboard) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    conversation.write(text);
    field.value = "";
    grow();
    field.focus();
  });

  return {
    /** Put a talk script into the field, to be changed or sent as it is. */
    fill(text) {
      field.value = text;
      grow();
      field.focus();
    },
  };
}
