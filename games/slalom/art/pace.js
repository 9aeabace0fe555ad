/** A good run's milliseconds from the start to the finish, to compare with at each gate. */
export const GOOD_RUN = { easy: 41500, normal: 41500, hard: 44000 };

/** The ticks at which a good run passes the place `y`: it needs a while to gather speed. */
export function goodTicks(difficulty, y, finish) {
  const all = (GOOD_RUN[difficulty] * 60) / 1000;
  return all * (0.955 * (y / finish) + 0.045 * Math.min((y / finish) * 12, 1));
}
