// What counts as a shake: the hand goes far enough one way and turns. A trembling finger is none.

/** @param {number} enough how far a hand must go between two turns, in the unit of `to` */
export function createShake(enough) {
  let turnedAt = null;
  let furthest = 0;
  let direction = 0;

  return {
    /** The hand takes hold. */
    from(x) {
      turnedAt = furthest = x;
      direction = 0;
    },
    /** The hand is at `x`; true if it has just turned after a real swing. */
    to(x) {
      if (turnedAt === null) return false;
      if (direction === 0) {
        if (Math.abs(x - turnedAt) >= enough) direction = Math.sign(x - turnedAt);
        furthest = x;
        return false;
      }
      if ((x - furthest) * direction >= 0) {
        furthest = x;
        return false;
      }
      // Back by half a swing is a turn, so that the answer comes while the hand still moves.
      if (Math.abs(x - furthest) < enough / 2) return false;
      turnedAt = furthest;
      furthest = x;
      direction = -direction;
      return Math.abs(x - turnedAt) > 0;
    },
    /** The hand lets go. */
    end() {
      turnedAt = null;
    },
  };
}
