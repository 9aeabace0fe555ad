// The board around the cells: a golden frame with lamps.
const BULBS_A_SIDE = 9;

export function frameMarkup({ accent }) {
  return `<svg viewBox="0 0 400 400" aria-hidden="true">
    <defs><linearGradient id="grid-gold" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#fff6e6"/><stop offset=".35" stop-color="#e7c48a"/>
      <stop offset=".7" stop-color="#b98a4a"/><stop offset="1" stop-color="#e9cb98"/>
    </linearGradient></defs>
    <rect width="400" height="400" rx="46" fill="url(#grid-gold)"/>
    <rect x="5" y="5" width="390" height="390" rx="42" fill="${accent}"/>
    <rect x="5" y="5" width="390" height="390" rx="42" fill="#0a1230" fill-opacity=".42"/>
    <rect x="24" y="24" width="352" height="352" rx="28" fill="url(#grid-gold)"/>
    <rect x="27" y="27" width="346" height="346" rx="26" fill="#0d1838"/>
    ${bulbs()}
  </svg>`;
}

/** Lamps in the middle of the rim; along each side the corner belongs to the side that begins there. */
function bulbs() {
  const [near, far] = [15, 385];
  const inset = 21;
  const way = (far - near - 2 * inset) / (BULBS_A_SIDE - 1);
  const lamps = [];
  for (let n = 0; n < BULBS_A_SIDE; n++) {
    const along = near + inset + n * way;
    lamps.push([along, near], [far, along], [near + far - along, far], [near, near + far - along]);
  }
  return lamps
    .map(([x, y], n) => `<circle class="bulb ${Math.floor(n / 4) % 2 ? "odd" : "even"}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4.4"/>`)
    .join("");
}
