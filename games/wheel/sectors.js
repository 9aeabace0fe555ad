// Angles of the wheel, in degrees clockwise, and the sectors that stand at the top then.

/** The angle of the wheel at which the sector's middle, `aside` (−0.5 to 0.5) of its width off, stands at the top. */
export function angleOf(sector, count, aside) {
  return mod(-((sector + aside) * 360) / count, 360);
}

/** The sector that stands at the top when the wheel is turned by `angle`. */
export function sectorAt(angle, count) {
  return mod(Math.round((-angle * count) / 360), count);
}

function mod(number, by) {
  return ((number % by) + by) % by;
}
