// How things move between two moments; each takes 0 to 1 and gives 0 to 1, with a little more where it swings over.

export function easeOut(part) {
  return 1 - (1 - part) ** 3;
}

export function easeInOut(part) {
  return part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
}

/** Beyond the mark and back. */
export function overshoot(part) {
  return 1 + 2.7 * (part - 1) ** 3 + 1.7 * (part - 1) ** 2;
}

/** Falls and bounces twice. */
export function bounce(part) {
  if (part < 0.55) return (part / 0.55) ** 2;
  if (part < 0.83) return 1 - 0.14 * (1 - ((part - 0.69) / 0.14) ** 2);
  return 1 - 0.03 * (1 - ((part - 0.915) / 0.085) ** 2);
}

/** From 1 down to 0 in so many seconds after something happened, for flashes and squashes. */
export function fading(age, seconds) {
  return age < 0 || age > seconds ? 0 : 1 - age / seconds;
}
