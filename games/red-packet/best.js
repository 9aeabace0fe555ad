// The most packets that were caught on this phone. It is a matter of honour alone: nothing is won by it.

const NAME = "red-packet:best";

/** Keeps `count` if it is more than ever before; true if there was something to beat. */
export function isBest(count) {
  // Some web views forbid storage; then there is nothing to beat.
  try {
    const before = Number(localStorage.getItem(NAME) ?? 0);
    if (count > before) localStorage.setItem(NAME, count);
    return before > 0 && count > before;
  } catch {
    return false;
  }
}
