/** How many pixels at the top of the screen belong to a notch; what is written has to stay below. */
export function safeTop() {
  return parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--safe-top")) || 0;
}
