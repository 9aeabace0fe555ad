// Red packets as SVG: the small ones that fall, and the golden one that opens.
import { darker, lighter } from "../_chance/colour.js";
import { hareHead } from "../_chance/hare.js";
import { address } from "../_chance/prizes.js";

const CRYSTAL = "M0-9V9M-7.8-4.5 7.8 4.500M-7.8 4.5 7.8-4.500M-2.6-7.5 0-5l2.6-2.500M-2.6 7.5 0 5l2.6 2.5";

/** One that falls, in a box of 72 by 96. */
export function packet({ accent }) {
  return `<rect x="5" y="6" width="62" height="86" rx="9" fill="${darker(accent, 0.3)}"/>
    <rect x="5" y="4" width="62" height="85" rx="9" fill="${accent}"/>
    <path d="M5 13q0-9 9-9h44q9 0 9 9v14Q36 56 5 27z" fill="${lighter(accent, 0.16)}"/>
    <path d="M5 27q31 29 62 0" fill="none" stroke="${darker(accent, 0.35)}" stroke-opacity=".5" stroke-width="2"/>
    <circle cx="36" cy="42" r="13" fill="#f6cf72"/><circle cx="36" cy="42" r="13" fill="none" stroke="#c98a1e" stroke-width="1.6"/>
    <path d="${CRYSTAL}" transform="translate(36 42)" fill="none" stroke="#9a6412" stroke-width="2.2" stroke-linecap="round"/>
    <path d="M12 78h48" stroke="#f6cf72" stroke-opacity=".8" stroke-width="2.5" stroke-dasharray="1 5" stroke-linecap="round"/>
    <path d="M11 14q1-5 7-5" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="3" stroke-linecap="round"/>`;
}

/** The golden one, in a box of 200 by 290; its slip rises out of it, with the figure in the group `.gold-figure`. */
export function goldenPacket({ accent }) {
  return `<defs>
      <linearGradient id="gold-face" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff0b8"/><stop offset=".4" stop-color="#f4c85e"/><stop offset="1" stop-color="#c98a1e"/></linearGradient>
      <linearGradient id="gold-flap" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fbe3a0"/><stop offset="1" stop-color="#e5ad44"/></linearGradient>
      <clipPath id="gold-mouth"><path d="M-60-400h320v640H-60z"/></clipPath>
    </defs>
    <ellipse cx="100" cy="282" rx="86" ry="9" fill="#071028" opacity=".35"/>
    <rect x="10" y="20" width="180" height="256" rx="20" fill="#9a6412"/>
    <g clip-path="url(#gold-mouth)"><g class="gold-slip" opacity="0">
      <rect x="24" y="30" width="152" height="226" rx="14" fill="#fffaf0"/><rect x="31" y="37" width="138" height="212" rx="10" fill="none" stroke="${accent}" stroke-opacity=".5" stroke-width="2" stroke-dasharray="6 5"/>
      <svg class="gold-figure" x="36" y="40" width="128" height="181" viewBox="0 0 120 170"></svg>
    </g></g>
    <path d="M10 104q90 62 180 0v152q0 20-20 20H30q-20 0-20-20z" fill="url(#gold-face)"/>
    <path d="M10 104q90 62 180 0" fill="none" stroke="#9a6412" stroke-opacity=".6" stroke-width="3"/>
    <path d="M30 236h140" stroke="#fff" stroke-opacity=".7" stroke-width="4" stroke-dasharray="1 9" stroke-linecap="round"/>
    <path d="M28 250h144" stroke="${accent}" stroke-width="5"/>
    <g class="gold-flap"><path d="M10 40q0-20 20-20h140q20 0 20 20v64q-90 84-180 0z" fill="url(#gold-flap)"/><path d="M24 38q2-8 12-8" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/></g>
    <g class="gold-seal"><circle cx="100" cy="148" r="36" fill="${darker(accent, 0.3)}"/><circle cx="100" cy="145" r="36" fill="${accent}"/><circle cx="100" cy="145" r="29" fill="none" stroke="#ffdf9a" stroke-width="2.5"/>
      <g transform="translate(76 114) scale(.5)">${hareHead()}</g></g>`;
}

// Where the packets hang before the rain, in per cent; how they are turned, in degrees; and their size.
const HUNG = [
  [10, 12, -13, 1],
  [73, 7, 11, 1.05],
  [40, 3, 3, 0.82],
  [6.5, 48, 9, 0.9],
  [76.5, 45, -10, 0.95],
  [24.5, 30.5, -5, 0.72],
  [60, 30, 8, 0.7],
];

/** Before the rain: packets that hang in the sky, each an image of its own so that swaying repaints none of them. */
export function waiting(theme, picture) {
  const source = picture?.src ?? address(packet(theme), 72, 96);
  const hung = HUNG.map(([x, y, turn, size]) => {
    const place = `left:${x}%;top:${y}%;transform:rotate(${turn}deg) scale(${size})`;
    return `<div class="rain-hung" style="${place}"><img src="${source}" alt=""></div>`;
  });
  return hung.join("");
}
