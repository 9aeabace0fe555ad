// The motion of one reel: gathers speed, rolls freely, and settles into its place like a wheel into a notch.
// Positions are symbols: at position k the k-th symbol stands on the line. The speed never jumps.
const CRUISE = 15; // symbols a second
const GATHER = 0.35; // seconds
// The notch is a spring that takes hold this many symbols before the place: a little too far, and back.
const HOLD = 1.2;
const DAMP = 9;
const SWING = 7;
const SETTLE = 0.95; // seconds

/** @param {number} count symbols once around */
export function createReel(position, count) {
  let startedAt = 0;
  let spring = null;

  function free(time) {
    const spun = time - startedAt;
    const gathering = Math.min(spun, GATHER);
    return position + (CRUISE * gathering * gathering) / GATHER / 2 + CRUISE * Math.max(spun - GATHER, 0);
  }

  /** A damped swing around the place that begins HOLD before it, at the speed that the reel has. */
  function settling(time) {
    const since = Math.min(time - spring.at, SETTLE);
    if (since === SETTLE) return spring.place;
    const push = (CRUISE - DAMP * HOLD) / SWING;
    const swing = -HOLD * Math.cos(SWING * since) + push * Math.sin(SWING * since);
    return spring.place + Math.exp(-DAMP * since) * swing;
  }

  return {
    start(time) {
      position = ((this.at(time) % count) + count) % count;
      startedAt = time;
      spring = null;
    },
    /** Comes to rest with symbol `symbol` on the line, the next time that it passes. */
    stop(symbol, time) {
      const at = Math.max(time, startedAt + GATHER);
      const from = free(at);
      const way = (((symbol - HOLD - from) % count) + count) % count;
      spring = { at: at + way / CRUISE, place: from + way + HOLD };
    },
    at(time) {
      if (startedAt === 0) return position;
      return spring && time >= spring.at ? settling(time) : free(time);
    },
    rests(time) {
      return startedAt === 0 || (spring !== null && time >= spring.at + SETTLE);
    },
    /** 0 at rest to 1 at full speed, for how blurred it looks. */
    speed(time) {
      if (this.rests(time)) return 0;
      if (spring && time >= spring.at) return Math.max(0, 1 - (time - spring.at) * 6);
      return Math.min((time - startedAt) / GATHER, 1);
    },
  };
}
