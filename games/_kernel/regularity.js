/**
 * Whether a series of gaps (ticks by which presses were off their mark, or ticks between them) is more even than a
 * hand can be. Hands scatter by at least half a tick around their own habit; only a machine does not.
 */
const ENOUGH = 12;

export function series() {
  return { count: 0, sum: 0, squares: 0 };
}

export function note(gaps, gap) {
  gaps.count += 1;
  gaps.sum += gap;
  gaps.squares += gap * gap;
}

export function inhuman({ count, sum, squares }) {
  // The variance times count², against (0.4 ticks)², in whole numbers.
  return count >= ENOUGH && (count * squares - sum * sum) * 25 < 4 * count * count;
}
