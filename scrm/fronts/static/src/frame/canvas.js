import { createPace } from "./pace.js";

// Beyond two device pixels nobody sees more, but the phone grows warm.
const SHARPEST = 2;

// For as long as the tab is open: the next game need not begin late to find out again.
const MEMORY = {
  get soft() {
    try {
      return sessionStorage.getItem("soft") === "yes";
    } catch {
      return false;
    }
  },
  set soft(is) {
    try {
      sessionStorage.setItem("soft", is ? "yes" : "no");
    } catch {
      // Nothing is kept here; then it is found out each time.
    }
  },
};

/**
 * A canvas that fills its stage.
 *
 * @param {(width: number, height: number) => void} onSize told the size in CSS pixels, at first and at each change
 * @returns what to draw on, and `keepPace`, to be called for each frame
 */
export function fitCanvas(stage, onSize) {
  const canvas = document.createElement("canvas");
  stage.replaceChildren(canvas);
  const context = canvas.getContext("2d", { alpha: false });
  const pace = createPace(Math.min(devicePixelRatio || 1, SHARPEST), MEMORY);
  let fitted = "";
  let again = () => {};

  const fit = () => {
    const { sharpness } = pace;
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
      if (pace.frame(performance.now())) fit();
      // Whatever the picture before has turned and turned back, this one begins exactly even.
      context.setTransform(pace.sharpness, 0, 0, pace.sharpness, 0, 0);
    },
  };
}
