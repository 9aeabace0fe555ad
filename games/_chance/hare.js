// The snow hare, seen from the front in a down jacket: it brings every prize, and a warm drink where there is none.
import { darker, lighter, mix } from "./colour.js";

const FUR = "#ffffff";
const SHADE = "#d5e1f0";
const INNER = "#f3b6ad";
const DARK = "#1c2338";

/**
 * The hare as SVG in a box of 120 by 170.
 * @param {{accent: string, ground: string}} theme its jacket and its scarf
 * @param {string} brings SVG of what it holds before it, drawn in a box of 56 by 56
 */
export function hare({ accent, ground }, brings = "") {
  return `<g class="hare">
    <ellipse cx="60" cy="164" rx="38" ry="5" fill="#0a1536" opacity=".22"/>
    <path d="M40 142h17v17q0 5-5 5H35q-4 0-3-4 2-6 8-7zM63 142h17v11q6 1 8 7 1 4-3 4H68q-5 0-5-5z" fill="#5b3a2a"/>
    <path d="M39 146h18v5H39zM63 146h18v5H63z" fill="#f2e6d6"/>
    ${jacket(accent)}
    ${head()}
    ${scarf(mix(ground, "#6f9cea", 0.55))}
    <g transform="translate(32 98)">${brings}</g>
    ${brings && mittens(darker(accent, 0.45))}
  </g>`;
}

/** Its head alone, ears and all, in a box of 96 by 112. */
export function hareHead() {
  return `<g transform="translate(-12 0)">${head()}</g>`;
}

function jacket(accent) {
  const seam = darker(accent, 0.22);
  return `<path d="M32 110q-15 7-18 26-1 8 6 9t9-6l5-13zM88 110q15 7 18 26 1 8-6 9t-9-6l-5-13z" fill="${darker(accent, 0.12)}"/>
    <path d="M60 92c24 0 33 15 33 34 0 15-8 25-33 25s-33-10-33-25c0-19 9-34 33-34z" fill="${accent}"/>
    <path d="M29 115q31 9 62 0M27.5 128q32 10 65 0M32 141q28 8 56 0" fill="none" stroke="${seam}" stroke-width="2.4" stroke-linecap="round"/>
    <path d="M60 100v50" stroke="${lighter(accent, 0.45)}" stroke-width="2"/>
    <path d="M36 108q5-9 14-12" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="4" stroke-linecap="round"/>`;
}

function head() {
  return `<g class="hare-ears">
      <path d="M44 48C30 36 25 14 33 5c9-8 20 14 22 38z" fill="${FUR}"/><path d="M45 42c-8-9-11-22-8-29 6-3 11 13 12 27z" fill="${INNER}"/>
      <path d="M76 48c14-12 19-34 11-43-9-8-20 14-22 38z" fill="${SHADE}"/><path d="M75 42c8-9 11-22 8-29-6-3-11 13-12 27z" fill="${INNER}"/>
    </g>
    <path d="M60 36c23 0 37 13 37 30S83 98 60 98 23 84 23 66s14-30 37-30z" fill="${FUR}"/>
    <path d="M29 80q10 17 31 18 21-1 31-18-8 24-31 24T29 80z" fill="${SHADE}"/>
    <circle cx="35" cy="77" r="7" fill="${INNER}" opacity=".75"/><circle cx="85" cy="77" r="7" fill="${INNER}" opacity=".75"/>
    <g class="hare-eyes" fill="${DARK}"><ellipse cx="44" cy="66" rx="5" ry="6.4"/><ellipse cx="76" cy="66" rx="5" ry="6.4"/></g>
    <circle cx="46" cy="63.5" r="1.9" fill="#fff"/><circle cx="78" cy="63.5" r="1.9" fill="#fff"/>
    <path d="M56 73q4-2.5 8 0 0 4-4 5-4-1-4-5z" fill="#d97a70"/>
    <path d="M60 78v3q-4 5-8 2m8-2q4 5 8 2" fill="none" stroke="${DARK}" stroke-width="2" stroke-linecap="round"/>`;
}

function scarf(colour) {
  return `<path d="M35 91q25 12 50 0 5 6-1 12-24 10-48 0-6-6-1-12z" fill="${colour}"/>
    <path d="M38 97q22 9 44 0" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="2.4" stroke-dasharray="5 5"/>`;
}

function mittens(colour) {
  return `<g fill="${colour}"><ellipse cx="31" cy="131" rx="8.5" ry="8"/><ellipse cx="89" cy="131" rx="8.5" ry="8"/></g>`;
}
