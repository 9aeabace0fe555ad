// What stands on the line at the end. A line that wins nothing is not made to look like a near miss: every line
// without three alike is as likely as every other, so that two alike come as often as chance has it, and no more.

const REELS = 3;

/**
 * @param {number | null} symbol the place of the prize's symbol, or null if nothing was won
 * @param {number} count how many symbols there are
 * @param {(below: number) => number} dice a whole number from 0 to below − 1
 * @returns {number[]} the symbol on each reel
 */
export function lineFor(symbol, count, dice) {
  if (symbol !== null) return Array(REELS).fill(symbol);
  for (;;) {
    const line = Array.from({ length: REELS }, () => dice(count));
    if (line.some((other) => other !== line[0])) return line;
  }
}

/** The order of the symbols on a reel: each reel has another, or they would roll in step. */
export function orderOf(reel, count) {
  const order = Array.from({ length: count }, (_, n) => n);
  for (let n = count - 1; n > 0; n--) {
    const other = (n * (reel + 2) + reel * 3) % (n + 1);
    [order[n], order[other]] = [order[other], order[n]];
  }
  return order;
}
