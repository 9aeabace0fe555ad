// The reels in their window: a canvas that is painted while they turn, and stands still with them.
import { loadArt, paintSheets } from "./symbols.js";

const REELS = 3;
const SEAM = 0.02; // between two reels, in parts of the window's width
const ROWS = 1.92; // symbols that the window is high
const SHARPNESS = 2;

/**
 * @param {object[]} symbols
 * @param {number[][]} orders the symbols on each reel, from the first that passes to the last
 * @returns {{paint: (positions: number[], speeds: number[]) => void, resize: () => void, ready: Promise<void>}}
 */
export function createWindow(canvas, symbols, orders) {
  const context = canvas.getContext("2d", { alpha: false });
  let images = null;
  let sheets = null;
  let last = null;
  let wide = 0;
  let high = 0;

  function paint(positions, speeds) {
    last = [positions, speeds];
    if (!sheets) return;
    context.fillStyle = "#0d1838";
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (let reel = 0; reel < REELS; reel++) paintReel(reel, positions[reel], speeds[reel]);
  }

  function paintReel(reel, position, speed) {
    const count = symbols.length;
    const x = Math.round(reel * (wide + canvas.width * SEAM));
    const nearest = Math.floor(position);
    for (let row = -2; row <= 2; row++) {
      const place = nearest + row;
      const symbol = orders[reel][((place % count) + count) % count];
      const y = canvas.height / 2 - high / 2 - (place - position) * high;
      if (y > canvas.height || y < -high) continue;
      const from = [0, symbol * high, wide, high, x, Math.round(y), wide, high];
      context.drawImage(sheets.sharp, ...from);
      if (speed <= 0.05) continue;
      context.globalAlpha = Math.min(speed * 1.1, 1);
      context.drawImage(sheets.smeared, ...from);
      context.globalAlpha = 1;
    }
  }

  function resize() {
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = Math.round(width * SHARPNESS);
    canvas.height = Math.round(height * SHARPNESS);
    wide = Math.round((canvas.width * (1 - SEAM * (REELS - 1))) / REELS);
    high = Math.round(canvas.height / ROWS);
    if (!images) return;
    sheets = paintSheets(symbols, images, wide, high, getComputedStyle(canvas).fontFamily);
    if (last) paint(...last);
  }

  const ready = loadArt(symbols).then((loaded) => {
    images = loaded;
    resize();
  });
  return { paint, resize, ready };
}
