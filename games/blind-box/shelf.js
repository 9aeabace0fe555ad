// The shop's shelf: lamp light on wood, snow on top, boxes in rows of three.
import { box, boxDefs, coloursOf } from "./box.js";

const COLUMNS = 3;
const LEFT = 40;
const WIDE = 320;

/** Where each box stands, in a box of 400 by 430. */
export function places(rows) {
  const high = rowHeight(rows);
  return Array.from({ length: rows * COLUMNS }, (_, n) => {
    const [row, column] = [Math.floor(n / COLUMNS), n % COLUMNS];
    const x = LEFT + (WIDE / COLUMNS) * (column + 0.5);
    return { x, y: bottomOf(row, rows) - 8, size: Math.min((high - 26) / 84, 1.12) };
  });
}

/** Where the chosen one stands. */
export const CENTRE = { x: 200, y: 376, size: 2.15 };

export function shelfMarkup(rows, theme, picture) {
  const boxes = places(rows).map(
    ({ x, y, size }, n) => `<g class="box" data-box="${n}" style="transform:translate(${x}px,${y}px) scale(${size})"><g class="box-sway">${box(coloursOf(n, theme), picture)}</g></g>`,
  );
  return `<svg class="box-scene-art" viewBox="0 0 400 430" aria-hidden="true">
    <defs>${boxDefs()}
      <linearGradient id="box-wood" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9a6842"/><stop offset="1" stop-color="#6a4229"/></linearGradient>
      <radialGradient id="box-glow"><stop offset="0" stop-color="#ffe2a0" stop-opacity=".95"/><stop offset="1" stop-color="#ffca70" stop-opacity="0"/></radialGradient>
      <linearGradient id="box-niche" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#7a4b26"/><stop offset=".3" stop-color="#4a2b1b"/><stop offset="1" stop-color="#331d14"/></linearGradient>
    </defs>
    <g class="box-shelf">${shelf(rows)}</g>
    <g class="box-floor"><ellipse cx="200" cy="380" rx="150" ry="24" fill="#c3d7ee"/><ellipse cx="200" cy="376" rx="146" ry="20" fill="#f1f7fd"/></g>
    <circle class="box-light" cx="200" cy="190" r="200" fill="url(#box-glow)" opacity="0"/>
    ${boxes.join("")}
  </svg>`;
}

function shelf(rows) {
  const niches = Array.from({ length: rows }, (_, row) => {
    const bottom = bottomOf(row, rows);
    const top = bottom - rowHeight(rows) + 16;
    const lamps = [0, 1, 2].map((n) => `<ellipse cx="${LEFT + (WIDE / 3) * (n + 0.5)}" cy="${top + 4}" rx="52" ry="46" fill="url(#box-glow)" opacity=".4"/><circle cx="${LEFT + (WIDE / 3) * (n + 0.5)}" cy="${top + 3}" r="4" fill="#fff3d6"/>`);
    return `<rect x="${LEFT}" y="${top}" width="${WIDE}" height="${bottom - top}" rx="10" fill="url(#box-niche)"/>${lamps.join("")}<rect x="${LEFT - 8}" y="${bottom - 8}" width="${WIDE + 16}" height="14" rx="4" fill="#b27a4c"/><rect x="${LEFT - 8}" y="${bottom + 2}" width="${WIDE + 16}" height="5" rx="2" fill="#4a2b1b"/>`;
  });
  const top = bottomOf(0, rows) - rowHeight(rows);
  const foot = lowest(rows) + 16;
  return `<ellipse cx="200" cy="${foot + 2}" rx="180" ry="12" fill="#071028" opacity=".4"/>
    <rect x="24" y="${top}" width="352" height="${foot - top}" rx="20" fill="url(#box-wood)"/>
    ${niches.join("")}
    <path d="M18 ${top + 10}q10-22 44-18 30-16 66-6 34-14 74 0 36-14 72 0 32-8 62 4 34-2 46 20-6 10-22 6-12 14-26 0-40 8-60-2-30 10-60 0-40 12-76 0-26 8-50 0-12 14-28 2-32 6-42-6z" fill="#fff"/>`;
}

function rowHeight(rows) {
  return rows === 1 ? 190 : Math.floor(324 / rows);
}

function bottomOf(row, rows) {
  return lowest(rows) - (rows - 1 - row) * rowHeight(rows);
}

/** A single row hangs in the middle of the picture. */
function lowest(rows) {
  return rows === 1 ? 318 : 394;
}
