// Scripted catchers: they see a feather some time after it set off, run under where they think it will come down, and
// are a little off.
import { normal } from "@kernel/players.js";
import { HALF_BASKET, xOf } from "./rules.js";

export const players = {
  beginner: (dice) => catchFeathers(dice, { lateness: 20, scatter: 78, ahead: 30, wary: 45 }),
  expert: (dice) => catchFeathers(dice, { lateness: 10, scatter: 22, ahead: 60, wary: 92 }),
  machine,
};

/** Stands under whatever comes next to the rim, from the moment at which the last one was caught. */
function machine() {
  return (state) => {
    const next = state.falling.reduce(
      (first, thing) => (thing.kind !== "icicle" && !(first?.lands <= thing.lands) ? thing : first),
      null,
    );
    return next ? [["reach", clamp(xOf(state, next, state.tick))]] : [];
  };
}

/**
 * `lateness` in ticks from seeing to moving, `scatter` of aim in thousandths of the width, `ahead` ticks for which they
 * plan, `wary` in hundredths of the icicles that they notice in time.
 */
function catchFeathers(dice, { lateness, scatter, ahead, wary }) {
  const aims = {};
  const feared = {};
  let wanted = 500;
  return (state) => {
    if (state.tick % 4) return [];
    const goal = choose(state);
    if (goal === null || Math.abs(goal - wanted) < 12) return [];
    wanted = goal;
    return [["reach", wanted]];
  };

  function choose(state) {
    const first = soonest(state);
    const goal = first ? clamp(xOf(state, first, Math.min(state.tick + 8, first.lands)) + aim(first)) : wanted;
    const danger = state.falling.find(
      (thing) => thing.kind === "icicle" && state.tick >= thing.from - 20 && fears(thing),
    );
    if (!danger || danger.lands - state.tick > 45 || Math.abs(danger.x - goal) > HALF_BASKET)
      return first ? goal : null;
    return clamp(danger.x + (goal < danger.x ? -1 : 1) * (HALF_BASKET + 20));
  }

  function soonest({ falling, tick, x }) {
    let best = null;
    for (const thing of falling) {
      if (thing.kind === "icicle" || tick < thing.from + lateness || thing.lands - tick > ahead) continue;
      // What cannot be reached any more is given up.
      if (Math.abs(thing.x - x) > (thing.lands + 8 - tick) * 40 + 60) continue;
      if (!best || thing.lands < best.lands) best = thing;
    }
    return best;
  }

  function aim({ name }) {
    aims[name] ??= Math.round(normal(dice) * scatter);
    return aims[name];
  }

  function fears({ name }) {
    feared[name] ??= dice(100) < wary;
    return feared[name];
  }
}

function clamp(x) {
  return Math.max(0, Math.min(1000, Math.round(x)));
}
