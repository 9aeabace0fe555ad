// A canvas that fills its stage and stays sharp. Beyond two device pixels nobody sees more, but the phone grows warm.
const SHARPEST = 2;

/** @param {(width: number, height: number) => void} onSize told the size in CSS pixels, at first and at each change */
export function fitCanvas(stage, onSize) {
  const canvas = document.createElement("canvas");
  stage.replaceChildren(canvas);
  const context = canvas.getContext("2d", { alpha: false });
  const fit = () => {
    const { width, height } = stage.getBoundingClientRect();
    const sharpness = Math.min(devicePixelRatio || 1, SHARPEST);
    canvas.width = Math.round(width * sharpness);
    canvas.height = Math.round(height * sharpness);
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    onSize(width, height);
  };
  fit();
  new ResizeObserver(fit).observe(stage);
  return context;
}
