// The largest picture of a given shape that a stage holds, kept so when the phone is turned or a bar comes and goes.

/**
 * Sets `--wide` and `--high` on `element`, in pixels.
 * @param {{shape: number, most: number, air?: number}} size `shape` is width by height; `most` the greatest width
 * @param {(width: number, height: number) => void} onSize told at first and at each change
 */
export function fit(stage, element, { shape, most, air = 12 }, onSize = () => {}) {
  const measure = () => {
    const { width, height } = stage.getBoundingClientRect();
    const wide = Math.floor(Math.max(Math.min(width - 2 * air, (height - 2 * air) * shape, most), 40));
    const high = Math.floor(wide / shape);
    element.style.setProperty("--wide", `${wide}px`);
    element.style.setProperty("--high", `${high}px`);
    onSize(wide, high);
  };
  measure();
  new ResizeObserver(measure).observe(stage);
}
