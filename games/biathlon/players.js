// Scripted biathletes: they push near the marks, take or leave the golden ones, and shoot at what they see late.
import { normal } from "@kernel/players.js";
import { groundOf, legOf, RANGE, sightAt } from "./rules.js";

export const players = {
  beginner: (dice) => biathlete(dice, { lateness: 2.5, scatter: 3.2, golden: 50, tucks: 50, late: 14, breath: 16, patience: 90, near: 0.8 }),
  expert: (dice) => biathlete(dice, { lateness: 1, scatter: 1.1, golden: 40, tucks: 100, late: 9, breath: 36, patience: 70, near: 0.5 }),
  machine: (dice) => biathlete(dice, { lateness: 0, scatter: 0, golden: 40, tucks: 100, late: 1, breath: 36, patience: 100, near: 0.5 }),
};

/**
 * `lateness` and `scatter` of a push are in ticks; `golden` and `tucks` the hundredths of golden marks and of downhills
 * that are used; the sight is seen `late` ticks late, and the shot goes from `breath` ticks after breathing in, when it
 * seems `near` radii to the middle, or after `patience` more.
 */
function biathlete(dice, { lateness, scatter, golden, tucks, late, breath, patience, near }) {
  let aimedAt = null;
  let pushIn = 0; // as way
  let held = false;
  let willTuck = true;
  let tuckedAt = null;
  let seen = [];
  let breatheAt = -1;

  return (state) => {
    if (state.phase === "ski") return ski(state);
    if (state.phase === "range") return shoot(state);
    return [];
  };

  function ski(state) {
    breatheAt = -1;
    if (groundOf(state) === "down") {
      if (tuckedAt !== state.course.ground[state.piece]) {
        tuckedAt = state.course.ground[state.piece];
        willTuck = dice(100) < tucks;
      }
      if (willTuck && !held) {
        held = true;
        return [["press"]];
      }
    } else if (held) {
      held = false;
      return [["lift"]];
    }
    const next = state.course.marks[state.mark];
    if (!next) return [];
    if (aimedAt !== next) {
      aimedAt = next;
      pushIn = next[1] && dice(100) >= golden ? Infinity : Math.round(lateness + normal(dice) * scatter);
    }
    if (state.way < next[0] + pushIn * state.speed || groundOf(state) === "down") return [];
    aimedAt = null;
    pushIn = Infinity;
    return [["press"], ["lift"]];
  }

  function shoot(state) {
    held = false;
    if (state.tick < state.readyAt || state.target === 5) {
      breatheAt = -1;
      return [];
    }
    if (breatheAt < 0) {
      breatheAt = state.tick + 4 + dice(late);
      seen = [];
    }
    if (state.breathAt < 0) return state.tick >= breatheAt ? [["press"]] : [];
    seen.push(sightAt(state));
    const [x, y] = seen[Math.max(seen.length - late, 0)];
    const since = state.tick - state.breathAt;
    const size = RANGE[legOf(state)].size * near;
    if (since < breath || (x * x + y * y > size * size && since < breath + patience)) return [];
    breatheAt = -1;
    return [["lift"]];
  }
}
