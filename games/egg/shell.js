// One golden egg as SVG: it stands on (0, 0), is 92 wide and 120 high, and can be cracked and opened.
import { darker } from "../_chance/colour.js";

const EGG = "M0-120C28-120 46-78 46-46 46-16 26 0 0 0S-46-16-46-46C-46-78-28-120 0-120Z";
// Where it breaks in two, from right to left.
const BREAK = "50,-58 38,-70 27,-57 14,-74 2,-56 -12,-73 -26,-55 -38,-70 -50,-58";

/** Each crack runs on from the ones before; the first begins where the hammer hits. */
export const CRACKS = [
  "M14-112 6-98 16-90 8-78M6-98-6-94",
  "M8-78 18-70 10-60 22-52M16-90 30-86 34-76",
  "M8-78-8-72-4-60-20-54-16-42M-8-72-20-82",
  "M10-60 2-46 12-36 6-24M22-52 36-50 40-40M-20-54-36-58M-16-42-30-32-26-22",
  "M12-36 26-28 24-16M-16-42-6-30-12-18M34-76 42-66M-20-82-32-80",
];

/** What all eggs share. */
export function shellDefs() {
  return `<radialGradient id="egg-gold" cx=".36" cy=".3" r=".85"><stop offset="0" stop-color="#fff8da"/><stop offset=".3" stop-color="#fbdc83"/><stop offset=".68" stop-color="#eab042"/><stop offset="1" stop-color="#b87716"/></radialGradient>
    <clipPath id="egg-upper"><polygon points="-60,-130 60,-130 ${BREAK}"/></clipPath>
    <clipPath id="egg-lower"><polygon points="-60,10 60,10 ${BREAK}"/></clipPath>
    <clipPath id="egg-inside"><path d="M-90-330H90V-40Q46-2 0-3-46-2-90-40Z"/></clipPath>`;
}

/**
 * @param {{accent: string}} theme
 * @param {HTMLImageElement | undefined} picture in place of the gold
 */
export function shell({ accent }, picture) {
  const skin = picture
    ? `<image href="${picture.src}" x="-46" y="-120" width="92" height="120" preserveAspectRatio="xMidYMax meet"/>`
    : painted(accent);
  return `<ellipse class="egg-shade" cy="-1" rx="42" ry="8" fill="#1b3563" opacity=".3"/>
    <g class="egg-body">
      <g class="egg-open" opacity="0"><ellipse cy="-60" rx="45" ry="13" fill="#8a5410"/><ellipse cy="-58" rx="40" ry="10" fill="#fff0c0"/></g>
      <g clip-path="url(#egg-inside)"><g class="egg-figure"></g></g>
      <g class="egg-lower" clip-path="url(#egg-lower)">${skin}</g>
      <g class="egg-upper"><g clip-path="url(#egg-upper)">${skin}</g></g>
      <g class="egg-cracks" fill="none" stroke-linejoin="round" stroke-linecap="round">
        ${CRACKS.map((path) => `<g class="egg-crack"><path d="${path}" transform="translate(1 1.2)" stroke="#fff6cf" stroke-width="2.4"/><path d="${path}" stroke="#5d3405" stroke-width="2.2"/></g>`).join("")}
      </g>
    </g>`;
}

/** Gold, with a knitted band of the theme's colour and a snow crystal on it. */
function painted(accent) {
  return `<path d="${EGG}" fill="url(#egg-gold)"/>
    <path d="M-45.5-52q45 16 91 0 1 12-3 20-42 14-85 0-4-8-3-20z" fill="${accent}"/>
    <path d="M-44-45q44 15 88 0M-43-35q43 14 86 0" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="1.6" stroke-dasharray="4 3"/>
    <path d="m-38-38 5-5 5 6 5-5 5 6 5-5 5 6 4-5 4 5 5-6 5 5 5-6 5 5 5-6 5 5" fill="none" stroke="#ffe9b8" stroke-width="2"/>
    <g transform="translate(0 -84)" stroke="${darker("#c98a1e", 0.15)}" stroke-opacity=".65" stroke-width="2.4" stroke-linecap="round" fill="none"><path d="M0-15V15M-13-7.5 13 7.500M-13 7.5 13-7.500M-4-12l4 4 4-4M-4 12l4-4 4 4"/></g>
    <path d="M-26-98q8-12 17-15" fill="none" stroke="#fff" stroke-opacity=".85" stroke-width="6" stroke-linecap="round"/>
    <circle cx="-31" cy="-86" r="3.2" fill="#fff" opacity=".8"/>`;
}
