// A one-time code keeps to digits, and sends itself when its last digit is there.
document.addEventListener("input", ({ target }) => {
  if (!target.matches(".code-input input")) return;
  const digits = target.value.replace(/\D/g, "").slice(0, 6);
  if (digits !== target.value) target.value = digits;
  if (digits.length === 6 && "sends" in target.dataset) target.form.requestSubmit();
});
