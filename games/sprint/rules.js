// The rules of the sprint. Feet alternate on a beat that quickens with the runner: a step on the beat drives
// forward, a step off it stumbles, a beat let pass costs pace. Whole numbers only; 60 ticks are a second.
//
// Speed is in mm/s and the way in 1/60 mm, so that a tick moves the runner by exactly its speed.
import { draw, generator } from "@kernel/random.js";

const TICKS_PER_SECOND = 60;
export const METRE = 1000 * TICKS_PER_SECOND;
const LAST_TICK = 60 * TICKS_PER_SECOND;
// Whoever is still under way when the track closes.
const NOT_ARRIVED = 60000;

// On your marks, set, and a wait from chance, so that nobody starts by counting.
const SET_AT = 75;
const GUN_AT_LEAST = 120;
const GUN_AT_MOST = 200;
// Nobody hears and moves within a tenth of a second; the rule of athletics.
const REACTION = 6;
const FALSE_START_WAIT = 60;

const TOP_SPEED = 13900;
const WALK = 3000;
const STUMBLE_TICKS = 32;

/** How each difficulty judges a step (in ticks off the beat) and how quick the beat becomes. */
const DIFFICULTY = {
  easy: { perfect: 2, good: 4, late: 7, slowest: 34, quickest: 20 },
  normal: { perfect: 2, good: 3, late: 5, slowest: 30, quickest: 17 },
  hard: { perfect: 1, good: 2, late: 4, slowest: 28, quickest: 14 },
};

/** What the ground does to the beat (in percent) and to the speed that a step aims at. */
const GROUND = {
  packed: { beat: 100, aim: 0 },
  powder: { beat: 125, aim: -500 },
  ice: { beat: 86, aim: 300 },
};
const SECTION_METRES = 10;
const SECTION = SECTION_METRES * METRE;
// No two races have the same tempo: each section is a tick quicker or slower, in an order from chance. In sum every
// race over a distance is equally quick, but a recording of one is off the beat in any other.
const LILT = [-1, -1, -1, 0, 0, 0, 0, 1, 1, 1];
/** For each length the tempo of its sections, of which there are as many. */
const LENGTH = {
  short: [-1, -1, 0, 0, 1, 1],
  usual: LILT,
  long: [...LILT, ...LILT],
};

/** The speed that steps of each quality lead to, in mm/s. */
const AIM = { perfect: 0, good: -1100, late: -3000 };

export function init(config, seed) {
  const chance = generator(seed);
  const lilt = LENGTH[config.length];
  const sections = lilt.length;
  return {
    judge: DIFFICULTY[config.difficulty],
    metres: sections * SECTION_METRES,
    track: sections * SECTION, // how long it is, as ways are counted
    ground: config.surfaces ? layTrack(chance, sections) : Array(sections).fill("packed"),
    lilt: shuffle(chance, [...lilt]),
    tick: 0,
    gun: GUN_AT_LEAST + draw(chance, GUN_AT_MOST - GUN_AT_LEAST),
    phase: "marks", // marks, set, run, done
    way: 0,
    speed: 0,
    foot: "left", // the next to come down
    beat: -1, // the tick of the next beat; -1 until the first step
    beatBefore: -1,
    interval: 0,
    blockedUntil: 0,
    // The player's usual lateness in eighths of a tick: a slow touch screen is not a fault of rhythm.
    habit: 0,
    flow: 0, // steps on the beat in a row, which give wings
    steps: 0,
    perfect: 0,
    stumbles: 0,
    falseStarts: 0,
    reaction: 0,
    offSum: 0,
    offSquares: 0,
    finish: 0, // milliseconds from the gun
    news: null, // what the last judged step was, for the scene: [what, foot, tick]
  };
}

/** Sections of ten metres; start and finish are always packed, and no two softer or slicker ones touch. */
function layTrack(chance, sections) {
  const ground = Array(sections).fill("packed");
  for (let section = 2; section < sections - 1; section++) {
    if (ground[section - 1] !== "packed") continue;
    const lot = draw(chance, 5);
    if (lot < 2) ground[section] = "powder";
    else if (lot < 4) ground[section] = "ice";
  }
  return ground;
}

function shuffle(chance, list) {
  for (let last = list.length - 1; last > 0; last--) {
    const other = draw(chance, last + 1);
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}

export function step(state, actions) {
  const { tick } = state;
  if (state.phase === "marks" && tick >= SET_AT) state.phase = "set";
  if (state.phase === "set" && tick >= state.gun) state.phase = "run";
  for (const [foot] of actions) put(state, foot);
  if (state.phase === "run") run(state);
  state.tick += 1;
  if (state.phase === "run" && state.tick >= LAST_TICK) end(state, NOT_ARRIVED);
}

/** A foot comes down: out of the blocks, on the beat, or wrongly. */
function put(state, foot) {
  const { tick } = state;
  if (tick < state.blockedUntil || state.phase === "done") return;
  if (state.phase !== "run" || (state.beat < 0 && tick < state.gun + REACTION)) return falseStart(state);
  if (state.beat < 0) return leaveBlocks(state, foot);

  const off = tick - state.beat;
  const error = Math.abs(off * 8 - state.habit);
  const { perfect, good, late } = state.judge;
  if (foot !== state.foot || error > late * 8) return stumble(state, foot);

  state.habit = clamp(state.habit + div(off * 8 - state.habit, 6), -40, 40);
  state.offSum += off;
  state.offSquares += off * off;
  state.steps += 1;
  const quality = error <= perfect * 8 ? "perfect" : error <= good * 8 ? "good" : "late";
  if (quality === "perfect") state.perfect += 1;
  state.flow = quality === "perfect" ? Math.min(state.flow + 1, 12) : quality === "good" ? state.flow : 0;
  const aim = TOP_SPEED + AIM[quality] + GROUND[groundAt(state)].aim + state.flow * 25;
  if (aim > state.speed) state.speed += div(aim - state.speed, 5);
  else state.speed -= div(state.speed - aim, 4);
  state.news = [quality, foot, tick];
  awaitBeat(state, state.beat);
}

function falseStart(state) {
  state.falseStarts += 1;
  state.blockedUntil = Math.max(state.tick, state.gun) + FALSE_START_WAIT;
  state.news = ["false start", null, state.tick];
}

function leaveBlocks(state, foot) {
  state.reaction = state.tick - state.gun;
  state.speed = 3400;
  state.steps = 1;
  state.foot = foot;
  state.news = ["go", foot, state.tick];
  awaitBeat(state, state.tick);
}

function stumble(state, foot) {
  state.stumbles += 1;
  state.flow = 0;
  state.speed = Math.max(div(state.speed * 5, 8), WALK);
  state.blockedUntil = state.tick + STUMBLE_TICKS;
  state.news = ["stumble", foot, state.tick];
  state.interval = intervalFor(state);
  state.beatBefore = state.tick;
  state.beat = state.blockedUntil + state.interval - 8;
}

/** The foot came down on the beat of tick `from`: the other one follows. */
function awaitBeat(state, from) {
  state.foot = state.foot === "left" ? "right" : "left";
  nextBeat(state, from);
}

function nextBeat(state, from) {
  state.interval = intervalFor(state);
  state.beatBefore = from;
  state.beat = from + state.interval;
}

/** Ticks from one step to the next: the faster the runner, the quicker the beat. */
function intervalFor(state) {
  const { slowest, quickest } = state.judge;
  const even = slowest - div((slowest - quickest) * Math.min(state.speed, TOP_SPEED), TOP_SPEED);
  return div(even * GROUND[groundAt(state)].beat, 100) + state.lilt[sectionOf(state)];
}

function run(state) {
  if (state.beat >= 0 && state.tick * 8 > state.beat * 8 + state.habit + state.judge.late * 8) miss(state);
  state.speed -= div(state.speed, 420);
  state.way += state.speed;
  if (state.way < state.track) return;
  // The line was crossed within this tick: take off the part of it that came after.
  const beyond = div((state.way - state.track) * 1000, state.speed * TICKS_PER_SECOND);
  end(state, ms(state.tick + 1 - state.gun) - beyond);
}

/** The beat passed without a step. */
function miss(state) {
  state.flow = 0;
  state.speed = Math.max(state.speed - div(state.speed, 7), WALK);
  state.news = ["miss", state.foot, state.tick];
  nextBeat(state, state.beat);
}

function end(state, finish) {
  state.phase = "done";
  state.finish = finish;
}

export function over(state) {
  return state.phase === "done";
}

/** The time in milliseconds; among equal times the truer rhythm, in thousandths of perfect steps. */
export function score(state) {
  return { value: state.finish, tie: state.steps ? div(state.perfect * 1000, state.steps) : 0 };
}

/** Hands scatter: at least half a tick around their own habit, over a whole race. Only a machine does not. */
export function flags(state) {
  const { metres, steps, offSum, offSquares } = state;
  // The variance times steps², against (0.4 ticks)², all in whole numbers.
  const scatter = steps * offSquares - offSum * offSum;
  return steps * 5 >= metres && scatter * 25 < 4 * steps * steps ? ["inhuman_regularity"] : [];
}

/** The ground under the runner: packed, powder or ice. */
export function groundAt(state) {
  return state.ground[sectionOf(state)];
}

function sectionOf(state) {
  return Math.min(div(state.way, SECTION), state.ground.length - 1);
}

function ms(ticks) {
  return div(ticks * 1000, TICKS_PER_SECOND);
}

/** Whole-number division towards zero, exact for every number in these rules. */
function div(a, b) {
  return Math.trunc(a / b);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
