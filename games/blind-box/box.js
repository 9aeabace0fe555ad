// One blind box as SVG: it stands on (0, 0), is 84 wide and 80 high, and its lid comes off.
import { darker, lighter, mix } from "../_chance/colour.js";

/** The colours of boxes beside one another: the theme's, ice, night. */
export function coloursOf(n, { accent, ground }) {
  return [
    { skin: accent, mark: "#ffffff", band: "#ffdf9a" },
    { skin: "#e3edf8", mark: accent, band: mix(ground, "#5b86cc", 0.55) },
    { skin: mix(ground, "#4f7fcf", 0.62), mark: "#ffffff", band: "#ffdf9a" },
    { skin: "#f0c879", mark: mix(accent, "#5a2a10", 0.35), band: "#ffffff" },
  ][(n + Math.floor(n / 3)) % 4];
}

/** What all boxes share. */
export function boxDefs() {
  return '<clipPath id="box-inside"><path d="M-120-400H120V-8H-120Z"/></clipPath>';
}

/** @param {HTMLImageElement | undefined} picture on the front in place of the question mark */
export function box({ skin, mark, band }, picture) {
  const shade = darker(skin, 0.24);
  return `<ellipse class="box-shade" cy="0" rx="44" ry="6" fill="#140a06" opacity=".4"/>
    <g class="box-body">
      <path class="box-hollow" d="M-38-64h76v12h-76z" fill="#2a1710" opacity="0"/>
      <g clip-path="url(#box-inside)"><g class="box-figure"></g></g>
      <path d="M-38-60h76v54q0 6-6 6h-64q-6 0-6-6z" fill="${skin}"/>
      <path d="M20-60h18v54q0 6-6 6H20z" fill="${shade}" opacity=".55"/>
      <path d="M-38-17h76v9h-76z" fill="${band}"/><path d="m-36-12.5 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3" fill="none" stroke="${shade}" stroke-width="1.5"/>
      ${picture ? `<image href="${picture.src}" x="-19" y="-57" width="38" height="38"/>` : question(mark)}
      <g class="box-lid"><path d="M-42-80h84q3 0 3 3v15q0 3-3 3h-84q-3 0-3-3v-15q0-3 3-3z" fill="${lighter(skin, 0.14)}"/><path d="M20-80h22q3 0 3 3v15q0 3-3 3H20z" fill="${shade}" opacity=".45"/><path d="M-45-63h90v2q0 2-3 2h-84q-3 0-3-2z" fill="${shade}" opacity=".6"/><path d="M-39-76h40" stroke="#fff" stroke-opacity=".55" stroke-width="3" stroke-linecap="round"/></g>
    </g>`;
}

/** A question mark with a hare's ears. */
function question(mark) {
  return `<g fill="none" stroke="${mark}" stroke-linecap="round" stroke-width="5"><path d="M-8-42q0-8 8-8t8 7q0 5-5 7-3 1.5-3 5"/></g>
    <circle cy="-24" r="3" fill="${mark}"/><path d="M-8-53q-6-1-3-6 5 0 5 5zM8-53q6-1 3-6-5 0-5 5z" fill="${mark}"/>`;
}
