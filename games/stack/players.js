// Scripted stackers: they wait for the jacket to come over the stack and press near that moment.
import { normal } from "@kernel/players.js";
import { leftAt, top } from "./rules.js";

export const players = {
  beginner: (dice) => drop(dice, { scatter: 4.2, lateness: 1.2, watches: 34 }),
  expert: (dice) => drop(dice, { scatter: 1.35, lateness: 0.2, watches: 22 }),
  // The following show that the difficulty is where it should be.
  machine: (dice) => drop(dice, { scatter: 0, lateness: 0, watches: 10 }),
};

/** `scatter` and `lateness` of a press in ticks, `watches` how long a jacket is looked at before it is judged. */
function drop(dice, { scatter, lateness, watches }) {
  let judged = -1;
  let pressAt = -1;
  return (state) => {
    if (state.tick < state.resting + watches) return [];
    if (judged !== state.from || state.tick > pressAt) {
      judged = state.from;
      pressAt = Math.max(state.tick + 1, Math.round(meets(state) + lateness + normal(dice) * scatter));
    }
    return state.tick === pressAt ? [["drop"]] : [];
  };
}

/** The tick at which the jacket will be over the stack, or as near as it comes. */
function meets(state) {
  const [left] = top(state);
  let best = state.tick;
  let least = Infinity;
  for (let tick = state.tick + 8; tick < state.tick + 220; tick++) {
    const off = Math.abs(leftAt(state, tick) - left);
    if (off < least) [best, least] = [tick, off];
    else if (least < 12 && off > 60) break;
  }
  return best;
}
