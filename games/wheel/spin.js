// The motion of the wheel: gathers speed, keeps it until the draw is known, and comes to rest on the right sector.
// The speed never jumps: it rises in a straight line, and the braking begins at exactly the speed that was there.
const CRUISE = 840; // degrees a second
const GATHER = 0.7; // seconds

/** @returns a wheel that stands at `angle` (degrees, clockwise) and is asked for its angle at times in seconds. */
export function createSpin(angle) {
  let startedAt = 0;
  let brake = null;

  function free(time) {
    const spun = time - startedAt;
    const gathering = Math.min(spun, GATHER);
    return angle + (CRUISE * gathering * gathering) / GATHER / 2 + CRUISE * Math.max(spun - GATHER, 0);
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
    /** Comes to rest at `target` after at least `turns` more turns; a wheel that still gathers speed does so first. */
    land(target, turns, time) {
      const at = Math.max(time, startedAt + GATHER);
      const from = free(at);
      const way = turns * 360 + mod(target - from - turns * 360, 360);
      // A cubic coming to rest begins at three times its mean speed.
      brake = { at, from, way, seconds: (3 * way) / CRUISE };
    },
    at(time) {
      return brake && time >= brake.at ? braking(time) : free(time);
    },
    rests(time) {
      return brake !== null && time >= brake.at + brake.seconds;
    },
  };
}

/**
 * Which prize stands on which sector: all of them in turn, as often as they fit, and no two equal ones side by side.
 * @param {{no: number}[]} prizes
 */
export function layOut(prizes, sectors) {
  const count = Math.max(sectors, prizes.length);
  const laid = Array.from({ length: count }, (_, n) => prizes[n % prizes.length]);
  if (prizes.length > 2 && laid.at(-1) === laid[0]) laid[count - 1] = prizes[1];
  return laid;
}

/** The angle of the wheel at which the sector's middle, `aside` (−0.5 to 0.5) of its width off, stands at the top. */
export function angleOf(sector, count, aside) {
  return mod(-((sector + aside) * 360) / count, 360);
}

/** The sector that stands at the top when the wheel is turned by `angle`. */
export function sectorAt(angle, count) {
  return mod(Math.round((-angle * count) / 360), count);
}

function mod(number, by) {
  return ((number % by) + by) % by;
}
