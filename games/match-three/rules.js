// The rules of three in a row. Two neighbours change places; three or more alike go, what is above falls, new things
// come from chance. Nothing is looked at but when a phase of the board ends. Whole numbers; 60 ticks are a second.
import { tell } from "@kernel/news.js";
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";
import {
  BURST,
  CELLS,
  COLUMN,
  COLUMNS,
  EMPTY,
  LIGHTS,
  PLAIN,
  ROW,
  ROWS,
  blast,
  findMove,
  findRuns,
  findRunsThrough,
  fits,
  kindOf,
  specialOf,
} from "./board.js";

export const SWAPS = 9; // ticks that two neighbours take to change places
const BACK = 30; // and to go back after a swap that made nothing
export const CLEARS = 15;
export const MIXES = 40;
const FALLS = 9; // and for each row fallen through
const EACH_ROW = 2;
const LAST_TICK = 3600;
const FINALE = 600; // ticks kept for what goes off by itself at the end
const PATIENT = 50; // a swap asked for so long before the board rests is done then
const QUEUED = 4; // ticks after a rest within which a swap was asked for before it

const DIFFICULTY = {
  easy: { kinds: 5, order: 8, more: 2, moves: 4 },
  normal: { kinds: 6, order: 9, more: 3, moves: 4 },
  hard: { kinds: 6, order: 14, more: 5, moves: 5 },
};

const RESTING = Array(CELLS).fill(0);

const EACH = 10;
const MISTAKEN = 20; // what a swap that makes nothing costs, so that looking pays and swapping blindly does not
const MADE = { [ROW]: 40, [COLUMN]: 40, [BURST]: 60, [LIGHTS]: 120 };
const ORDER = 400;
const MOST_POINTS = 99999;
/** Whoever goes on within so many ticks keeps the board warm: up to five quarters more for everything. */
const WARM_FOR = 130;
export const WARMEST = 5;

export function init(config, seed) {
  const chance = generator(seed);
  const way = DIFFICULTY[config.difficulty];
  const counted = config.limit === "moves";
  const state = {
    chance,
    way,
    counted, // whether moves are limited, not only the time
    moves: config.moves,
    last: counted ? LAST_TICK - FINALE : config.seconds * 60,
    tick: 0,
    cells: [],
    phase: "idle", // idle, swap, back, clear, fall, mix
    since: 0, // when the phase began
    until: 0, // and when it ends
    swap: null, // the two cells that change places
    asked: null, // a swap that has to wait: [cell, way, tick]
    gone: [], // what is being cleared
    fell: [], // how many rows each cell has just fallen
    cascade: 0,
    longest: 0, // the longest cascade
    warmth: 0,
    restedAt: -WARM_FOR - 1, // when the board last came to rest, but for what went back; nobody is warm at the start
    order: [], // what the shop has ordered: [kind, how many are wanted, how many are still missing]
    orders: 0, // how many orders were delivered
    points: 0,
    finale: false,
    done: false,
    gaps: series(), // ticks from a rest to the swap that answers it
    news: [], // swap, back, mistake, clear, make, blast, order, mix, finale: see tell()
    told: 0,
  };
  fill(state);
  takeOrder(state);
  return state;
}

/** A board without three in a row, on which something can be done. */
function fill(state) {
  const { chance, way } = state;
  do {
    state.cells = [];
    for (let cell = 0; cell < CELLS; cell++) {
      do state.cells[cell] = draw(chance, way.kinds);
      while (fits(state.cells, cell));
    }
  } while (!findMove(state.cells));
}

/** Two kinds of things, each wanted so many times. */
function takeOrder(state) {
  const { chance, way, orders } = state;
  const first = draw(chance, way.kinds);
  const second = (first + 1 + draw(chance, way.kinds - 1)) % way.kinds;
  const count = way.order + way.more * Math.min(orders, 6);
  state.order = [
    [first, count, count],
    [second, count, count],
  ];
}

export function step(state, actions) {
  const { tick } = state;
  for (let n = 0; n < actions.length; n++) ask(state, actions[n][1], actions[n][2]);
  if (state.phase === "idle") {
    if (state.asked) begin(state);
    else if (tick >= state.last || (state.counted && state.moves <= 0)) finish(state);
  } else if (tick >= state.until) goOn(state);
  state.tick = tick + 1;
  if (state.tick >= LAST_TICK) state.done = true;
}

function ask(state, cell, way) {
  if (state.finale || cell >= CELLS) return;
  state.asked = [cell, way, state.tick];
}

/** The neighbour of a cell upwards, right, down or left; -1 beyond the edge. */
export function neighbour(cell, way) {
  const [column, row] = [cell % COLUMNS, Math.trunc(cell / COLUMNS)];
  if (way === 0) return row > 0 ? cell - COLUMNS : -1;
  if (way === 1) return column < COLUMNS - 1 ? cell + 1 : -1;
  if (way === 2) return row < ROWS - 1 ? cell + COLUMNS : -1;
  return column > 0 ? cell - 1 : -1;
}

function begin(state) {
  const [cell, way, when] = state.asked;
  state.asked = null;
  const other = neighbour(cell, way);
  if (other < 0 || state.tick - when > PATIENT || state.tick >= state.last || (state.counted && state.moves <= 0))
    return;
  // Since the last phase ended: also a board on which two have gone back rests again.
  const gap = state.tick - state.until;
  if (state.restedAt >= 0 && gap > QUEUED) note(state.gaps, gap);
  exchange(state.cells, cell, other);
  state.swap = [cell, other];
  enter(state, "swap", SWAPS);
  tell(state, "swap", cell, other);
}

function exchange(cells, one, other) {
  [cells[one], cells[other]] = [cells[other], cells[one]];
}

function enter(state, phase, ticks) {
  state.phase = phase;
  state.since = state.tick;
  state.until = state.tick + ticks;
}

function goOn(state) {
  if (state.phase === "swap") return settleSwap(state);
  if (state.phase === "clear") return fall(state);
  state.swap = null;
  state.fell = [];
  if (state.phase === "fall") {
    const runs = findRuns(state.cells);
    if (runs.length) {
      state.cascade += 1;
      return match(state, runs);
    }
  }
  rest(state);
}

function settleSwap(state) {
  const { cells, swap, tick } = state;
  const [one, other] = swap;
  const struck = combine(cells, one, other);
  const runs = struck ? [] : findRunsThrough(cells, one, other);
  if (!struck && !runs.length) {
    exchange(cells, one, other);
    const lost = Math.min(MISTAKEN, state.points);
    state.warmth = 0;
    state.points -= lost;
    tell(state, "back", one, other);
    if (lost) tell(state, "mistake", other, lost);
    return enter(state, "back", BACK);
  }
  state.warmth = tick - state.restedAt <= WARM_FOR ? Math.min(state.warmth + 1, WARMEST) : 0;
  state.moves -= 1;
  state.cascade = 0;
  if (struck) clear(state, struck, []);
  else match(state, runs);
}

/** Two special things struck together, or the northern lights with anything: the cells that go; null if neither. */
function combine(cells, one, other) {
  const [a, b] = [specialOf(cells[one]), specialOf(cells[other])];
  if (a === LIGHTS && b === LIGHTS) return cells.map((_, cell) => cell);
  if (a === LIGHTS || b === LIGHTS) {
    const [lights, plain] = a === LIGHTS ? [one, other] : [other, one];
    const kind = kindOf(cells[plain]);
    const special = specialOf(cells[plain]);
    const struck = [lights];
    cells[lights] = 7; // it has gone off, and does so only once
    for (let cell = 0; cell < CELLS; cell++) {
      if (kindOf(cells[cell]) !== kind) continue;
      // What it meets, all of its kind become.
      if (special !== PLAIN && specialOf(cells[cell]) === PLAIN) cells[cell] = kind + 8 * special;
      struck.push(cell);
    }
    return struck;
  }
  if (a === PLAIN || b === PLAIN) return null;
  const [column, row] = [other % COLUMNS, Math.trunc(other / COLUMNS)];
  const wide = a === BURST || b === BURST ? 1 : 0;
  const struck = [];
  for (let cell = 0; cell < CELLS; cell++) {
    const [across, down] = [Math.abs((cell % COLUMNS) - column), Math.abs(Math.trunc(cell / COLUMNS) - row)];
    if (a === BURST && b === BURST ? across <= 2 && down <= 2 : across <= wide || down <= wide) struck.push(cell);
  }
  return struck;
}

/** Runs go; of four or five a special thing stays. */
function match(state, runs) {
  const struck = [];
  const hits = [];
  for (const [start, by, length] of runs) {
    for (let n = 0, cell = start; n < length; n++, cell += by) {
      struck.push(cell);
      hits[cell] = (hits[cell] ?? 0) + 1;
    }
  }
  clear(state, struck, makes(state, runs, hits));
}

/** What stays: the northern lights of five, a snowball where two runs cross, a comet of four. */
function makes({ cells, swap }, runs, hits) {
  const made = [];
  const taken = {};
  for (const [start, by, length] of runs) {
    const run = [];
    for (let n = 0; n < length; n++) run.push(start + n * by);
    const crossing = run.find((cell) => hits[cell] > 1);
    const moved = swap && run.find((cell) => swap.includes(cell));
    const place = crossing ?? moved ?? run[length >> 1];
    if (taken[place] || run.some((cell) => taken[cell])) continue;
    const kind = kindOf(cells[start]);
    let piece = -1;
    if (length >= 5) piece = 6 + 8 * LIGHTS;
    else if (crossing !== undefined) piece = kind + 8 * BURST;
    else if (length === 4) piece = kind + 8 * (by === 1 ? ROW : COLUMN);
    if (piece < 0) continue;
    taken[place] = true;
    made.push([place, piece]);
  }
  return made;
}

/** What is struck goes, and what that sets off; points, order, and what stays of it. */
function clear(state, struck, made) {
  const { cells } = state;
  const { gone, blasts } = blast(cells, struck);
  const factor = Math.min(state.cascade + 1, 8);
  let gained = gone.length * EACH * factor;
  for (const [cell, piece] of made) {
    gained += MADE[specialOf(piece)];
    tell(state, "make", cell, specialOf(piece));
  }
  gained = Math.trunc((gained * (4 + state.warmth)) / 4);
  for (let n = 0; n < Math.min(blasts.length, 6); n++) tell(state, "blast", ...blasts[n]);
  state.points = Math.min(state.points + gained, MOST_POINTS);
  state.longest = Math.max(state.longest, state.cascade + 1);
  tell(state, "clear", gone[gone.length >> 1], gained, state.cascade, gone.length);
  deliver(state, gone);
  state.gone = made.length ? gone.filter((cell) => !made.some(([place]) => place === cell)) : gone;
  for (const [cell, piece] of made) cells[cell] = piece;
  enter(state, "clear", CLEARS);
}

function deliver(state, gone) {
  const [first, second] = state.order;
  for (let n = 0; n < gone.length; n++) {
    const kind = kindOf(state.cells[gone[n]]);
    if (kind === first[0] && first[2]) first[2] -= 1;
    else if (kind === second[0] && second[2]) second[2] -= 1;
  }
  if (state.finale || first[2] || second[2]) return;
  state.orders += 1;
  const gained = ORDER + 100 * Math.min(state.orders, 10);
  state.points = Math.min(state.points + gained, MOST_POINTS);
  if (state.counted) state.moves += state.way.moves;
  tell(state, "order", gained, state.orders);
  takeOrder(state);
}

/** Everything comes down, and new things from above. */
function fall(state) {
  const { cells, chance, way, gone } = state;
  for (let n = 0; n < gone.length; n++) cells[gone[n]] = EMPTY;
  const fell = RESTING.slice();
  let deepest = 0;
  for (let column = 0; column < COLUMNS; column++) {
    let free = CELLS - COLUMNS + column;
    for (let cell = free; cell >= 0; cell -= COLUMNS) {
      if (cells[cell] === EMPTY) continue;
      if (cell !== free) {
        cells[free] = cells[cell];
        fell[free] = ((free - cell) / COLUMNS) | 0;
      }
      free -= COLUMNS;
    }
    // As many as are missing come from above the board, so that nothing has further to fall than they.
    const holes = (((free - column) / COLUMNS) | 0) + 1;
    for (; free >= 0; free -= COLUMNS) {
      cells[free] = draw(chance, way.kinds);
      fell[free] = holes;
    }
    if (holes > deepest) deepest = holes;
  }
  state.gone = [];
  state.swap = null;
  state.fell = fell;
  enter(state, "fall", FALLS + EACH_ROW * deepest);
}

/** The board has come to rest: if nothing can be done on it any more, everything changes places. */
function rest(state) {
  // What only went back keeps nobody warm: the time to go on runs since the board last changed.
  if (state.phase !== "back") state.restedAt = state.tick;
  state.phase = "idle";
  state.cascade = 0;
  if (state.finale || findMove(state.cells)) return;
  mix(state);
}

function mix(state) {
  const { chance, cells } = state;
  let tries = 0;
  do {
    for (let last = CELLS - 1; last > 0; last--) exchange(cells, last, draw(chance, last + 1));
    tries += 1;
  } while (tries < 20 && (findRuns(cells).length || !findMove(cells)));
  if (tries === 20) fill(state);
  tell(state, "mix");
  enter(state, "mix", MIXES);
}

/** At the end what is special goes off, one thing after the other, and then it is over. */
function finish(state) {
  if (!state.finale) {
    state.finale = true;
    tell(state, "finale");
    return enter(state, "mix", MIXES);
  }
  for (let cell = 0; cell < CELLS; cell++) {
    if (specialOf(state.cells[cell]) === PLAIN) continue;
    state.cascade = 1;
    return clear(state, [cell], []);
  }
  state.done = true;
}

export function over(state) {
  return state.done;
}

/** The points; among equal ones the orders delivered, then the longest cascade. */
export function score({ points, orders, longest }) {
  return { value: points, tie: orders * 100 + Math.min(longest, 99) };
}

export function flags({ gaps }) {
  return inhuman(gaps) ? ["inhuman_regularity"] : [];
}
