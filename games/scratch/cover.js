// The cover of one card: a canvas that listens to the finger, and knows when enough of it is gone.
import { paintFrost, rub } from "./frost.js";
import { BRUSHES } from "./swipe.js";
import { createWiped } from "./wiped.js";

const SQUARES = 48; // across; as many down as the shape asks for
const SHARPNESS = 2;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{brush: string, paper: object, onRub: (x: number, y: number) => void}} options `paper` is what frost.js
 *   paints with; `onRub` is told each place on the page that is rubbed
 */
export function createCover(canvas, { brush, paper, onRub }) {
  const context = canvas.getContext("2d");
  let width = 0;
  let height = 0;
  let wiped = null;
  let strokes = []; // in parts of the width, so that a turned phone keeps them

  function renew() {
    strokes = [];
    wiped = createWiped(SQUARES, Math.round((SQUARES * height) / width));
    repaint();
  }

  function repaint() {
    context.clearRect(0, 0, canvas.width, canvas.height);
    paintFrost(context, canvas.width, canvas.height, { ...paper, face: getComputedStyle(canvas).fontFamily });
    for (const stroke of strokes) rubOut(...stroke);
  }

  function rubOut(x0, y0, x1, y1) {
    const scale = canvas.width;
    rub(context, x0 * scale, y0 * scale, x1 * scale, y1 * scale, BRUSHES[brush] * scale);
  }

  return {
    renew,
    resize() {
      const box = canvas.getBoundingClientRect();
      width = box.width;
      height = box.height;
      canvas.width = Math.round(width * SHARPNESS);
      canvas.height = Math.round(height * SHARPNESS);
      if (wiped) repaint();
      else renew();
    },
    /** Where an event of a finger was, in parts of the cover's width. */
    placeOf({ clientX, clientY }) {
      const box = canvas.getBoundingClientRect();
      return [(clientX - box.x) / box.width, (clientY - box.y) / box.width];
    },
    stroke(x0, y0, x1, y1) {
      strokes.push([x0, y0, x1, y1]);
      rubOut(x0, y0, x1, y1);
      wiped.wipe(x0 * SQUARES, y0 * SQUARES, x1 * SQUARES, y1 * SQUARES, BRUSHES[brush] * SQUARES);
      const box = canvas.getBoundingClientRect();
      onRub(box.x + x1 * box.width, box.y + y1 * box.width);
    },
    share: () => wiped.share(),
    /** Height in parts of the width. */
    tall: () => height / width,
    radius: BRUSHES[brush],
  };
}
