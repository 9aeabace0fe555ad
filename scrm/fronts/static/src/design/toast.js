/** Says one short thing for a moment; what must not be missed belongs into the page instead. */
export function toast(text, { bad = false, seconds = 4 } = {}) {
  const region = document.querySelector(".toasts");
  if (!region) return;
  const note = document.createElement("p");
  note.className = bad ? "toast bad" : "toast";
  note.textContent = text;
  region.append(note);
  setTimeout(() => note.remove(), seconds * 1000);
}
