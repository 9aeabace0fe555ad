// How sharp a picture a phone can keep up with: it is found out by trying, and a picture that comes on time goes before
// one that is sharp.
const GROUP = 30; // frames that are judged together: half a second
const LATE = 25; // milliseconds: one of the screen's sixty beats was missed
const OFTEN = 3; // as many late frames in a group are felt
const LONGEST = 100; // milliseconds; what is longer was a pause
const HELPS = 0.95; // fewer pixels must make a group quicker by this, or the pixels were not what was slow
// Not one and a half: what is painted once is laid pixel on pixel, and between whole numbers more of it is filtered.
const SOFTER = 1;

/**
 * @param {number} sharpest the screen's own pixels for each CSS pixel, or as many of them as are wanted
 * @param {{ soft: boolean }} memory whether fewer pixels have helped this phone before
 */
export function createPace(sharpest, memory) {
  let canTry = sharpest > SOFTER && !memory.soft;
  let sharpness = memory.soft ? Math.min(SOFTER, sharpest) : sharpest;
  let before = null;
  let [seen, late, spent] = [0, 0, 0];
  let tried = null; // how long a group took before the picture was made softer
  let wasLate = false;

  function judge() {
    // A screen that shows thirty frames a second, to save its battery, is no quicker with fewer pixels.
    if (tried !== null) {
      const helped = spent <= tried * HELPS;
      tried = null;
      if (helped) memory.soft = true;
      return helped ? sharpness : sharpest;
    }
    // A game that begins is late for a while on any phone: what lasts over two groups is the phone's own pace.
    const isLate = late > OFTEN;
    const lasts = isLate && wasLate;
    wasLate = isLate;
    if (!lasts || !canTry) return sharpness;
    canTry = false;
    tried = spent;
    return SOFTER;
  }

  return {
    get sharpness() {
      return sharpness;
    },
    /** A frame begins at `now`; true if it is to be drawn with another sharpness. */
    frame(now) {
      const took = before === null ? 0 : Math.min(now - before, LONGEST);
      before = now;
      if (took === 0) return false;
      [seen, late, spent] = [seen + 1, late + (took > LATE), spent + took];
      if (seen < GROUP) return false;
      const next = judge();
      [seen, late, spent] = [0, 0, 0];
      if (next === sharpness) return false;
      sharpness = next;
      // The next one paints anew what is painted once, and is no measure.
      before = null;
      return true;
    },
  };
}
