/**
 * Whether a series of gaps (ticks by which presses were off their mark, or ticks between them) is more even than a
 * hand can be. Hands scatter by at least half a tick around their own habit; only a machine does not.
 */

export function series() {
  return { count: 0, sum: 0, squares: 0 };
}

export function note(gaps, gap) {
  gaps.count += 1;
  gaps.sum += gap;
  gaps.squares += gap * gap;
}

/**
 * Fewer than `enough` gaps tell nothing; fewer than twelve are enough where hands scatter widely, since nothing presses
 * them. They may scatter by less than so many `tenths` of a tick where even a machine's do, by how ticks are counted.
 */
export function inhuman({ count, sum, squares }, { enough = 12, tenths = 4 } = {}) {
  // The variance times count², in whole numbers.
  return count >= enough && (count * squares - sum * sum) * 100 < tenths * tenths * count * count;
}
