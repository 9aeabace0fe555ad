// Scripted runners: they look ahead, decide late or early, and sometimes do the wrong thing.
import { normal } from "@kernel/players.js";
import { ARCH, FREE, HEAP, JUMPS, WALL } from "./rules.js";

export const players = {
  beginner: (dice) => run(dice, { decides: 34, scatter: 7, wrong: 50, greedy: 30 }),
  expert: (dice) => run(dice, { decides: 40, scatter: 2.6, wrong: 7, greedy: 80 }),
  machine: (dice) => run(dice, { decides: 40, scatter: 0, wrong: 0, greedy: 100 }),
};

/**
 * `decides` so many ticks before a row where to pass it, acts with `scatter` ticks around the right moment, gets `wrong`
 * so many in a thousand of them, and goes for feathers in so many of a hundred (`greedy`).
 */
function run(dice, { decides, scatter, wrong, greedy }) {
  let row = null;
  let plan = []; // [tick, action]
  return (state) => {
    const next = state.rows.find(([at]) => at > state.at);
    if (next && next !== row && next[0] - state.at < (decides + normal(dice) * scatter) * state.speed) {
      row = next;
      plan = [...plan.filter(([, what]) => what === "jump" || what === "slide"), ...decide(state, next)];
    }
    const due = plan.filter(([tick]) => tick <= state.tick);
    plan = plan.filter(([tick]) => tick > state.tick);
    return due.slice(0, 2).map(([, action]) => [action]);
  };

  function decide({ tick, at, speed, lane, things }, [stands, ...cells]) {
    if (dice(1000) < wrong) return [];
    const arrives = tick + Math.trunc((stands - at) / speed);
    const goal = choose(lane, cells, things, stands);
    const acts = [];
    for (let from = lane, n = 0; from !== goal; from += Math.sign(goal - from), n++) {
      acts.push([tick + n * 7 + Math.max(0, Math.round(normal(dice) * scatter)), goal > from ? "right" : "left"]);
    }
    const press = (before) => Math.max(tick, Math.round(arrives - before + normal(dice) * scatter));
    if (cells[goal] === HEAP) acts.push([press(JUMPS / 2 - 4), "jump"]);
    if (cells[goal] === ARCH) acts.push([press(14), "slide"]);
    return acts;
  }

  /** The lane that is easiest to get through, or the one with the most feathers. */
  function choose(lane, cells, things, stands) {
    const wants = dice(100) < greedy;
    let [best, cost] = [lane, Infinity];
    for (let other = 0; other < 3; other++) {
      const feathers = things.filter(([at, on]) => on === other && Math.abs(at - stands) < 7000).length;
      const trouble = { [FREE]: 0, [HEAP]: 2, [ARCH]: 2.4, [WALL]: 99 }[cells[other]];
      const price = trouble + Math.abs(other - lane) * 1.5 - (wants ? feathers * 1.6 : 0);
      if (price < cost) [best, cost] = [other, price];
    }
    return best;
  }
}
