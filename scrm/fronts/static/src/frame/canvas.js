// A canvas that fills its stage. Beyond two device pixels nobody sees more, but the phone grows warm.
const SHARPEST = 2;
const SOFTEST = 1;
// Frames are counted in groups; if a third of a group comes late, the picture is drawn with fewer pixels.
const GROUP = 60;
const LATE = 25; // milliseconds

/**
 * @param {(width: number, height: number) => void} onSize told the size in CSS pixels, at first and at each change
 * @returns what to draw on, and `keepPace`, to be called for each frame
 */
export function fitCanvas(stage, onSize) {
  const canvas = document.createElement("canvas");
  stage.replaceChildren(canvas);
  const context = canvas.getContext("2d", { alpha: false });
  let sharpness = Math.min(devicePixelRatio || 1, SHARPEST);
  let before = 0;
  let seen = 0;
  let late = 0;
  let fitted = "";
  let again = () => {};

  const fit = () => {
    const { width, height } = stage.getBoundingClientRect();
    // Whoever watches sizes is told the first one too; to paint every landscape twice would cost the start.
    if (fitted === `${width} ${height} ${sharpness}`) return;
    fitted = `${width} ${height} ${sharpness}`;
    // What games paint once, they paint for these pixels.
    canvas.dataset.sharpness = sharpness;
    canvas.width = Math.round(width * sharpness);
    canvas.height = Math.round(height * sharpness);
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    onSize(width, height);
    again();
  };
  fit();
  new ResizeObserver(fit).observe(stage);

  return {
    context,
    /** @param {() => void} repaint draws this picture anew, should the canvas change its size before the next one */
    keepPace(repaint) {
      again = repaint;
      // Whatever the picture before has turned and turned back, this one begins exactly even.
      context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
      const now = performance.now();
      seen += 1;
      if (now - before > LATE) late += 1;
      before = now;
      if (seen < GROUP) return;
      if (late > GROUP / 3 && sharpness > SOFTEST) {
        sharpness = SOFTEST;
        fit();
      }
      seen = late = 0;
    },
  };
}
