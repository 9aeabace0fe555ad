// The machine around the reels, drawn as SVG: a warm cabinet in the snow, with lamps, a lever and somebody on top.
import { darker, lighter } from "../_chance/colour.js";
import { hareHead } from "../_chance/hare.js";

/** In a box of 400 by 430; the reels stand at 46, 136 and are 286 by 176. */
export function machineMarkup({ accent }, crest) {
  const deep = darker(accent, 0.42);
  return `<svg class="slot-machine" viewBox="0 0 400 430" aria-hidden="true">
    <defs>
      <linearGradient id="slot-gold" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff6e6"/><stop offset=".4" stop-color="#e7c48a"/><stop offset=".75" stop-color="#b98a4a"/><stop offset="1" stop-color="#e9cb98"/></linearGradient>
      <linearGradient id="slot-body" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="${darker(accent, 0.2)}"/><stop offset=".16" stop-color="${lighter(accent, 0.08)}"/><stop offset=".8" stop-color="${accent}"/><stop offset="1" stop-color="${darker(accent, 0.28)}"/></linearGradient>
    </defs>
    <ellipse cx="196" cy="408" rx="190" ry="18" fill="#071028" opacity=".35"/>
    <g class="slot-lever"><rect x="360" y="146" width="12" height="116" rx="6" fill="url(#slot-gold)"/><circle cx="366" cy="140" r="21" fill="${accent}"/><circle cx="366" cy="140" r="21" fill="none" stroke="${deep}" stroke-width="3"/><path d="M355 133q3-9 12-10" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="5" stroke-linecap="round"/></g>
    <path d="M346 236h24q10 0 10 10v32q0 10-10 10h-24z" fill="url(#slot-gold)"/>
    <g class="slot-crest">${crest ? `<image href="${crest.src}" x="134" y="-2" width="112" height="112" preserveAspectRatio="xMidYMax"/>` : `<g transform="translate(132 -12) scale(1.2)">${hareHead()}</g>`}</g>
    <path d="M24 142q0-58 58-58h214q58 0 58 58v214q0 44-44 44H68q-44 0-44-44z" fill="url(#slot-gold)"/>
    <path d="M30 144q0-54 54-54h210q54 0 54 54v210q0 40-40 40H70q-40 0-40-40z" fill="url(#slot-body)"/>
    <path d="M54 118q8-16 34-17" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="7" stroke-linecap="round"/>
    ${bulbs()}
    <rect x="38" y="128" width="302" height="192" rx="26" fill="url(#slot-gold)"/>
    <rect x="43" y="133" width="292" height="182" rx="22" fill="#0d1838"/>
    <rect x="62" y="334" width="254" height="44" rx="22" fill="#0d1838"/>
    <rect x="62" y="334" width="254" height="44" rx="22" fill="none" stroke="url(#slot-gold)" stroke-width="3"/>
    <g fill="#fff"><path d="M10 414q14-24 44-18 18-18 46-4 20-6 30 10 10 14-10 14H18q-12 0-8-2z"/><path d="M292 416q6-20 32-16 22-14 42 0 24-2 26 14 0 4-8 4H298q-8 0-6-2z"/></g>
    <path d="M74 92q22-12 44-4 14-8 28 0" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
    <path d="M244 89q20-8 40 1 16-2 28 8" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
    <g class="slot-arrows" fill="#ffdf9a"><path d="M30 214v20l14-10z"/><path d="M348 214v20l-14-10z"/></g>
  </svg>`;
}

function bulbs() {
  const across = Array.from({ length: 9 }, (_, n) => [70 + n * 30, 111]);
  return across
    .map(([x, y], n) => `<circle class="slot-bulb ${n % 2 ? "odd" : ""}" cx="${x}" cy="${y}" r="5"/>`)
    .join("");
}
