// What surrounds the wheel's face, drawn as SVG.
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

/** The hub, a snow crystal or the brand's picture, with the pointer that reaches to the sectors' edge above it. */
export function hubMarkup({ accent }, picture) {
  return `<svg viewBox="0 0 400 400" aria-hidden="true">
    <circle cx="200" cy="203" r="46" fill="#0a1230" fill-opacity=".28"/>
    <circle cx="200" cy="200" r="45" fill="url(#rim)"/>
    <circle cx="200" cy="200" r="40" fill="#fff"/>
    ${picture ? `<image href="${picture.src}" x="165" y="165" width="70" height="70"/>` : crystal(accent)}
    <g class="wheel-pointer">
      <path d="M200 46 179 9a24 24 0 1 1 42 0z" fill="#0a1230" fill-opacity=".3" transform="translate(0 4)"/>
      <path d="M200 46 179 9a24 24 0 1 1 42 0z" fill="#fff"/>
      <circle cx="200" cy="-3" r="11" fill="${accent}"/>
    </g>
  </svg>`;
}

function crystal(colour) {
  const arms = [0, 60, 120, 180, 240, 300];
  return `<g stroke="${colour}" stroke-width="4" stroke-linecap="round" fill="none">
      ${arms.map((turn) => `<path transform="rotate(${turn} 200 200)" d="M200 200v-27m-7 2 7 8 7-8"/>`).join("")}
    </g>`;
}
