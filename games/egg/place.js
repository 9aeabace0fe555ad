// Where the eggs stand: a ledge of snow under a string of lamps, and the hammer that hangs in the air.
import { darker, lighter } from "../_chance/colour.js";
import { shell, shellDefs } from "./shell.js";

/** The eggs' places in a box of 400 by 420, and that of the chosen one. */
export const PLACES = [
  [84, 330],
  [200, 338],
  [316, 330],
];
export const CENTRE = [200, 352];
export const CLOSE = 1.9; // how much larger the chosen one is shown
// How far the chosen egg goes down so that its figure has air above.
export const LOW = 10;

export function placeMarkup(theme, picture) {
  const eggs = PLACES.map(
    ([x, y], n) => `<g class="egg" data-egg="${n}" style="transform:translate(${x}px,${y}px)"><g class="egg-sway">${shell(theme, picture)}</g></g>`,
  );
  return `<svg class="egg-place" viewBox="0 0 400 420" aria-hidden="true">
    <defs>${shellDefs()}<radialGradient id="egg-glow"><stop offset="0" stop-color="#ffe2a0" stop-opacity=".9"/><stop offset="1" stop-color="#ffca70" stop-opacity="0"/></radialGradient></defs>
    ${lamps()}
    <ellipse cx="200" cy="404" rx="180" ry="16" fill="#071028" opacity=".3"/>
    <g transform="translate(0 -10)"><path d="M8 376q-4-26 34-34 30-26 82-18 70-20 148-2 52-10 84 20 38 8 36 34-4 30-60 32H66q-54-2-58-32z" fill="#c3d7ee"/>
    <path d="M10 380q2-22 40-24 34-20 84-14 66-12 134 2 54-10 84 14 36 4 38 22-6 24-62 24H70q-54 0-60-24z" fill="#f1f7fd"/></g>
    <circle class="egg-light" cx="200" cy="230" r="190" fill="url(#egg-glow)" opacity="0"/>
    ${eggs.join("")}
    <g class="egg-snow" fill="#fff"><path d="M34 340q22-12 50-8 30-4 50 8-12 12-50 12t-50-12zM148 346q24-10 52-6 30-4 52 8-14 12-52 12t-52-14zM266 340q22-12 50-8 30-4 50 8-12 12-50 12t-50-12z"/></g>
    ${hammer(theme)}
  </svg>`;
}

function lamps() {
  const bulbs = Array.from({ length: 9 }, (_, n) => {
    const part = n / 8;
    const y = 26 + Math.sin(part * Math.PI * 2) ** 2 * 26;
    return [8 + part * 384, y];
  });
  const wire = bulbs.map(([x, y], n) => `${n ? "L" : "M"}${x.toFixed(0)} ${y.toFixed(0)}`).join("");
  return `<path d="${wire}" fill="none" stroke="#0a1536" stroke-opacity=".55" stroke-width="2"/>${bulbs
    .map(([x, y], n) => `<g transform="translate(${x.toFixed(0)} ${y.toFixed(0)})"><circle cy="8" r="16" fill="url(#egg-glow)" opacity=".7"/><path d="M-4-2h8v6h-8z" fill="#31456f"/><circle class="egg-bulb" cy="9" r="6" fill="${n % 2 ? "#ffd58c" : "#fff3d6"}"/></g>`)
    .join("")}`;
}

/** A wooden mallet; its handle's end is at (0, 0), its head above, so that it swings about the hand. */
function hammer({ accent }) {
  return `<g class="egg-hammer" opacity="0" style="transform:translate(356px,240px)"><g class="egg-swing">
    <path d="M-5 6Q-7-50-4-104H8Q9-50 7 6z" fill="#b27a43"/><path d="M-1 4Q-3-50 0-100" fill="none" stroke="#e0b27c" stroke-width="2.5"/>
    <rect x="-46" y="-136" width="96" height="50" rx="12" fill="${accent}"/><rect x="-46" y="-136" width="96" height="16" rx="8" fill="${lighter(accent, 0.3)}"/>
    <rect x="-50" y="-139" width="18" height="56" rx="7" fill="#f2c257"/><rect x="36" y="-139" width="18" height="56" rx="7" fill="#f2c257"/>
    <path d="M-46-96h96v4q0 6-8 6h-80q-8 0-8-6z" fill="${darker(accent, 0.35)}" opacity=".5"/>
  </g></g>`;
}
