// The rules of the slalom. An edge that is held grows and turns the skis; held too long at speed it breaks away and
// scrapes off pace. Close by the inner pole is the fast line, and pays. Whole numbers only; 60 ticks are a second.
// Ways are in 1/60 mm and speeds in mm/s, so that a tick moves the skier by exactly its speed.
import { draw, generator } from "@kernel/random.js";
import { wave } from "@kernel/wave.js";
import { levelOf, METRE, setCourse, steepnessAt } from "./course.js";

export { METRE };

const TICKS_PER_SECOND = 60;
const COUNTDOWN = 150;
// Time enough for whoever gets through at all.
const LAST_TICK = { short: 45 * TICKS_PER_SECOND, usual: 70 * TICKS_PER_SECOND, long: 90 * TICKS_PER_SECOND };
const NOT_ARRIVED = 120000;
export const PENALTY = 2000;

// The heading in sixteenths of a 1024th of a turn; 0 is straight down.
const HEADING = 16;
const MOST_ANGLE = 190;
const MOST_HEADING = MOST_ANGLE * HEADING;
/** Thousandths of the speed across and down the slope, for each angle from the greatest to the left. */
const ACROSS = [];
const DOWN = [];
for (let angle = -MOST_ANGLE; angle <= MOST_ANGLE; angle++) {
  ACROSS.push(wave(angle));
  DOWN.push(wave(angle + 256));
}
const TURN = 84; // sixteenths in a tick at full edge
const EDGE_ON = 6; // hundredths in a tick
const EDGE_OFF = 11;
export const FULL_EDGE = 100;
const ICY = 72; // hundredths of the grip on ice

const PUSH_OFF = 4500;
const SLOWEST = 2500;
const GRAVITY = 164; // mm/s in a tick
const AIR = 4600000; // speed² over this is the drag of one who stands
const AIR_TUCKED = 6600000;
const TUCK_AFTER = 14; // ticks with flat skis

/** Nearer than this to the inner pole is a kiss: the pole is brushed aside and the ski springs out of the turn. */
export const KISS = 900 * 60; // in 1/60 mm
// A body may brush the pole as long as the skis pass it.
const BRUSHED = 250 * 60;
const KISS_GAIN = 420;
export const MOST_FLOW = 8;
const FLOW_GAIN = 40; // more for each kiss in a row
const NET_LOSS = 2; // whoever touches the net loses one part in so many

export function init(config, seed) {
  const chance = generator(seed);
  const level = levelOf(config);
  const { gates, ice, finish } = setCourse(chance, level);
  const start = COUNTDOWN + draw(chance, 40);
  return {
    level,
    gates, // [{ x, y, turn }]: the middle between two poles; turn is the side on which the next one lies
    ice, // [[from, to], ...] along y
    finish,
    tick: 0,
    start,
    last: start + LAST_TICK[config.length],
    phase: "ready", // ready, run, done
    x: 0,
    y: 0,
    speed: 0,
    heading: 0,
    wish: 0,
    edge: 0, // hundredths, negative to the left
    slip: 0, // how far beyond its grip the edge is, in hundredths
    flatFor: 0,
    patch: 0, // of ice, the next or present one
    gate: 0,
    nextY: gates[0].y,
    gain: 0, // by the steepness of this place, in mm/s and tick
    missed: 0,
    flow: 0, // kisses in a row
    kisses: 0,
    best: 0,
    splits: [], // ticks from the start at each gate
    changes: 0,
    finished: 0,
    news: null, // what happened last, for the scene: [what, tick, gate]
  };
}

export function step(state, actions) {
  for (let n = 0; n < actions.length; n++) setEdge(state, actions[n][1]);
  if (state.phase === "run") ski(state);
  else if (state.phase === "ready" && state.tick >= state.start) pushOff(state);
  state.tick += 1;
  if (state.tick >= state.last && state.phase === "run") end(state, NOT_ARRIVED);
}

function setEdge(state, side) {
  if (side === state.wish) return;
  state.wish = side;
  state.changes += 1;
}

function pushOff(state) {
  state.phase = "run";
  state.speed = PUSH_OFF;
  state.news = ["go", state.tick, 0];
}

// This runs some thousand times when a round is checked; so what it needs stands in it, and `| 0` cuts off the part
// after the point, as `div` does.
function ski(state) {
  const { speed, tick, y: before, level } = state;
  const goal = state.wish * FULL_EDGE;
  let { edge, heading } = state;
  if (edge !== goal) edge = leanOnEdge(state, edge, goal);
  else if (edge === 0) state.flatFor += 1;

  if (edge !== 0) {
    const set = edge < 0 ? -edge : edge;
    // Ice holds less; on snow most edges hold, and need no closer look.
    const holding = set * speed > level.grip * ICY ? holdingOf(state, set, speed) : set;
    if (holding === set) state.slip = 0;
    const by = ((holding * TURN) / FULL_EDGE) | 0;
    if (edge < 0) heading = heading - by < -MOST_HEADING ? -MOST_HEADING : heading - by;
    else heading = heading + by > MOST_HEADING ? MOST_HEADING : heading + by;
  }
  // Flat skis turn downhill by themselves.
  if (goal === 0 && heading !== 0) heading -= (heading / 34) | 0;
  state.heading = heading;
  const angle = MOST_ANGLE + ((heading / HEADING) | 0);
  const down = DOWN[angle];
  const x = state.x + (((speed * ACROSS[angle]) / 1000) | 0);
  const y = before + (((speed * down) / 1000) | 0);
  state.x = x;
  state.y = y;

  // The speed changes little by little: every other tick for two is enough, and the steepness every eighth.
  if (tick & 1) {
    if (tick % 8 === 1) state.gain = div(GRAVITY * steepnessAt(level, before), 1000);
    const air = state.flatFor > TUCK_AFTER ? AIR_TUCKED : AIR;
    const change = (state.gain * down) / 1000 - (speed * speed) / air - (edge * edge) / 800 - state.slip * 2;
    const now = speed + ((change * 2) | 0);
    state.speed = now > SLOWEST ? now : SLOWEST;
  }

  if (x > level.half || x < -level.half) touchNet(state);
  if (y >= state.nextY) passGate(state);
  if (y >= state.finish) arrive(state, before);
}

/** The edge grows while it is held; gives the edge of this tick. */
function leanOnEdge(state, edge, goal) {
  // Back to flat, and through it to the other side, goes quicker than onto the edge.
  const pace = goal * edge > 0 || edge === 0 ? EDGE_ON : EDGE_OFF;
  const now = goal > edge ? Math.min(edge + pace, goal) : Math.max(edge - pace, goal);
  state.flatFor = 0;
  state.edge = now;
  if (now === 0) state.slip = 0;
  return now;
}

/** How much of an edge that may be too much holds, in hundredths. */
function holdingOf(state, set, speed) {
  const most = gripAt(state, speed);
  if (set <= most) return set;
  // Beyond its grip an edge turns no further, and scraping makes even that less.
  state.slip = set - most;
  return Math.max(most - ((state.slip / 3) | 0), 0);
}

/** How much edge holds at this speed and on this snow, in hundredths. */
export function gripAt(state, speed = state.speed) {
  const grip = ((state.level.grip * 100) / speed) | 0;
  return onIce(state) ? ((grip * ICY) / 100) | 0 : grip;
}

export function onIce({ ice, patch, y }) {
  return patch < ice.length && y >= ice[patch][0] && y < ice[patch][1];
}

export function isTucked({ flatFor }) {
  return flatFor > TUCK_AFTER;
}

function touchNet(state) {
  const { half } = state.level;
  state.x = clamp(state.x, -half, half);
  if (state.heading * state.x <= 0) return;
  state.heading = -div(state.heading, 3);
  state.speed = Math.max(state.speed - div(state.speed, NET_LOSS), SLOWEST);
  state.flow = 0;
  state.news = ["net", state.tick, state.gate];
}

function passGate(state) {
  const { x, turn } = state.gates[state.gate];
  const half = div(state.level.gate, 2);
  const off = state.x - x;
  // From the inner pole, on the side to which the skier turns, outwards.
  const fromPole = half + off * turn * -1;
  state.splits.push(state.tick - state.start);
  if (fromPole < -BRUSHED || fromPole > half * 2) {
    state.missed += 1;
    state.flow = 0;
    state.news = ["missed", state.tick, state.gate];
  } else if (fromPole <= KISS) {
    state.flow = Math.min(state.flow + 1, MOST_FLOW);
    state.kisses += 1;
    state.best = Math.max(state.best, state.flow);
    state.speed += KISS_GAIN + state.flow * FLOW_GAIN;
    state.news = ["kiss", state.tick, state.gate];
  } else {
    if (fromPole > half) state.flow = 0;
    state.news = ["passed", state.tick, state.gate];
  }
  state.gate += 1;
  const next = state.gates[state.gate];
  state.nextY = next ? next.y : state.finish + METRE;
  while (state.patch < state.ice.length && state.ice[state.patch][1] <= state.y) state.patch += 1;
}

function arrive(state, before) {
  // The line was crossed within this tick: take off the part of it that came after.
  const beyond = div((state.y - state.finish) * 1000, Math.max(state.y - before, 1) * TICKS_PER_SECOND);
  const time = div((state.tick + 1 - state.start) * 1000, TICKS_PER_SECOND) - beyond;
  end(state, Math.min(time + state.missed * PENALTY, NOT_ARRIVED));
}

function end(state, finished) {
  state.phase = "done";
  state.finished = finished;
}

export function over(state) {
  return state.phase === "done";
}

/** The time with its penalties; among equal times who passed more poles closely. */
export function score(state) {
  return { value: state.finished, tie: state.kisses };
}

/** Fingers do not change the edge twelve times a second for a whole run; a machine that doses its edge does. */
export function flags(state) {
  return state.changes * 5 > state.tick - state.start ? ["inhuman_regularity"] : [];
}

function div(a, b) {
  return Math.trunc(a / b);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
