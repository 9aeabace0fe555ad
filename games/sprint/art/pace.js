// The pace of the hare in the far lane: a good time, so that there is always somebody to catch.

/** The hare's time from the gun, in seconds, for each difficulty. */
export const HARE_SECONDS = { easy: 11.6, normal: 11.4, hard: 12 };
const GATHERING = 1.15;

/** Where the hare is, in metres, `seconds` after the gun, if it takes `total` for its first 100. */
export function hareAt(seconds, total) {
  if (seconds <= 0) return 0;
  const top = 100 / (total - GATHERING * (1 - Math.exp(-total / GATHERING)));
  return top * (seconds - GATHERING * (1 - Math.exp(-seconds / GATHERING)));
}
