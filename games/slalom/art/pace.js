/** A good run's milliseconds from the start to the finish, to compare with at each gate. */
const GOOD_RUN = {
  short: { easy: 22700, normal: 22900, hard: 23600 },
  usual: { easy: 41500, normal: 41500, hard: 44000 },
  long: { easy: 50500, normal: 50500, hard: 52700 },
};

/** The ticks at which a good run passes the place `y`: it needs a while to gather speed. */
export function goodTicks({ length, difficulty }, y, finish) {
  const all = (GOOD_RUN[length][difficulty] * 60) / 1000;
  return all * (0.955 * (y / finish) + 0.045 * Math.min((y / finish) * 12, 1));
}
