// Scripted players: how a person of some skill plays, so that difficulty can be measured (python -m games.measure).
import { normal } from "@kernel/players.js";

export const players = {
  beginner: (dice) => thrower(dice, { scatter: 6, lateness: 3 }),
  expert: (dice) => thrower(dice, { scatter: 2, lateness: 1 }),
  // What no hand can do, which the rules' `flags` must see.
  machine: (dice) => thrower(dice, { scatter: 0, lateness: 0 }),
};

/** Throws when the marker comes to the middle, too late by `lateness` ticks and off by a `scatter` of ticks. */
function thrower(dice, { scatter, lateness }) {
  let throwAt = -1;
  return ({ tick, at, way, pace }) => {
    if (throwAt < tick) {
      const ticksToMiddle = ((500 - at) * way) / pace;
      // A moment to see where it is; what is about to pass, or goes away, is not tried.
      if (ticksToMiddle < 12 || ticksToMiddle > 13) return [];
      throwAt = tick + Math.max(0, Math.round(ticksToMiddle + lateness + normal(dice) * scatter));
    }
    return tick === throwAt ? [["throw"]] : [];
  };
}
