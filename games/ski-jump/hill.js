// The three hills: how high the ground lies at each place, from the lip to the outrun.

/** One metre in 1/60 mm, the unit of all ways. */
export const METRE = 60000;

const KNOLL = 200; // thousandths of steepness just after the lip
const STEEP = 680; // and where one lands
const TABLE_HEIGHT = 3 * METRE;

/**
 * `k` and `size` in metres along x; `gain` makes the speed at the lip; `leap` is the spring upwards in mm/s;
 * `lift` and `brake` of the air; `wind` in dm/s, `gust` the push in units of lean and `restless` its pace; `width`
 * how far off the best lean still carries.
 */
export const HILLS = {
  easy: hill({ k: 80, size: 92, gain: 132, leap: 3200, lift: 80, brake: 66, wind: 12, gust: 240, restless: 4, width: 400 }),
  normal: hill({ k: 107, size: 122, gain: 164, leap: 3400, lift: 88, brake: 66, wind: 20, gust: 300, restless: 5, width: 360 }),
  hard: hill({ k: 165, size: 190, gain: 206, leap: 3700, lift: 98, brake: 64, wind: 28, gust: 330, restless: 6, width: 320 }),
};

/**
 * Beside its measures, where the steepness stays the same, where it begins to die away, and where it is level; and how
 * low the ground is at the first two.
 */
function hill(measures) {
  const { k, size } = measures;
  const bend = div(k * METRE * 7, 10);
  const end = size * METRE;
  const low = TABLE_HEIGHT + slope(KNOLL, STEEP, bend, bend);
  return { ...measures, bend, end, flat: (size + 75) * METRE, low, lower: low + div((end - bend) * STEEP, 1000) };
}

/** How far below the lip the ground lies at `x`. Its steepness grows to the landing slope and dies away behind it. */
export function groundAt({ bend, end, flat, low, lower }, x) {
  if (x <= bend) return TABLE_HEIGHT + slope(KNOLL, STEEP, x, bend);
  // A jumper asks for it at each tick in the air; `| 0` cuts off what comes after the point, as `div` does.
  if (x <= end) return low + ((((x - bend) * STEEP) / 1000) | 0);
  return lower + slope(STEEP, 0, (x < flat ? x : flat) - end, flat - end);
}

/** Thousandths of steepness at `x`. */
export function steepnessAt({ bend, end, flat }, x) {
  if (x <= bend) return KNOLL + div((STEEP - KNOLL) * Math.max(x, 0), bend);
  if (x <= end) return STEEP;
  return x >= flat ? 0 : STEEP - div(STEEP * (x - end), flat - end);
}

/** How far one comes down over `x` of `long` while the steepness changes evenly. */
function slope(from, to, x, long) {
  const millimetres = (x / 60) | 0;
  const bent = ((to - from) * millimetres * millimetres * 60) / (((long / 60) | 0) * 2000);
  return (((from * x) / 1000) | 0) + (bent | 0);
}

function div(a, b) {
  return Math.trunc(a / b);
}
