// The rules of the slalom. An edge that is held grows and turns the skis; held too long at speed it breaks away and
// scrapes off pace. Close by the inner pole is the fast line, and pays. Whole numbers only; 60 ticks are a second.
// Ways are in 1/60 mm and speeds in mm/s, so that a tick moves the skier by exactly its speed.
import { draw, generator } from "@kernel/random.js";
import { wave } from "@kernel/wave.js";
import { DIFFICULTY, METRE, setCourse, steepnessAt } from "./course.js";

export { METRE };

const TICKS_PER_SECOND = 60;
const COUNTDOWN = 150;
const LAST_TICK = 70 * TICKS_PER_SECOND;
const NOT_ARRIVED = 120000;
export const PENALTY = 2000;

// The heading in sixteenths of a 1024th of a turn; 0 is straight down.
const HEADING = 16;
const MOST_HEADING = 190 * HEADING;
const TURN = 84; // sixteenths in a tick at full edge
const EDGE_ON = 6; // hundredths in a tick
const EDGE_OFF = 11;
export const FULL_EDGE = 100;

const PUSH_OFF = 4500;
const GRAVITY = 164; // mm/s in a tick
const AIR = 6200000; // speed² over this is the drag of one who stands
const AIR_TUCKED = 8600000;
const TUCK_AFTER = 14; // ticks with flat skis

/** Nearer than this to the inner pole is a kiss: the pole is brushed aside and the ski springs out of the turn. */
export const KISS = 900 * 60; // in 1/60 mm
const KISS_GAIN = 420;
export const MOST_FLOW = 8;
const FLOW_GAIN = 40; // more for each kiss in a row
const NET_LOSS = 2; // whoever touches the net keeps a part of this

export function init(config, seed) {
  const chance = generator(seed);
  const level = DIFFICULTY[config.difficulty];
  const { gates, ice, finish } = setCourse(chance, level);
  return {
    level,
    gates, // [{ x, y, turn }]: the middle between two poles; turn is the side on which the next one lies
    ice, // [[from, to], ...] along y
    finish,
    tick: 0,
    start: COUNTDOWN + draw(chance, 40),
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
    missed: 0,
    flow: 0, // kisses in a row
    kisses: 0,
    best: 0,
    splits: [], // ticks from the start at each gate
    changes: 0,
    hasty: 0, // changes that came quicker after another than fingers move
    changedAt: -60,
    finished: 0,
    news: null, // what happened last, for the scene: [what, tick, gate]
  };
}

export function step(state, actions) {
  for (const [, side] of actions) setEdge(state, side);
  if (state.phase === "ready" && state.tick >= state.start) pushOff(state);
  if (state.phase === "run") ski(state);
  state.tick += 1;
  if (state.phase === "run" && state.tick >= state.start + LAST_TICK) end(state, NOT_ARRIVED);
}

function setEdge(state, side) {
  if (side === state.wish) return;
  state.wish = side;
  state.changes += 1;
  if (state.tick - state.changedAt <= 2) state.hasty += 1;
  state.changedAt = state.tick;
}

function pushOff(state) {
  state.phase = "run";
  state.speed = PUSH_OFF;
  state.news = ["go", state.tick, 0];
}

function ski(state) {
  leanOnEdge(state);
  turn(state);
  glide(state);
  const before = state.y;
  const angle = div(state.heading, HEADING);
  state.x += div(state.speed * wave(angle), 1000);
  state.y += div(state.speed * wave(angle + 256), 1000);
  keepOffNet(state);
  if (state.patch < state.ice.length && state.y >= state.ice[state.patch][1]) state.patch += 1;
  while (state.gate < state.gates.length && state.gates[state.gate].y <= state.y) passGate(state);
  if (state.y >= state.finish) arrive(state, before);
}

function leanOnEdge(state) {
  const goal = state.wish * FULL_EDGE;
  // Back to flat, and through it to the other side, goes quicker than onto the edge.
  const pace = goal === 0 || goal * state.edge < 0 ? EDGE_OFF : EDGE_ON;
  state.edge += clamp(goal - state.edge, -pace, pace);
  state.flatFor = state.edge === 0 ? state.flatFor + 1 : 0;
}

function turn(state) {
  const grip = gripAt(state);
  state.slip = Math.max(Math.abs(state.edge) - grip, 0);
  // Beyond its grip an edge turns no further, and scraping makes even that less.
  const holding = Math.sign(state.edge) * Math.max(Math.min(Math.abs(state.edge), grip) - div(state.slip, 3), 0);
  state.heading = clamp(state.heading + div(holding * TURN, FULL_EDGE), -MOST_HEADING, MOST_HEADING);
  // Flat skis turn downhill by themselves.
  if (state.wish === 0) state.heading -= div(state.heading, 34);
}

/** How much edge holds at this speed and on this snow, in hundredths. */
export function gripAt(state) {
  const grip = div(state.level.grip * 100, Math.max(state.speed, 4000));
  return onIce(state) ? div(grip * 72, 100) : grip;
}

export function onIce(state) {
  const patch = state.ice[state.patch];
  return patch !== undefined && state.y >= patch[0];
}

function glide(state) {
  const { speed, edge, slip } = state;
  const downhill = wave(div(state.heading, HEADING) + 256);
  const gain = div(div(GRAVITY * steepnessAt(state.level, state.y), 1000) * downhill, 1000);
  const air = div(speed * speed, isTucked(state) ? AIR_TUCKED : AIR);
  const carving = div(edge * edge, 800);
  const scraping = slip * 2;
  state.speed = Math.max(speed + gain - air - carving - scraping, 2500);
}

export function isTucked({ flatFor }) {
  return flatFor > TUCK_AFTER;
}

function keepOffNet(state) {
  const { half } = state.level;
  if (Math.abs(state.x) < half) return;
  state.x = clamp(state.x, -half, half);
  if (state.heading * state.x > 0) {
    state.heading = -div(state.heading, 3);
    state.speed = Math.max(state.speed - div(state.speed, NET_LOSS), 2500);
    state.flow = 0;
    state.news = ["net", state.tick, state.gate];
  }
}

function passGate(state) {
  const { x, turn } = state.gates[state.gate];
  const half = div(state.level.gate, 2);
  const off = state.x - x;
  // From the inner pole, on the side to which the skier turns, outwards.
  const fromPole = half + off * turn * -1;
  state.splits.push(state.tick - state.start);
  if (Math.abs(off) > half) {
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

/** Fingers do not change sides thirty times a second, run after run; a machine that doses its edge does. */
export function flags(state) {
  return state.hasty > 30 ? ["inhuman_regularity"] : [];
}

function div(a, b) {
  return Math.trunc(a / b);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
