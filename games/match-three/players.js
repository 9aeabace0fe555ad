// Scripted players of three in a row: the beginner takes the first move that meets the eye, the expert looks for the best.
import { normal } from "@kernel/players.js";
import { CELLS, COLUMNS, findMove, findRuns, kindOf, makes, specialOf } from "./board.js";

export const players = {
  beginner: (dice) => play(dice, { pace: 165, looks: 1, wrong: 12, scatter: 0.3 }),
  expert: (dice) => play(dice, { pace: 78, looks: 40, wrong: 1, scatter: 0.3 }),
  machine: (dice) => play(dice, { pace: 30, looks: 56, wrong: 0, scatter: 0 }),
};

/**
 * Moves about `pace` ticks after the board rests, with a `scatter` of that part of it, the best of `looks` moves; `wrong`
 * so many in a hundred make nothing.
 */
function play(dice, { pace, looks, wrong, scatter }) {
  let rested = -1; // when the board did, also after a swap that made nothing
  let moveAt = 0;
  return (state) => {
    if (state.phase !== "idle" || state.finale) return [];
    if (rested !== state.until) {
      rested = state.until;
      moveAt = state.tick + Math.max(22, Math.round(pace + normal(dice) * pace * scatter));
    }
    if (state.tick < moveAt) return [];
    moveAt = state.tick + 60;
    if (dice(100) < wrong) return [["swap", dice(CELLS), dice(4)]];
    const move = choose(state);
    return move ? [["swap", ...move]] : [];
  };

  function choose(state) {
    if (looks === 1) return findMove(state.cells, dice(CELLS));
    let best = null;
    let most = -1;
    let seen = 0;
    const from = dice(CELLS);
    for (let n = 0; n < CELLS && seen < looks; n++) {
      const cell = (from + n) % CELLS;
      for (const [way, other] of [
        [1, cell + 1],
        [2, cell + COLUMNS],
      ]) {
        if ((way === 1 && cell % COLUMNS === COLUMNS - 1) || other >= CELLS || !makes(state.cells, cell, other))
          continue;
        seen += 1;
        const worth = value(state, cell, other);
        if (worth > most) [best, most] = [[cell, way], worth];
      }
    }
    return best;
  }

  /** What one sees at a glance: how long the runs are, what special thing goes off, and whether the shop wants it. */
  function value({ cells, order }, one, other) {
    const after = [...cells];
    [after[one], after[other]] = [after[other], after[one]];
    let worth = specialOf(cells[one]) && specialOf(cells[other]) ? 12 : 0;
    for (const [start, by, length] of findRuns(after)) {
      worth += length > 4 ? 12 : length > 3 ? 7 : 3;
      if (order.some(([kind, , missing]) => missing > 0 && kind === kindOf(after[start]))) worth += 3;
      for (let n = 0; n < length; n++) if (specialOf(after[start + n * by])) worth += 5;
    }
    return worth;
  }
}
