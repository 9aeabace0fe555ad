// What surrounds the wheel's face, and the little pictures on it: all drawn here, as SVG.
const BULBS = 24;

/** The rim with its lamps. Its colours come from the campaign's theme. */
export function drawRim({ accent }) {
  const lamps = Array.from({ length: BULBS }, (_, n) => {
    const turn = (n * 2 * Math.PI) / BULBS;
    const [x, y] = [200 + 187 * Math.sin(turn), 200 - 187 * Math.cos(turn)];
    return `<circle class="lamp ${n % 2 ? "odd" : "even"}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="5"/>`;
  });
  return `<svg viewBox="0 0 400 400" aria-hidden="true">
    <defs>
      <linearGradient id="rim" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="#fff6e6"/><stop offset=".35" stop-color="#e7c48a"/>
        <stop offset=".7" stop-color="#b98a4a"/><stop offset="1" stop-color="#e9cb98"/>
      </linearGradient>
    </defs>
    <circle cx="200" cy="200" r="199" fill="url(#rim)"/>
    <circle cx="200" cy="200" r="195" fill="${accent}"/>
    <circle cx="200" cy="200" r="195" fill="#0a1230" fill-opacity=".42"/>
    <circle cx="200" cy="200" r="178" fill="url(#rim)"/>
    ${lamps.join("")}
  </svg>`;
}

/** The hub, a snow crystal, with the pointer that reaches to the sectors' edge above it. */
export function hubMarkup({ accent }) {
  return `<svg viewBox="0 0 400 400" aria-hidden="true">
    <circle cx="200" cy="203" r="46" fill="#0a1230" fill-opacity=".28"/>
    <circle cx="200" cy="200" r="45" fill="url(#rim)"/>
    <circle cx="200" cy="200" r="40" fill="#fff"/>
    <g stroke="${accent}" stroke-width="4" stroke-linecap="round" fill="none">
      ${[0, 60, 120, 180, 240, 300].map((turn) => `<path transform="rotate(${turn} 200 200)" d="M200 200v-27m-7 2 7 8 7-8"/>`).join("")}
    </g>
    <g class="wheel-pointer">
      <path d="M200 46 179 9a24 24 0 1 1 42 0z" fill="#0a1230" fill-opacity=".3" transform="translate(0 4)"/>
      <path d="M200 46 179 9a24 24 0 1 1 42 0z" fill="#fff"/>
      <circle cx="200" cy="-3" r="11" fill="${accent}"/>
    </g>
  </svg>`;
}

const KINDS = {
  gift: '<path d="M10 28h44v27H10zM6 18h52v12H6zM32 18v37M32 18S26 6 20 9s2 9 12 9 18-6 12-9-12 9-12 9"/>',
  coupon: '<path d="M6 18h52v10a5 5 0 0 0 0 10v10H6V38a5 5 0 0 0 0-10zM24 20v4m0 5v6m0 5v4M34 38l12-12M35 27h1M45 37h1"/>',
  points: '<circle cx="32" cy="32" r="22"/><path d="M32 20v24M21.6 26l20.8 12M21.6 38l20.8-12"/>',
  none: '<path d="M32 10v44M13 21l38 22M13 43l38-22M26 13l6 6 6-6M26 51l6-6 6 6"/>',
};

/** The picture of a kind of prize, as an address for an image. */
export function prizeArt(kind, colour) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 64 64" fill="none"
    stroke="${colour}" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round">${KINDS[kind]}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
