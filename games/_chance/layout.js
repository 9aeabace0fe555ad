// Which prize stands where, on whatever has a fixed number of places around.

/**
 * All prizes in turn, as often as they fit, and no two equal ones side by side.
 * @param {{no: number}[]} prizes
 */
export function layOut(prizes, places) {
  const count = Math.max(places, prizes.length);
  const laid = Array.from({ length: count }, (_, n) => prizes[n % prizes.length]);
  if (prizes.length > 2 && laid.at(-1) === laid[0]) laid[count - 1] = prizes[1];
  return laid;
}
