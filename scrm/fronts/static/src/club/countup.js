// Points count up once, so that one sees them arrive; the right number stands there without script, too.
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

for (const place of still ? [] : document.querySelectorAll("[data-counts-up]")) {
  const end = Number(place.dataset.countsUp);
  const start = performance.now();
  const step = (time) => {
    const share = Math.min(1, (time - start) / 700);
    place.textContent = Math.round(end * (1 - (1 - share) ** 3)).toLocaleString("en");
    if (share < 1) requestAnimationFrame(step);
  };
  if (end > 0) requestAnimationFrame(step);
}
