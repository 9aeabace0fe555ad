// Scripted runners: they watch the beat as a person watches the rings, and press with a person's scatter around it.
import { normal } from "@kernel/players.js";

export const players = {
  beginner: (dice) => keepBeat(dice, { reaction: 19, scatter: 2.7, lateness: 2.5, wrong: 30 }),
  expert: (dice) => keepBeat(dice, { reaction: 11, scatter: 1.0, lateness: 1, wrong: 2 }),
  // The following show that the difficulty is where it should be.
  regular: (dice) => keepBeat(dice, { reaction: 15, scatter: 1.8, lateness: 2, wrong: 10 }),
  machine: (dice) => keepBeat(dice, { reaction: 7, scatter: 0, lateness: 0, wrong: 0 }),
  masher,
};

/** Alternates the feet as fast as fingers go, deaf to the beat. */
function masher(dice) {
  let foot = "left";
  let next = 0;
  return ({ tick, gun }) => {
    if (tick < gun + 12 || tick < next) return [];
    next = tick + Math.max(4, Math.round(6 + normal(dice)));
    foot = foot === "left" ? "right" : "left";
    return [[foot]];
  };
}

/**
 * Waits for each beat and presses near it. `reaction` to the gun, usual `lateness` and `scatter` of a press are in
 * ticks, the share of wrong feet in thousandths.
 */
function keepBeat(dice, { reaction, scatter, lateness, wrong }) {
  let aimedAt = null;
  let pressAt = -1;
  return (state) => {
    if (state.phase === "marks" || state.phase === "set") return [];
    if (state.beat < 0) {
      // Whoever takes a round over that stands has missed the gun, and presses now.
      if (pressAt < 0)
        pressAt = Math.max(state.tick, state.gun + Math.max(7, Math.round(reaction + normal(dice) * scatter)));
    } else if (aimedAt !== state.beat) {
      aimedAt = state.beat;
      pressAt = Math.max(state.tick, Math.round(state.beat + lateness + normal(dice) * scatter));
    }
    if (state.tick !== pressAt) return [];
    const other = state.foot === "left" ? "right" : "left";
    return [[dice(1000) < wrong ? other : state.foot]];
  };
}
