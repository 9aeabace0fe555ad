// The camera behind the skier: where a place on the slope is in the picture, and how big a metre is there.
const BEHIND = 9.5; // metres
const HIGH = 7.4;
const HORIZON = 0.31;
const SKIER = 0.735; // of the height, where the skier's feet are
export const FARTHEST = 130;
export const NEAREST = 2.2;

export function createView(width, height) {
  const horizon = height * HORIZON;
  const focus = ((height * (SKIER - HORIZON)) / HIGH) * BEHIND;
  const view = { width, height, horizon, x: 0, y: 0, metre: focus / BEHIND, behind: BEHIND };

  /** Where a place is that lies `x` and `y` metres on the slope; null if it is behind us. */
  view.place = (x, y) => {
    const far = y - view.y;
    if (far < NEAREST || far > FARTHEST) return null;
    const metre = focus / far;
    return { x: width / 2 + (x - view.x) * metre, y: horizon + HIGH * metre, metre };
  };
  /** The line of the picture on which everything lies that is so many metres before us. */
  view.line = (far) => horizon + (HIGH * focus) / Math.max(far, NEAREST);
  return view;
}
