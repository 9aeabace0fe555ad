// Ready-made shapes for the curve of expected traffic.
const SHAPES = {
  even: () => 50,
  evening: (hour) => 10 + 90 * Math.exp(-(((hour - 20.5) / 2.5) ** 2)),
  noon: (hour) => 10 + 60 * Math.exp(-(((hour - 12.5) / 1.5) ** 2)) + 90 * Math.exp(-(((hour - 20.5) / 2.5) ** 2)),
};
const STEP = 5;

export function startCurve(form) {
  for (const button of form.querySelectorAll("[data-curve-shape]")) {
    button.addEventListener("click", () => {
      const weight = SHAPES[button.dataset.curveShape];
      form.querySelectorAll("[data-curve] input").forEach((bar, hour) => {
        bar.value = Math.min(100, Math.round(weight(hour) / STEP) * STEP);
      });
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
