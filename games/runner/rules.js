// The rules of the run through the village. The street has three lanes; rows of obstacles come towards the hare, and
// each is looked at once, at the tick at which the hare passes it. Whole numbers; 60 ticks are a second.
import { tell } from "@kernel/news.js";
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";

// The way is in millimetres.
const METRE = 1000;
const SECOND = 60;
const MINUTE = 60 * SECOND;
export const VIEW = 46 * METRE; // as far as one sees
const FIRST_ROW = 22 * METRE;

export const JUMPS = 40; // ticks in the air
const CLEARS_FROM = 3; // within these ticks of a jump the hare is above a heap
const CLEARS_TO = 37;
export const SLIDES = 36;
export const TURNS = 9; // ticks from lane to lane
const DIVES = 6; // ticks to the ground, when one slides in the air
const PATIENT = 10; // a jump asked for so many ticks before landing is done on landing
const SAFE = 90; // ticks after a hit in which nothing else hits
const FAR = 60; // ticks to a row for which nobody moves yet
const AGAIN = 20; // a turn so soon after another belongs to it
const JUST = 13; // whoever left a lane so many ticks ago left it just in time

/**
 * Ticks between rows at the start and at the end; speeds in mm for each tick; obstacles beside the way in percent; after
 * `ramp` ticks of a whole minute it is as hard as it gets, and the sooner the shorter the run.
 */
const DIFFICULTY = {
  easy: { lives: 3, gap: [76, 46], speed: [115, 215], dense: [25, 60], busy: [25, 60], ramp: 3000 },
  normal: { lives: 2, gap: [66, 34], speed: [130, 265], dense: [40, 80], busy: [40, 80], ramp: 2600 },
  hard: { lives: 1, gap: [58, 29], speed: [145, 300], dense: [55, 90], busy: [50, 90], ramp: 2300 },
};
const MOST_LIVES = 3;

/** What can stand in a lane: nothing, a heap to jump over, lanterns to slide under, something to go around. */
export const [FREE, HEAP, ARCH, WALL] = [0, 1, 2, 3];

/** Feathers since the last hit from which each multiplier counts. */
export const STEPS = [0, 10, 26, 50, 84];
const FEATHER = 5;
const GOLD = 25;
const CLOSE = 15;
const EACH_METRE = 1;

export function init(config, seed) {
  const chance = generator(seed);
  const last = config.seconds * SECOND;
  const way = DIFFICULTY[config.difficulty];
  return {
    chance,
    way,
    last, // the tick at which it is home
    ramp: Math.trunc((way.ramp * last) / MINUTE),
    tick: 0,
    at: 0, // how far it has run
    speed: way.speed[0],
    target: way.speed[0],
    lane: 1,
    left: 1, // the lane that it left last
    turned: -99, // and when
    jumped: -99,
    landed: 0, // when the last jump ends or ended
    slid: -99, // when the last slide began
    wants: -99, // when a jump was asked for in the air
    lives: way.lives,
    hurt: -999,
    rows: [], // [at, cell, cell, cell, kind of wall] towards the hare
    things: [], // [at, lane, height 0 or 1, "feather" | "gold" | "jacket"]
    laid: FIRST_ROW, // where the next row will stand
    path: 1, // the lane that can be run there
    rowsLaid: 0,
    reach: -1, // the way at which something is next to be looked at
    feathers: 0,
    flow: 0, // feathers since the last hit
    metres: 0,
    bonus: 0,
    done: false,
    // How many ticks before its row each kind of move came.
    leads: { turn: series(), jump: series(), slide: series() },
    news: [], // jump, slide, turn, land, feather, gold, jacket, close, level, hit, faster, over: see tell()
    told: 0,
  };
}

export function step(state, actions) {
  if (state.done) return;
  const { tick } = state;
  for (let n = 0; n < actions.length; n++) act(state, actions[n][0]);
  if (tick === state.landed) land(state);
  state.at += state.speed;
  if (state.laid - state.at < VIEW) layRow(state);
  if (state.at >= state.reach) pass(state);
  if (tick % 30 === 0) quicken(state);
  state.tick = tick + 1;
  if (state.tick === state.last) end(state, "home");
}

function act(state, what) {
  const { tick } = state;
  if (what === "jump") jump(state);
  else if (what === "slide") slide(state);
  else {
    const lane = state.lane + (what === "left" ? -1 : 1);
    if (lane < 0 || lane > 2) return tell(state, "edge", lane);
    state.left = state.lane;
    state.lane = lane;
    if (tick - state.turned > AGAIN) lead(state, "turn", (cells) => cells[state.left] !== FREE);
    state.turned = tick;
    tell(state, "turn", lane);
  }
}

function jump(state) {
  if (state.tick < state.landed) {
    state.wants = state.tick;
    return;
  }
  lead(state, "jump", (cells) => cells[state.lane] === HEAP);
  leap(state);
}

function leap(state) {
  const { tick } = state;
  state.jumped = tick;
  state.landed = tick + JUMPS;
  state.slid = -99;
  tell(state, "jump");
}

function slide(state) {
  const { tick } = state;
  if (tick < state.landed) state.landed = Math.min(state.landed, tick + DIVES);
  state.slid = tick;
  state.wants = -99;
  lead(state, "slide", (cells) => cells[state.lane] === ARCH);
  tell(state, "slide");
}

/** How many ticks before the row for which it is that move came. */
function lead({ leads, rows, at, speed }, what, isFor) {
  const row = rows.find(([, ...cells]) => isFor(cells));
  const ticks = row ? Math.trunc((row[0] - at) / speed) : FAR;
  if (ticks < FAR) note(leads[what], ticks);
}

function land(state) {
  tell(state, "land");
  if (state.tick - state.wants <= PATIENT) leap(state);
}

/** The speed grows with the time, and comes back slowly after a fall. */
function quicken(state) {
  const { way, tick, ramp } = state;
  state.target = between(way.speed, tick, ramp);
  state.speed += clamp(state.target - state.speed, -4, 4);
  state.metres = Math.trunc(state.at / METRE);
  if (tick && tick % 600 === 0) tell(state, "faster");
}

/** The next row, with a way through it that is at most one lane from the last. */
function layRow(state) {
  const { chance, way, tick, ramp } = state;
  const before = state.path;
  if (draw(chance, 100) < 62) state.path = clamp(before + (draw(chance, 2) ? 1 : -1), 0, 2);
  const dense = between(way.dense, tick, ramp);
  // The first rows are there to find one's feet.
  const busy = state.rowsLaid < 2 ? 0 : between(way.busy, tick, ramp);
  const row = [state.laid, FREE, FREE, FREE, draw(chance, 4)];
  for (let lane = 0; lane < 3; lane++) {
    if (lane === state.path) {
      if (draw(chance, 100) < busy) row[lane + 1] = draw(chance, 5) < 3 ? HEAP : ARCH;
    } else if (draw(chance, 100) < dense) row[lane + 1] = draw(chance, 10) < 6 ? WALL : draw(chance, 2) ? HEAP : ARCH;
  }
  const gap = between(way.gap, tick, ramp) - 4 + draw(chance, 9);
  state.rows.push(row);
  state.rowsLaid += 1;
  layThings(state, row, gap);
  state.laid += gap * state.target;
  look(state);
}

/**
 * Feathers lead along the way until `gap` ticks later the next row comes, nearest first; gold lies where it is
 * dangerous; now and then a warm jacket.
 */
function layThings(state, row, gap) {
  const { chance, path, things, target } = state;
  const at = row[0];
  const there = row[path + 1];
  const other = (path + 1 + draw(chance, 2)) % 3;
  if (there === HEAP) things.push([at - 300, path, 1, draw(chance, 4) ? "feather" : "gold"]);
  if (there === ARCH) things.push([at, path, 0, "gold"]);
  else if (row[other + 1] === HEAP && draw(chance, 3) === 0) things.push([at, other, 1, "gold"]);
  if (there === HEAP) things.push([at + 300, path, 1, "feather"]);
  if (state.rowsLaid % 24 === 6) things.push([at + target * 14, path, 0, "jacket"]);
  else {
    const count = Math.min(2 + draw(chance, 3), Math.trunc((gap - 11) / 7));
    for (let n = 1; n <= count; n++) things.push([at + METRE + target * 7 * n, path, 0, "feather"]);
  }
}

function look(state) {
  const { rows, things } = state;
  state.reach = Math.min(rows.length ? rows[0][0] : state.at + VIEW, things.length ? things[0][0] : state.at + VIEW);
}

/** Everything that the hare has reached in this tick. */
function pass(state) {
  const { rows, things } = state;
  while (things.length && state.at >= things[0][0]) take(state, things.shift());
  while (rows.length && state.at >= rows[0][0]) meet(state, rows.shift());
  look(state);
}

/** How the hare is: in the air and high enough, or low enough. */
export function isHigh({ tick, jumped, landed }) {
  return tick - jumped >= CLEARS_FROM && tick < landed && tick - jumped <= CLEARS_TO;
}

export function isLow({ tick, slid, landed }) {
  return tick >= slid && tick - slid < SLIDES && tick >= landed - 2;
}

function take(state, [, lane, height, what]) {
  if (lane !== state.lane) return;
  if (height && state.tick >= state.landed) return;
  if (what === "jacket") {
    state.lives = Math.min(state.lives + 1, MOST_LIVES);
    state.bonus += 50;
    return tell(state, "jacket", lane);
  }
  const before = multiplier(state);
  state.feathers += 1;
  state.flow += 1;
  const factor = multiplier(state);
  const gained = (what === "gold" ? GOLD : FEATHER) * factor;
  state.bonus += gained;
  tell(state, what, lane, gained, height);
  if (factor > before) tell(state, "level", lane, factor);
}

function meet(state, [, ...cells]) {
  const { lane, tick } = state;
  const cell = cells[lane];
  const clear = cell === FREE || (cell === HEAP && isHigh(state)) || (cell === ARCH && isLow(state));
  if (!clear) return tick - state.hurt < SAFE ? undefined : stumble(state, cell);
  const late = cell === HEAP && (tick - state.jumped < 9 || state.landed - tick < 7);
  const left = tick - state.turned <= JUST && cells[state.left] !== FREE && state.left !== lane;
  const ducked = cell === ARCH && tick - state.slid < 8;
  if (!late && !left && !ducked) return;
  const gained = CLOSE * multiplier(state);
  state.bonus += gained;
  tell(state, "close", lane, gained);
}

function stumble(state, cell) {
  state.lives -= 1;
  state.hurt = state.tick;
  state.flow = 0;
  state.speed = Math.trunc((state.speed * 11) / 20);
  tell(state, "hit", state.lane, cell);
  if (state.lives <= 0) end(state, "over");
}

function end(state, how) {
  state.done = true;
  state.metres = Math.trunc(state.at / METRE);
  tell(state, how);
}

/** What feathers and narrow escapes count: 1 to 5. */
export function multiplier({ flow }) {
  let level = STEPS.length;
  while (flow < STEPS[level - 1]) level -= 1;
  return level;
}

export function points({ metres, bonus }) {
  return metres * EACH_METRE + bonus;
}

export function over(state) {
  return state.done;
}

/** Metres and feathers; among equal points the longer way. */
export function score(state) {
  return { value: points(state), tie: state.metres };
}

export function flags({ leads }) {
  const exact = Object.values(leads).some((ticks) => inhuman(ticks, { tenths: 6 }));
  return exact ? ["inhuman_regularity"] : [];
}

/** From the first number to the second within so many ticks. */
function between([first, second], tick, ramp) {
  return first + Math.trunc(((second - first) * Math.min(tick, ramp)) / ramp);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
