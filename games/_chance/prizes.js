// The kinds of prizes in pictures: one line for small places, in colour where a prize is held up.
import { hare } from "./hare.js";

const LINES = {
  gift: '<path d="M10 28h44v27H10zM6 18h52v12H6zM32 18v37M32 18S26 6 20 9s2 9 12 9 18-6 12-9-12 9-12 9"/>',
  coupon: '<path d="M6 18h52v10a5 5 0 0 0 0 10v10H6V38a5 5 0 0 0 0-10zM24 20v4m0 5v6m0 5v4M34 38l12-12M35 27h1M45 37h1"/>',
  points: '<circle cx="32" cy="32" r="22"/><path d="M32 20v24M21.6 26l20.8 12M21.6 38l20.8-12"/>',
  none: '<path d="M32 10v44M13 21l38 22M13 43l38-22M26 13l6 6 6-6M26 51l6-6 6 6"/>',
};

/** A kind of prize drawn with one line, as SVG in a box of 64 by 64. */
export function prizeLines(kind, colour) {
  return `<g fill="none" stroke="${colour}" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round">${LINES[kind]}</g>`;
}

const THINGS = {
  gift: '<path d="M6 22h44v26q0 4-4 4H10q-4 0-4-4z" fill="#2f62bd"/><path d="M3 16h50v10H3z" fill="#4a80dc"/><path d="M23 16h10v36H23z" fill="#ffd08a"/><path d="M28 16S20 3 13 7s2 9 15 9 22-5 15-9-15 9-15 9z" fill="none" stroke="#ffd08a" stroke-width="4" stroke-linejoin="round"/><path d="M6 26h44v4H6z" fill="#0b2350" opacity=".35"/>',
  coupon: '<g transform="rotate(-7 28 28) translate(2.5 2.5) scale(.91)"><path d="M0 13h56v9a6 6 0 0 0 0 12v9H0v-9a6 6 0 0 0 0-12z" fill="#fff3dc"/><path d="M18 15v26" stroke="#c8452f" stroke-opacity=".6" stroke-width="1.6" stroke-dasharray="3 3"/><path d="M24 22h24M24 29h24M24 36h13" stroke="#d0835f" stroke-width="3" stroke-linecap="round"/><path d="M9.5 21v14M3.5 24.500l12 7M3.5 31.500l12-7" stroke="#ffd08a" stroke-width="2.2" stroke-linecap="round"/></g>',
  points: '<circle cx="28" cy="31" r="23" fill="#a86f1d"/><circle cx="28" cy="27" r="23" fill="#f6d080"/><circle cx="28" cy="27" r="17.5" fill="none" stroke="#a86f1d" stroke-opacity=".65" stroke-width="1.8"/><path d="M28 14v26M16.7 20.500l22.6 13M16.7 33.500l22.6-13" stroke="#8a5a12" stroke-width="2.6" stroke-linecap="round"/><path d="M12 20q5-11 16-12" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="3" stroke-linecap="round"/>',
  none: '<path d="M40 20h6q9 1 8 11-2 10-14 9" fill="none" stroke="#f4f7fb" stroke-width="5"/><path d="M8 16h34v24q0 11-11 11H19Q8 51 8 40z" fill="#f4f7fb"/><path d="M8 27h34v9H8z" fill="#d9553b"/><path d="m14 31.5 4-3 4 3 4-3 4 3 4-3 4 3" fill="none" stroke="#fff" stroke-width="1.8"/><ellipse cx="25" cy="16" rx="17" ry="4.5" fill="#7b4a2b"/><ellipse cx="21" cy="15.5" rx="5" ry="2" fill="#fff"/><path d="M18 9q-4-4 0-8M27 9q-4-4 0-8" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="2.2" stroke-linecap="round"/>',
};

/** A kind of prize in colour, as SVG in a box of 56 by 56: who wins nothing is at least brought a hot chocolate. */
export function prizeThing(kind) {
  return THINGS[kind];
}

/** The snow hare that brings it, as SVG in a box of 120 by 170. */
export function prizeFigure(kind, theme) {
  return hare(theme, THINGS[kind]);
}

/** SVG as an address, for an image or a canvas. */
export function address(inner, width, height) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * 2}" height="${height * 2}">${inner}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
