// The rules of stacking jackets. A jacket slides over the stack; dropped, it keeps what lies on the jacket below and
// loses what hangs over. Where it slides follows from the tick at which it came. Whole numbers; 60 ticks a second.
import { tell } from "@kernel/news.js";
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";

export const WIDTH = 1000;
const REACH = 400; // how far a jacket slides to either side of the middle
const NARROWEST = 14; // less than this does not hold
const SETTLES = 16; // ticks from a drop to the next jacket
const KEPT = 16; // layers that a picture can need
export const GOLDEN_EVERY = 8;

// Speeds are in sixteenths of a unit for each tick.
const DIFFICULTY = {
  easy: { wide: 470, perfect: 17, speed: 105, faster: 3, fastest: 250, spares: 2, grows: 26 },
  normal: { wide: 420, perfect: 13, speed: 125, faster: 4, fastest: 300, spares: 1, grows: 22 },
  hard: { wide: 370, perfect: 10, speed: 150, faster: 5, fastest: 360, spares: 0, grows: 18 },
};

/** From so many perfect drops in a row, each makes the stack wider again. */
export const GROWS_FROM = 3;
const LAID = 10;
const PERFECT = 20;
const AGAIN = 5; // more for each perfect drop before it, at most ten times

export function init(config, seed) {
  const chance = generator(seed);
  const way = DIFFICULTY[config.difficulty];
  const state = {
    chance,
    way,
    last: config.seconds * 60,
    tick: 0,
    layers: 1,
    stack: [[(WIDTH - way.wide) >> 1, way.wide, 0]], // the topmost: left edge, width, what it looks like
    from: 0, // when the jacket in the air began to slide
    start: 0, // where on its way it was then
    speed: 0,
    smooth: 0, // 1 if it slows down at the ends
    golden: false,
    look: 0,
    resting: 0, // until then nothing slides
    spares: way.spares,
    streak: 0,
    longest: 0,
    points: 0,
    perfect: 0,
    done: false,
    off: series(),
    news: [], // drop, perfect, miss, time: see tell()
    told: 0,
  };
  slideIn(state, 20);
  return state;
}

/** The next jacket comes from one of the sides, each with its own pace, so that no two rounds have the same rhythm. */
function slideIn(state, wait) {
  const { chance, way, layers } = state;
  state.from = state.tick + wait;
  state.resting = state.from;
  state.speed = Math.min(way.speed + layers * way.faster, way.fastest) + draw(chance, 33) - 16;
  state.smooth = layers > 6 ? draw(chance, 2) : 0;
  state.start = (draw(chance, 2) ? 2 * REACH : 0) + draw(chance, 120);
  state.golden = layers % GOLDEN_EVERY === 0;
  state.look = draw(chance, 24);
}

export function step(state, actions) {
  for (let n = 0; n < actions.length; n++) drop(state);
  state.tick += 1;
  if (state.tick >= state.last && !state.done) {
    state.done = true;
    tell(state, "time");
  }
}

/** How far to the right of the middle the sliding jacket's middle is at a tick. */
export function slideAt(state, tick) {
  const gone = state.start + Math.trunc(((tick - state.from) * state.speed) / 16);
  const at = gone % (4 * REACH);
  const even = at < 2 * REACH ? REACH - at : at - 3 * REACH;
  if (!state.smooth) return even;
  // As a swing: quickest in the middle, at rest at both ends.
  return Math.trunc((even * (3 * REACH * REACH - even * even)) / (2 * REACH * REACH));
}

/** The left edge of the jacket in the air. */
export function leftAt(state, tick) {
  const [, wide] = top(state);
  return WIDTH / 2 + slideAt(state, tick) - Math.trunc(wide / 2);
}

function drop(state) {
  if (state.done || state.tick < state.resting) return;
  const [left, wide] = top(state);
  const dropped = leftAt(state, state.tick);
  const off = dropped - left;
  // How late or early it came, in ticks, measured along the way the jacket went.
  const forward = slideAt(state, state.tick + 1) >= slideAt(state, state.tick) ? 1 : -1;
  note(state.off, Math.trunc((off * forward * 16) / state.speed));
  if (Math.abs(off) <= state.way.perfect) return layPerfectly(state, left, wide);
  const kept = wide - Math.abs(off);
  if (kept < NARROWEST) return miss(state, dropped, wide);
  const lies = Math.max(left, dropped);
  const cut = off > 0 ? [left + wide, off] : [dropped, -off];
  state.streak = 0;
  lay(state, lies, kept, LAID);
  tell(state, "drop", lies, kept, ...cut, off);
}

function layPerfectly(state, left, wide) {
  state.streak += 1;
  state.perfect += 1;
  state.longest = Math.max(state.longest, state.streak);
  const more = state.streak >= GROWS_FROM ? Math.min(state.way.grows, state.way.wide - wide) : 0;
  // It grows towards both sides, but never out of the picture.
  const grownLeft = clamp(left - Math.trunc(more / 2), 0, WIDTH - wide - more);
  const gained = lay(state, grownLeft, wide + more, PERFECT + AGAIN * Math.min(state.streak - 1, 10));
  tell(state, "perfect", grownLeft, wide + more, state.streak, more, gained);
}

function lay(state, left, wide, points) {
  const gained = state.golden ? points * 3 : points;
  state.points += gained;
  state.stack.push([left, wide, state.golden ? -1 : state.look]);
  if (state.stack.length > KEPT) state.stack.shift();
  state.layers += 1;
  slideIn(state, SETTLES);
  return gained;
}

function miss(state, left, wide) {
  state.streak = 0;
  tell(state, "miss", left, wide);
  if (state.spares === 0) state.done = true;
  else {
    state.spares -= 1;
    slideIn(state, SETTLES * 2);
  }
}

export function top({ stack }) {
  return stack[stack.length - 1];
}

export function over(state) {
  return state.done;
}

/** The points; among equal ones the higher stack. */
export function score({ points, layers }) {
  return { value: points, tie: layers };
}

export function flags({ off }) {
  return inhuman(off) ? ["inhuman_regularity"] : [];
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
