// Keyboard for all pages of the console: "/" searches, "g" and a section's letter goes there, "?" tells all keys.
let goPressedAt = -Infinity;

/** Whether the key belongs to what the person is typing. */
function typing({ target }) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function search(event) {
  const field = document.querySelector("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

document.addEventListener("keydown", (event) => {
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") search(event);
  else if (event.key === "?") document.getElementById("shortcuts")?.togglePopover();
  else if (event.key === "g") goPressedAt = event.timeStamp;
  else if (event.timeStamp - goPressedAt < 1200) document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
});

// A filter takes effect as soon as it is chosen; without script its form has a button.
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-apply]")) target.form.requestSubmit();
});

// What stands in [data-copy] goes to the clipboard, and the button says so for a moment.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const text = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = text), 1500);
});
