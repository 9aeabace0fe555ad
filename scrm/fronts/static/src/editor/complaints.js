// Puts each complaint of the standing at its field too, and counts them for each step.

/** The server lists complaints with the field they are about; a field that is not drawn is told in the list only. */
export function showComplaints() {
  const complaints = [...document.querySelectorAll("#standing [data-field]")];
  const texts = new Map();
  for (const complaint of complaints) {
    const { field } = complaint.dataset;
    if (!texts.has(field)) texts.set(field, complaint.querySelector("[data-text]").textContent);
  }
  for (const place of document.querySelectorAll("#draft [data-error-of]")) {
    const text = texts.get(place.dataset.errorOf) ?? "";
    place.textContent = text;
    const input = document.getElementById(`f-${place.dataset.errorOf.replaceAll(".", "-")}`);
    if (!input?.matches("input, select, textarea")) continue;
    input.classList.toggle("is-invalid", text !== "");
    input.toggleAttribute("aria-invalid", text !== "");
  }
  for (const badge of document.querySelectorAll("[data-lacking]")) {
    const count = complaints.filter(({ dataset }) => dataset.ofStep === badge.dataset.lacking).length;
    badge.textContent = count || "";
  }
}
