// The three hills: how high the ground lies at each place, from the lip to the outrun.

/** One metre in 1/60 mm, the unit of all ways. */
export const METRE = 60000;

/**
 * `k` and `size` in metres along x; `gain` makes the speed at the lip; `leap` is the spring upwards in mm/s;
 * `lift` and `brake` of the air; `wind` in dm/s, `gust` the push in units of lean and `restless` its pace; `width`
 * how far off the best lean still carries.
 */
export const HILLS = {
  easy: { k: 80, size: 92, gain: 132, leap: 3200, lift: 80, brake: 66, wind: 12, gust: 260, restless: 4, width: 400 },
  normal: { k: 107, size: 122, gain: 164, leap: 3400, lift: 88, brake: 66, wind: 20, gust: 330, restless: 5, width: 360 },
  hard: { k: 165, size: 190, gain: 206, leap: 3700, lift: 98, brake: 64, wind: 28, gust: 380, restless: 6, width: 320 },
};

const KNOLL = 200; // thousandths of steepness just after the lip
const STEEP = 680; // and where one lands
const TABLE_HEIGHT = 3 * METRE;

/** How far below the lip the ground lies at `x`. Its steepness grows to the landing slope and dies away behind it. */
export function groundAt(hill, x) {
  const [bend, end, flat] = places(hill);
  let ground = TABLE_HEIGHT + slope(KNOLL, STEEP, Math.min(x, bend), bend);
  if (x > bend) ground += div((Math.min(x, end) - bend) * STEEP, 1000);
  if (x > end) ground += slope(STEEP, 0, Math.min(x, flat) - end, flat - end);
  return ground;
}

/** Thousandths of steepness at `x`. */
export function steepnessAt(hill, x) {
  const [bend, end, flat] = places(hill);
  if (x <= bend) return KNOLL + div((STEEP - KNOLL) * Math.max(x, 0), bend);
  if (x <= end) return STEEP;
  return x >= flat ? 0 : STEEP - div(STEEP * (x - end), flat - end);
}

/** Where the steepness stays the same, where it begins to die away, and where the ground is level. */
function places({ k, size }) {
  return [div(k * METRE * 7, 10), size * METRE, (size + 75) * METRE];
}

/** How far one comes down over `x` of `long` while the steepness changes evenly. */
function slope(from, to, x, long) {
  return div(from * x, 1000) + div(div((to - from) * x, long) * x, 2000);
}

function div(a, b) {
  return Math.trunc(a / b);
}
