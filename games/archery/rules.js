// The rules of archery. An arrow goes where the sight stands when the string is let go, then the wind carries it, the
// more the further: so one aims beside the gold, and lets go in the quiet between two breaths. Whole numbers only; 60
// ticks are a second. Directions are in units of sight: the face at 30 m is 460 of them wide.
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";
import { wave } from "@kernel/wave.js";

/** `face` is the radius as one sees it from there; `flight` in ticks. */
export const ENDS = [
  { metres: 30, face: 230, flight: 20 },
  { metres: 50, face: 165, flight: 28 },
  { metres: 70, face: 120, flight: 36 },
];

const NOCKING = 24; // and up to as much again by chance, so that no two rounds have the same clock
const LOOKING = 42;
/** How long one may take from the nocked arrow to the loose. */
export const SHOT_CLOCK = 280;

export const FULL_DRAW = 1000;
const PULL = 24; // in a tick
// An arrow drawn less than this is not shot but let down.
const LET_DOWN = 300;

// The breath, in ticks from full draw: it settles, is quiet, and then the arms begin to tremble.
export const QUIET_FROM = 50;
export const QUIET_UNTIL = 115;
const QUIET = 500; // thousandths of the sway
const TREMBLE = 14; // thousandths more in each tick

// The sight follows the hand with a little weight, and no hand turns a bow faster than this (in sixteenths).
const LAG = 5;
const FASTEST = 28 * 16;

/** Sway of the sight in units; wind and gusts in tenths of a metre a second. */
const DIFFICULTY = {
  easy: { sway: 28, windLeast: 2, windMost: 24, gust: 5 },
  normal: { sway: 44, windLeast: 8, windMost: 44, gust: 12 },
  hard: { sway: 60, windLeast: 18, windMost: 66, gust: 20 },
};

const THICK = 3; // an arrow that touches a line has the better ring
const SPLIT = 4; // as near to an arrow that stands there already, it splits it
const SPLIT_BONUS = 2;
const INNER_BONUS = 1;
const STREAK_BONUS = 5; // at most, one more for each gold after another

// How near to the middle an arrow is let go in perfect stillness: ten thousandths of the face, squared.
const STILL = 6;
const STILLEST = 1;
const FEW_DRAWS = 6;

export function init(config, seed) {
  const chance = generator(seed);
  const state = {
    level: DIFFICULTY[config.difficulty],
    each: config.arrows, // at each distance
    chance,
    tick: 0,
    phase: "nock", // nock, aim, draw, flight, look, done
    since: 0, // the tick at which the phase began
    until: 0, // the tick at which it ends by itself
    arrow: 0,
    clock: 0, // the tick at which the arrow has to be on its way
    wind: 0, // the steady part
    swayAt: 0, // where in its wave the sway of this arrow begins
    gustAt: 0,
    eager: false, // the finger is down already, before the arrow is on the string
    pull: 0,
    fullSince: -1,
    fromX: 0, // where the bow is raised, in units
    fromY: 0,
    aimX: 0, // in sixteenths of a unit
    aimY: 0,
    wishX: 0, // in units
    wishY: 0,
    hit: null, // where the arrow in the air will stand: [x, y]
    stuck: [], // the arrows of this end: [x, y]
    rings: [], // what each arrow made
    points: 0,
    bonus: 0,
    streak: 0,
    inner: 0,
    offSum: 0, // thousandths of the face
    still: 0, // arrows that were let go as nobody's arm holds them
    waits: series(), // ticks from the nocked arrow to the draw
    news: null, // what happened last, for the scene: [what, tick, ring, bonus]; what is full, loose, hit, inner, split or lost
  };
  nock(state);
  return state;
}

/** The next arrow is laid on the string, and the wind has turned. */
function nock(state) {
  const { chance, level } = state;
  if (state.arrow % state.each === 0) state.stuck = [];
  enter(state, "nock", NOCKING + draw(chance, NOCKING));
  const strength = level.windLeast + draw(chance, level.windMost - level.windLeast + 1);
  state.wind = draw(chance, 2) ? strength : -strength;
  state.swayAt = draw(chance, 1024);
  state.gustAt = draw(chance, 1024);
  // One raises the bow from below and from the side; nobody starts on the gold.
  state.fromX = draw(chance, 321) - 160;
  state.fromY = 210 + draw(chance, 140);
  state.wishX = state.fromX;
  state.wishY = state.fromY;
  state.aimX = state.fromX * 16;
  state.aimY = state.fromY * 16;
  state.pull = 0;
  state.fullSince = -1;
}

export function step(state, actions) {
  for (let n = 0; n < actions.length; n++) ACTIONS[actions[n][0]](state, actions[n]);
  if (state.phase === "draw") pullAndAim(state);
  if (state.tick >= state.until) AFTER[state.phase](state);
  state.tick += 1;
}

const ACTIONS = {
  draw: raise,
  aim(state, action) {
    state.wishX = state.fromX + action[1];
    state.wishY = state.fromY + action[2];
  },
  loose: letGo,
};

/** What comes when the time of a phase is over. */
const AFTER = { nock: ready, aim: timeUp, draw: timeUp, flight: strike, look: next, done() {} };

function ready(state) {
  state.clock = state.tick + SHOT_CLOCK;
  enter(state, "aim", SHOT_CLOCK);
  if (state.eager) raise(state);
}

function raise(state) {
  const waiting = state.eager;
  state.eager = state.phase !== "aim";
  if (state.eager) return;
  // A finger that was down already draws as soon as it may, and tells nothing.
  if (!waiting) note(state.waits, state.tick - state.since);
  enter(state, "draw", state.clock - state.tick);
}

function pullAndAim(state) {
  if (state.fullSince < 0) {
    state.pull = Math.min(state.pull + PULL, FULL_DRAW);
    if (state.pull === FULL_DRAW) {
      state.fullSince = state.tick;
      state.news = ["full", state.tick, 0, 0];
    }
  }
  const x = state.wishX * 16 - state.aimX;
  const y = state.wishY * 16 - state.aimY;
  if (x) state.aimX += clamp(div(x, LAG), -FASTEST, FASTEST);
  if (y) state.aimY += clamp(div(y, LAG), -FASTEST, FASTEST);
}

function letGo(state) {
  state.eager = false;
  if (state.phase !== "draw") return;
  if (state.pull < LET_DOWN) {
    state.pull = 0;
    enter(state, "aim", state.clock - state.tick);
    return;
  }
  loose(state);
}

function loose(state) {
  const { metres, face, flight } = endOf(state);
  const [x, y] = sightAt(state);
  // A bow that is not fully drawn shoots low.
  state.hit = [x + drift(state), y + div((FULL_DRAW - state.pull) * metres, 280)];
  const off = state.hit[0] * state.hit[0] + state.hit[1] * state.hit[1];
  if (div(off * 10000, face * face) <= (state.each === 1 ? STILLEST : STILL)) state.still += 1;
  state.news = ["loose", state.tick, 0, 0];
  enter(state, "flight", flight);
}

/** The clock has run out: drawn arms give way, and an arrow that was not drawn is lost. */
function timeUp(state) {
  if (state.phase === "draw" && state.pull >= LET_DOWN) return loose(state);
  state.hit = null;
  state.offSum += 1000;
  count(state, 0, false, false);
  state.news = ["lost", state.tick, 0, 0];
}

function strike(state) {
  const [x, y] = state.hit;
  const { face } = endOf(state);
  const off = root(x * x + y * y);
  const ring = off >= face + THICK ? 0 : 10 - div(Math.max(off - THICK, 0) * 10, face);
  const split = ring > 0 && state.stuck.some(([a, b]) => (a - x) * (a - x) + (b - y) * (b - y) <= SPLIT * SPLIT);
  if (ring > 0) state.stuck.push([x, y]);
  const inner = off * 20 <= face;
  if (inner) state.inner += 1;
  state.offSum += Math.min(div(off * 1000, face), 1000);
  count(state, ring, split, inner);
}

function count(state, ring, split, inner) {
  state.streak = ring >= 9 ? state.streak + 1 : 0;
  const streak = Math.max(Math.min(state.streak - 1, STREAK_BONUS), 0);
  const extra = streak + (split ? SPLIT_BONUS : 0) + (inner ? INNER_BONUS : 0);
  state.rings.push(ring);
  state.points += ring + extra;
  state.bonus += extra;
  state.news = [split ? "split" : inner ? "inner" : "hit", state.tick, ring, extra];
  enter(state, "look", LOOKING);
}

function next(state) {
  state.arrow += 1;
  if (state.arrow === arrowsOf(state)) enter(state, "done", 0);
  else nock(state);
}

function enter(state, phase, wait) {
  state.phase = phase;
  state.since = state.tick;
  state.until = state.tick + wait;
}

/** How many arrows the round has. */
export function arrowsOf(state) {
  return ENDS.length * state.each;
}

/** What one shoots at with this arrow. */
export function endOf(state) {
  return ENDS[Math.min(div(state.arrow, state.each), ENDS.length - 1)];
}

/** The wind at this tick, in tenths of a metre a second; to the right is positive. */
export function windAt(state, tick = state.tick) {
  const { gustAt, level } = state;
  return state.wind + div(level.gust * (600 * wave(gustAt + tick * 5) + 400 * wave(gustAt * 3 + tick * 11)), 1000000);
}

/** How far the wind of this moment carries an arrow at this distance. */
export function drift(state) {
  return div(windAt(state) * endOf(state).metres, 44);
}

/** How much the sight sways now, in units. */
export function swayOf(state) {
  const calm = 1000 - Math.min(state.streak, 5) * 40;
  return div(div(state.level.sway * breath(state), 1000) * calm, 1000);
}

/** Thousandths of the sway: more while one draws, least in the quiet of the breath. */
function breath({ fullSince, tick, pull }) {
  if (fullSince < 0) return 1700 - div(pull * 700, FULL_DRAW);
  const held = tick - fullSince;
  if (held < QUIET_FROM) return 1000 - div((1000 - QUIET) * held, QUIET_FROM);
  return QUIET + Math.max(held - QUIET_UNTIL, 0) * TREMBLE;
}

/** Where the sight stands: the hand and its sway. */
export function sightAt(state) {
  const { swayAt, tick } = state;
  const sway = swayOf(state);
  const x = div(sway * (700 * wave(swayAt + tick * 13) + 300 * wave(swayAt * 5 + tick * 31)), 1000000);
  const y = div(sway * (700 * wave(swayAt * 3 + tick * 10) + 300 * wave(swayAt * 7 + tick * 27)), 1000000);
  return [div(state.aimX, 16) + x, div(state.aimY, 16) + y];
}

export function over(state) {
  return state.phase === "done";
}

/** Among equal points inner tens decide, then how near to the middle all arrows stand. */
export function score(state) {
  const near = 1000 - div(state.offSum, Math.max(state.rings.length, 1));
  return { value: state.points, tie: state.inner * 1001 + clamp(near, 0, 1000) };
}

/**
 * Two arrows of three within a fortieth of the face, or each drawn after exactly the same time: no arm is as still as
 * that, and none as even. Three arrows alone may be so by luck, but not all within a seventieth.
 */
export function flags({ rings, each, still, waits }) {
  const steady = each === 1 ? still === ENDS.length : still * 3 >= rings.length * 2;
  return steady || inhuman(waits, { enough: FEW_DRAWS }) ? ["inhuman_regularity"] : [];
}

/** The whole root of a whole number, by halving. */
function root(square) {
  let low = 0;
  let high = 2000;
  while (low < high) {
    const middle = div(low + high + 1, 2);
    if (middle * middle <= square) low = middle;
    else high = middle - 1;
  }
  return low;
}

function div(a, b) {
  return Math.trunc(a / b);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
