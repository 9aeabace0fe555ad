// The rules of the biathlon. Poles go in at the marks on the snow: on the mark drives forward, off it wears the heart
// out. On the range the sight sways with the heart; each miss is a loop more. Whole numbers only; 60 ticks are a
// second. Ways are in 1/60 mm and speeds in mm/s, so that a tick moves the skier by exactly its speed.
import { draw, generator } from "@kernel/random.js";
import { wave } from "@kernel/wave.js";
import { layLeg, METRE, RACE } from "./course.js";

export { METRE };

const TICKS_PER_SECOND = 60;
const COUNTDOWN = 100;
const LAST_TICK = 116 * TICKS_PER_SECOND;
const NOT_ARRIVED = 120000;

/** How far off a mark a push is judged, in ticks; how much the heart and the sight are stirred. */
const DIFFICULTY = {
  easy: { perfect: 3, good: 5, late: 8, effort: 80, sway: 125 },
  normal: { perfect: 2, good: 4, late: 7, effort: 100, sway: 185 },
  hard: { perfect: 1, good: 3, late: 6, effort: 115, sway: 210 },
};

// What a push leads to on each ground, in mm/s, and by how much the snow slows one down in each tick (one part in so many).
const AIM = { up: 6200, flat: 8600, down: 9800 };
const SLOWING = { up: 95, flat: 230, down: 900 };
const QUALITY = {
  perfect: { aim: 0, effort: 4600 },
  good: { aim: -900, effort: 5600 },
  late: { aim: -2200, effort: 7200 },
};
const GOLD = { gain: 900, effort: 9000 };
const WASTED = 8000; // of effort, for a push where no mark is
const SLOWEST = 2400;
export const MOST_FLOW = 10;
const TUCKED = 10; // mm/s gained in a tick downhill
const STANDING = 4;

/** The heart in thousandths of beats a minute. */
export const PULSE = { least: 90000, start: 110000, most: 198000 };
const BEAT = 1000 * 60 * TICKS_PER_SECOND;
const RECOVERS = 900; // one part in so many of what is above the least, each tick
const RECOVERS_TUCKED = 260;
const RECOVERS_LYING = 520;

/** The five targets. `size` is the radius, `sway` in hundredths of the difficulty's. */
export const RANGE = { prone: { size: 62, sway: 100 }, standing: { size: 96, sway: 170 } };
export const TARGETS = 5;
const ARRIVING = 62; // ticks from the skis to the first aim
const LEAVING = 46;
const RELOADING = 30;
export const SHOT_CLOCK = 480;

// Breath: it stills the sight for a while, then the lungs cry for air.
const STILLING = 34;
export const BREATH = 110;
const STILL = 420; // thousandths of the sway
const GASPING = 16;
const KICK = 12; // ticks that a heartbeat moves the barrel

export function init(config, seed) {
  const chance = generator(seed);
  const state = {
    level: DIFFICULTY[config.difficulty],
    chance,
    tick: 0,
    start: COUNTDOWN + draw(chance, 40),
    phase: "ready", // ready, ski, range, done
    race: RACE[config.length],
    leg: -1,
    course: null, // the leg on skis
    way: 0,
    piece: 0, // of its ground
    mark: 0, // the next one
    speed: 0,
    pressed: false,
    pulse: PULSE.start,
    beatIn: 0, // of BEAT, until the heart's next one
    beatAt: -60, // the tick of its last beat
    // The player's usual lateness in eighths of a tick: a slow touch screen is not a fault of rhythm.
    habit: 0,
    flow: 0,
    pushes: 0,
    perfect: 0,
    offSum: 0,
    offSquares: 0,
    since: 0,
    target: 0,
    hits: [], // of this range: [hit, x, y]
    readyAt: 0, // the tick from which the next shot may be fired
    breathAt: -1, // since when the breath is held
    swayAt: 0,
    misses: 0, // of this range
    missed: 0, // of all
    loops: 0,
    finished: 0,
    news: null, // what happened last, for the scene: [what, tick, value]
  };
  nextLeg(state);
  state.phase = "ready";
  return state;
}

function nextLeg(state) {
  state.leg += 1;
  const kind = legOf(state);
  state.since = state.tick;
  state.pressed = false;
  if (kind === "prone" || kind === "standing") return enterRange(state);
  if (kind === "loop" && state.misses === 0) return nextLeg(state);
  state.phase = "ski";
  state.course = layLeg(state.chance, kind, state.misses, state.race);
  state.way = 0;
  state.piece = 0;
  state.mark = 0;
  state.speed = Math.max(state.speed, 4200);
  state.loops += kind === "loop" ? state.misses : 0;
  state.news = [kind, state.tick, state.misses];
}

function enterRange(state) {
  state.phase = "range";
  state.speed = 0;
  state.flow = 0;
  state.target = 0;
  state.hits = [];
  state.misses = 0;
  state.breathAt = -1;
  state.readyAt = state.tick + ARRIVING;
  state.swayAt = draw(state.chance, 1024);
  state.news = ["range", state.tick, 0];
}

export function step(state, actions) {
  advance(state, actions, 1);
}

/**
 * What is pressed, and at most so many ticks from there on, until the race is over; gives how many. What goes on from
 * tick to tick is computed in variables of one loop, and the state is read and written only where something happens:
 * the check of a whole race costs the server half of what single steps do.
 */
export function advance(state, actions, ticks) {
  for (let n = 0; n < actions.length; n++) {
    if (actions[n][0] === "press") press(state);
    else lift(state);
  }
  const from = state.tick;
  const until = Math.min(from + ticks, state.start + LAST_TICK);
  while (state.tick < until && state.phase !== "done") {
    if (state.phase === "ski") ski(state, until);
    else if (state.phase === "range") wait(state, until);
    else if (state.tick < state.start) state.tick = Math.min(state.start, until);
    else go(state);
  }
  if (state.phase !== "done" && state.tick === state.start + LAST_TICK) end(state, NOT_ARRIVED);
  return state.tick - from;
}

function go(state) {
  state.phase = "ski";
  state.speed = 3000;
  state.news = ["go", state.tick, 0];
}

function press(state) {
  state.pressed = true;
  if (state.phase === "ski") push(state);
  else if (state.phase === "range" && state.tick >= state.readyAt && state.target < TARGETS) state.breathAt = state.tick;
}

function lift(state) {
  state.pressed = false;
  if (state.phase === "range" && state.breathAt >= 0) shoot(state);
}

/** The kind of the present leg. */
export function legOf({ race, leg }) {
  return race.legs[leg];
}

/** What lies under the skis. */
export function groundOf({ course, piece }) {
  return course.ground[piece][0];
}

/** The poles go in: on a mark, or for nothing. Downhill the same press goes down into the tuck. */
function push(state) {
  const { level, course, speed, habit, tick } = state;
  const next = course.marks[state.mark];
  const off = next ? div((state.way - next[0]) * 8, speed) : -9999;
  const error = Math.abs(off - habit);
  if (error > level.late * 8) {
    if (groundOf(state) === "down") return;
    state.flow = 0;
    tire(state, WASTED);
    state.news = ["wasted", tick, 0];
    return;
  }
  state.habit = clamp(habit + div(off - habit, 6), -40, 40);
  state.pushes += 1;
  state.offSum += off;
  state.offSquares += off * off;
  state.mark += 1;
  const quality = error <= level.perfect * 8 ? "perfect" : error <= level.good * 8 ? "good" : "late";
  if (quality === "perfect") state.perfect += 1;
  if (next[1]) return sprint(state, quality);
  const { aim, effort } = QUALITY[quality];
  state.flow = quality === "perfect" ? Math.min(state.flow + 1, MOST_FLOW) : quality === "good" ? state.flow : 0;
  const goal = AIM[groundOf(state)] + aim + state.flow * 90;
  if (goal > speed) state.speed += div(goal - speed, 3);
  tire(state, effort);
  state.news = [quality, tick, 0];
}

/** A golden mark: faster than good for the heart. */
function sprint(state, quality) {
  if (quality === "late") return tire(state, WASTED);
  state.speed += GOLD.gain;
  tire(state, GOLD.effort);
  state.news = ["gold", state.tick, 0];
}

function tire(state, effort) {
  state.pulse = Math.min(state.pulse + div(effort * state.level.effort, 100), PULSE.most);
}

/** Over one piece of ground after the other, from mark to mark, until the leg is over. */
function ski(state, until) {
  const { course } = state;
  const { ground, marks, long } = course;
  while (state.tick < until && state.phase === "ski" && state.course === course) {
    while (state.way >= ground[state.piece][2] && state.piece < ground.length - 1) state.piece += 1;
    const next = marks[state.mark];
    // Late by so many eighths of a tick a mark is gone; nobody is slower than the slowest.
    const late = state.habit + state.level.late * 8;
    let bound = Math.min(long, ground[state.piece][2]);
    if (next) bound = Math.min(bound, next[0] + ((SLOWEST * late) >> 3));
    glide(state, until, bound);
    if (next && (state.way - next[0]) * 8 > state.speed * late) letPass(state, next[1]);
    if (state.way >= long) arrive(state);
    state.tick += 1;
  }
}

// The loops of `glide` and `lie` turn some thousand times when a race is checked: hence `| 0`, which cuts off as `div` does.
/** Up to the tick in which `bound` is reached, or the last one before `until`; that tick is left to be ended. */
function glide(state, until, bound) {
  const under = groundOf(state);
  const tucked = under === "down" && state.pressed;
  const gain = under !== "down" ? 0 : tucked ? TUCKED : STANDING;
  const slowing = SLOWING[under];
  const part = tucked ? RECOVERS_TUCKED : RECOVERS;
  const last = until - 1;
  let { tick, way, speed, pulse, beatIn } = state;
  for (; ; tick++) {
    speed += gain;
    speed -= (speed / slowing) | 0;
    if (speed < SLOWEST) speed = SLOWEST;
    way += speed;
    pulse -= ((pulse - PULSE.least) / part) | 0;
    beatIn -= pulse;
    if (beatIn <= 0) {
      beatIn += BEAT;
      state.beatAt = tick;
    }
    if (way >= bound || tick === last) break;
  }
  state.tick = tick;
  state.way = way;
  state.speed = speed;
  state.pulse = pulse;
  state.beatIn = beatIn;
}

/** At the end of a leg, or at the finish. */
function arrive(state) {
  const { course, leg, race } = state;
  if (leg < race.legs.length - 1) return nextLeg(state);
  const beyond = div((state.way - course.long) * 1000, state.speed * TICKS_PER_SECOND);
  end(state, div((state.tick + 1 - state.start) * 1000, TICKS_PER_SECOND) - beyond);
}

/** A mark went by without a push; a golden one may. */
function letPass(state, golden) {
  state.mark += 1;
  if (golden) return;
  state.flow = 0;
  state.speed = Math.max(state.speed - div(state.speed, 14), SLOWEST);
  state.news = ["miss", state.tick, 0];
}

/** On the range, until something happens by itself: a shot, a breath, or the way on. */
function wait(state, until) {
  const moment = momentOf(state);
  if (moment > state.tick) return lie(state, Math.min(moment, until));
  breathe(state);
  if (state.target === TARGETS) nextLeg(state);
  else if (state.breathAt < 0) state.breathAt = state.tick;
  else shoot(state);
  beat(state);
  state.tick += 1;
}

/** The tick in which that will be, or was to be. */
function momentOf({ target, breathAt, pressed, readyAt }) {
  if (target === TARGETS) return readyAt;
  // A finger that is down already breathes in as soon as the bolt is closed.
  if (breathAt < 0) return pressed ? readyAt : Infinity;
  return breathAt + SHOT_CLOCK + 1;
}

/** Breath and heart alone, up to the tick `until`. */
function lie(state, until) {
  let { tick, pulse, beatIn } = state;
  for (; tick < until; tick++) {
    pulse -= ((pulse - PULSE.least) / RECOVERS_LYING) | 0;
    beatIn -= pulse;
    if (beatIn > 0) continue;
    beatIn += BEAT;
    state.beatAt = tick;
  }
  state.tick = tick;
  state.pulse = pulse;
  state.beatIn = beatIn;
}

/** What is left of the effort goes with each breath. */
function breathe(state) {
  state.pulse -= div(state.pulse - PULSE.least, RECOVERS_LYING);
}

/** The heart goes on: it is heard, and on the range it is seen. */
function beat(state) {
  state.beatIn -= state.pulse;
  if (state.beatIn > 0) return;
  state.beatIn += BEAT;
  state.beatAt = state.tick;
}

function shoot(state) {
  const [x, y] = sightAt(state);
  const { size } = RANGE[legOf(state)];
  const hit = x * x + y * y <= size * size;
  state.hits.push([hit ? 1 : 0, x, y]);
  if (!hit) {
    state.misses += 1;
    state.missed += 1;
  }
  state.target += 1;
  state.breathAt = -1;
  state.pressed = false;
  state.readyAt = state.tick + (state.target === TARGETS ? LEAVING : RELOADING);
  state.news = [hit ? "hit" : "missed", state.tick, state.target - 1];
}

/** How much the sight sways, in units: with the heart, the stance and the breath. */
export function swayOf(state) {
  const { level, pulse } = state;
  const stirred = div(level.sway * RANGE[legOf(state)].sway * div(pulse - 60000, 100), 100000);
  return div(stirred * breathing(state), 1000);
}

/** Thousandths of the sway. */
function breathing({ breathAt, tick }) {
  if (breathAt < 0) return 1000;
  const held = tick - breathAt;
  if (held < STILLING) return 1000 - div((1000 - STILL) * held, STILLING);
  return STILL + Math.max(held - BREATH, 0) * GASPING;
}

/** Where the sight stands, from the middle of the target. Each beat of the heart kicks it upwards. */
export function sightAt(state) {
  const { swayAt, tick, beatAt } = state;
  const sway = swayOf(state);
  const kick = Math.max(KICK - (tick - beatAt), 0);
  const x = div(sway * (720 * wave(swayAt + tick * 10) + 280 * wave(swayAt * 3 + tick * 23)), 1000000);
  const y = div(sway * (720 * wave(swayAt * 5 + tick * 14) + 280 * wave(swayAt * 7 + tick * 29)), 1000000);
  return [x, y - div(sway * kick * 45, KICK * 100)];
}

function end(state, finished) {
  state.phase = "done";
  state.finished = finished;
}

export function over(state) {
  return state.phase === "done";
}

/** How many targets the whole race has: a leg on skis, a range and its loops in turn, and then the way home. */
function shotsOf({ race }) {
  return div(race.legs.length, 3) * TARGETS;
}

/** The time; among equal times fewer misses, then the truer rhythm. */
export function score(state) {
  const rhythm = state.pushes ? div(state.perfect * 1000, state.pushes) : 0;
  return { value: state.finished, tie: (shotsOf(state) - state.missed) * 1001 + rhythm };
}

/** Hands scatter: at least half a tick around their own habit, over a whole race. Only a machine does not. */
export function flags(state) {
  const { pushes, offSum, offSquares } = state;
  // The variance times pushes², against (0.4 ticks)² in eighths, all in whole numbers.
  const scatter = pushes * offSquares - offSum * offSum;
  return pushes >= 20 && scatter * 25 < 4 * 64 * pushes * pushes ? ["inhuman_regularity"] : [];
}

function div(a, b) {
  return Math.trunc(a / b);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
