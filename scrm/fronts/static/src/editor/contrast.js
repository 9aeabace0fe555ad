// Says while colours are chosen whether text on paper can be read, by the formula of WCAG 2.
const NEEDED = 4.5;

/** Relative luminance of "#rrggbb". */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

export function watchContrast(form) {
  const place = form.querySelector("[data-contrast]");
  const field = (name) => form.elements.namedItem(`theme.${name}`);
  if (!place || !field("ink")) return;

  function show() {
    const ratio = contrast(field("ink").value, field("paper").value);
    const words = ratio < NEEDED ? place.dataset.poor : place.dataset.good;
    place.textContent = words.replace("{ratio}", ratio.toFixed(1));
    place.classList.toggle("text-danger", ratio < NEEDED);
  }

  form.addEventListener("input", ({ target }) => target.name?.startsWith("theme.") && show());
  show();
}
