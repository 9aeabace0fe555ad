// Scripted archers: they see the sight late, judge the wind more or less well, and let go when it looks right.
import { normal } from "@kernel/players.js";
import { drift, endOf, QUIET_FROM, sightAt } from "./rules.js";

export const players = {
  beginner: (dice) => archer(dice, { late: 16, wind: 0.4, misjudged: 0.4, hand: 26, from: 12, patience: 90, near: 0.3 }),
  expert: (dice) => archer(dice, { late: 10, wind: 0.93, misjudged: 0.12, hand: 9, from: QUIET_FROM, patience: 62, near: 0.08 }),
  machine,
};

/** Draws at once, holds the sight on the gold against sway and wind, and lets go in the quiet of the breath. */
function machine() {
  return (state) => {
    if (state.phase === "aim") return [["draw"]];
    if (state.phase !== "draw") return [];
    const [x, y] = sightAt(state);
    const stray = [x + drift(state), y];
    if (state.fullSince >= 0 && state.tick - state.fullSince > QUIET_FROM && Math.hypot(...stray) < 2) return [["loose"]];
    const aim = [state.aimX / 16 - state.fromX - stray[0], state.aimY / 16 - state.fromY - stray[1]];
    return [["aim", ...aim.map((wish) => Math.max(-1100, Math.min(1100, Math.round(wish))))]];
  };
}

/**
 * `late` is in ticks; `wind` is the part of the drift that is aimed against, `misjudged` how unsure that is; `hand` the
 * scatter of the aim in units; the arrow is let go from `from` ticks after full draw when it seems to stand within
 * `near` faces of the middle, and after `patience` more ticks at the latest.
 */
function archer(dice, { late, wind, misjudged, hand, from, patience, near }) {
  let arrow = -1;
  let pressAt = 0;
  let judged = 1;
  let offX = 0;
  let offY = 0;
  let seen = [];

  return (state) => {
    if (state.arrow !== arrow) {
      arrow = state.arrow;
      pressAt = -1;
      judged = wind + normal(dice) * misjudged;
      [offX, offY] = [normal(dice) * hand, normal(dice) * hand];
      seen = [];
    }
    if (state.phase === "aim") {
      if (pressAt < 0) pressAt = state.tick + late + dice(20);
      return state.tick >= pressAt ? [["draw"]] : [];
    }
    if (state.phase !== "draw") return [];
    const { face } = endOf(state);
    const [x, y] = sightAt(state);
    const goalX = -drift(state) * judged + offX;
    seen.push([x - goalX, y - offY]);
    const before = seen[Math.max(seen.length - late, 0)];
    const held = state.fullSince < 0 ? -1 : state.tick - state.fullSince;
    if (held > from) {
      const looks = Math.abs(before[0]) < near * face && Math.abs(before[1]) < near * face;
      if (looks || held > from + patience) return [["loose"]];
    }
    // The hand is moved some times a second, towards where the sight should be.
    return state.tick % 6 ? [] : [["aim", Math.round(goalX) - state.fromX, Math.round(offY) - state.fromY]];
  };
}
