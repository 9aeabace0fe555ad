// The motion of what turns until the draw is known: the wheel, and the light that runs around the nine-grid.
// The speed never jumps: it rises in a straight line, and the braking begins at exactly the speed that was there.

/**
 * @param {number} position where it stands, in any unit; `round` units are once around
 * @param {{cruise: number, gather: number, round: number}} motion full speed in units a second, and the seconds to it
 * @returns what stands at `position` and is asked where it is at times in seconds
 */
export function createSpin(position, { cruise, gather, round }) {
  let startedAt = 0;
  let brake = null;

  function free(time) {
    const spun = time - startedAt;
    const gathering = Math.min(spun, gather);
    return position + (cruise * gathering * gathering) / gather / 2 + cruise * Math.max(spun - gather, 0);
  }

  function braking(time) {
    const part = Math.min((time - brake.at) / brake.seconds, 1);
    return brake.from + brake.way * (1 - (1 - part) ** 3);
  }

  return {
    start(time) {
      startedAt = time;
      brake = null;
    },
    /** Comes to rest at `target` after at least `turns` more turns; what still gathers speed does so first. */
    land(target, turns, time) {
      const at = Math.max(time, startedAt + gather);
      const from = free(at);
      const beyond = target - from - turns * round;
      const way = turns * round + (((beyond % round) + round) % round);
      // A cubic coming to rest begins at three times its mean speed.
      brake = { at, from, way, seconds: (3 * way) / cruise };
    },
    at(time) {
      return brake && time >= brake.at ? braking(time) : free(time);
    },
    rests(time) {
      return brake !== null && time >= brake.at + brake.seconds;
    },
  };
}
