// The rules of the slalom. An edge that is held grows and turns the skis; held too long at speed it breaks away and
// scrapes off pace. Close by the inner pole is the fast line, and pays. Whole numbers only; 60 ticks are a second.
// Ways are in 1/60 mm and speeds in mm/s, so that a tick moves the skier by exactly its speed.
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";
import { wave } from "@kernel/wave.js";
import { DECIMETRE, levelOf, METRE, setCourse, steepnessAt } from "./course.js";

export { METRE };

const TICKS_PER_SECOND = 60;
const COUNTDOWN = 150;
// Time enough for whoever gets through at all.
const LAST_TICK = { short: 45 * TICKS_PER_SECOND, usual: 70 * TICKS_PER_SECOND, long: 90 * TICKS_PER_SECOND };
const NOT_ARRIVED = 120000;
export const PENALTY = 2000;

// The heading in sixteenths of a 1024th of a turn; 0 is straight down.
const HEADING_BITS = 4;
const MOST_ANGLE = 190;
const MOST_HEADING = MOST_ANGLE << HEADING_BITS;
/** Thousandths of the speed across and down the slope, for each angle to the right. */
const ACROSS = [];
const DOWN = [];
for (let angle = 0; angle <= MOST_ANGLE; angle++) {
  ACROSS.push(wave(angle));
  DOWN.push(wave(angle + 256));
}
const EDGE_ON = 6; // hundredths in a tick
const EDGE_OFF = 11;
export const FULL_EDGE = 100;
/** By how many sixteenths an edge turns in a tick, for each hundredth of it. */
const TURNS = [];
for (let edge = 0; edge <= FULL_EDGE; edge++) TURNS.push(div(edge * 84, FULL_EDGE));
const ICY = 72; // hundredths of the grip on ice
const NO_ICE = [0, 0];

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

// So many ticks after an edge breaks away nobody can have felt it and let go.
const TOO_QUICK = 2;
const ENOUGH = 12;

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
    brokeAt: 0, // when the edge that is held broke away; 0 while it holds
    breaks: 0, // how often it did, until something else was wished
    caught: 0, // and how often that was before anybody could have felt it
    poles: series(), // how far from the inner pole each gate was passed, in decimetres
    finished: 0,
    news: null, // what happened last, for the scene: [what, tick, gate]
  };
}

export function step(state, actions) {
  advance(state, actions, 1);
}

/** What is wished of the edge, and at most so many ticks from there on, until the run is over; gives how many. */
export function advance(state, actions, ticks) {
  for (let n = 0; n < actions.length; n++) setEdge(state, actions[n][1]);
  const from = state.tick;
  const until = Math.min(from + ticks, state.last);
  while (state.tick < until && state.phase !== "done") {
    if (state.phase === "run") ski(state, until);
    else if (state.tick < state.start) state.tick = Math.min(state.start, until);
    else pushOff(state);
  }
  if (state.phase === "run" && state.tick === state.last) end(state, NOT_ARRIVED);
  return state.tick - from;
}

function setEdge(state, side) {
  if (side === state.wish) return;
  state.wish = side;
  state.changes += 1;
  if (!state.brokeAt) return;
  state.breaks += 1;
  if (state.tick - state.brokeAt <= TOO_QUICK) state.caught += 1;
  state.brokeAt = 0;
}

function pushOff(state) {
  state.phase = "run";
  state.speed = PUSH_OFF;
  state.news = ["go", state.tick, 0];
  state.tick += 1;
}

/** From one gate to the next, or to the net. */
function ski(state, until) {
  while (state.tick < until && state.phase === "run") {
    const before = glide(state, until);
    const { half } = state.level;
    if (state.x > half || state.x < -half) touchNet(state);
    if (state.y >= state.nextY) passGate(state);
    if (state.y >= state.finish) arrive(state, before);
    state.tick += 1;
  }
}

// The loop turns some thousand times when a run is checked: hence all in variables, and `| 0`, which cuts off as `div` does.
/**
 * Up to the tick in which a gate, the net or the finish is reached, or the last one before `until`; that tick is left
 * to be ended. Gives how far down the slope the skier was before it.
 */
function glide(state, until) {
  const { level, wish, ice, patch } = state;
  const { half, grip } = level;
  const [iceFrom, iceTo] = ice[patch] ?? NO_ICE;
  const goal = wish * FULL_EDGE;
  // Ice holds less; up to this product of edge and speed every edge holds, and needs no closer look.
  const firm = grip * ICY;
  const bound = Math.min(state.nextY, state.finish);
  const last = until - 1;
  let { tick, x, y, speed, heading, edge, slip, flatFor, gain } = state;
  if (edge !== goal) flatFor = 0;
  let before;
  for (; ; tick++) {
    // The edge grows while it is held; back to flat, and through it to the other side, it goes quicker.
    if (edge < goal) {
      edge += edge < 0 ? EDGE_OFF : EDGE_ON;
      if (edge > goal) edge = goal;
    } else if (edge > goal) {
      edge -= edge > 0 ? EDGE_OFF : EDGE_ON;
      if (edge < goal) edge = goal;
    } else if (goal === 0) flatFor += 1;

    if (edge !== 0) {
      let holding = edge < 0 ? -edge : edge;
      const held = slip === 0;
      slip = holding * speed > firm ? holding - mostEdge(grip, speed, y >= iceFrom && y < iceTo) : 0;
      // Beyond its grip an edge turns no further, and scraping makes even that less.
      if (slip > 0) {
        if (held) state.brokeAt = tick;
        holding -= slip + ((slip / 3) | 0);
        if (holding < 0) holding = 0;
      } else slip = 0;
      if (edge < 0) {
        heading -= TURNS[holding];
        if (heading < -MOST_HEADING) heading = -MOST_HEADING;
      } else {
        heading += TURNS[holding];
        if (heading > MOST_HEADING) heading = MOST_HEADING;
      }
    } else slip = 0;
    // Flat skis turn downhill by themselves.
    if (goal === 0 && heading !== 0) heading -= (heading / 34) | 0;
    before = y;
    let down;
    if (heading < 0) {
      const angle = -heading >> HEADING_BITS;
      down = DOWN[angle];
      x -= ((speed * ACROSS[angle]) / 1000) | 0;
    } else {
      const angle = heading >> HEADING_BITS;
      down = DOWN[angle];
      x += ((speed * ACROSS[angle]) / 1000) | 0;
    }
    y += ((speed * down) / 1000) | 0;

    // The speed changes little by little: every other tick for two is enough, and the steepness every eighth.
    if (tick & 1) {
      if ((tick & 7) === 1) gain = div(GRAVITY * steepnessAt(level, before), 1000);
      const air = flatFor > TUCK_AFTER ? AIR_TUCKED : AIR;
      const pull = ((gain * down) / 500) | 0;
      const drag = ((speed * speed * 2) / air) | 0;
      const scrape = ((edge * edge) / 400) | 0;
      speed += pull - drag - scrape - slip * 4;
      if (speed < SLOWEST) speed = SLOWEST;
    }
    if (y >= bound || x > half || x < -half || tick === last) break;
  }
  // One by one: Object.assign would cost as much as four ticks.
  state.tick = tick;
  state.x = x;
  state.y = y;
  state.speed = speed;
  state.heading = heading;
  state.edge = edge;
  state.slip = slip;
  state.flatFor = flatFor;
  state.gain = gain;
  return before;
}

/** How much edge holds at this speed and on this snow, in hundredths. */
export function gripAt(state) {
  return mostEdge(state.level.grip, state.speed, onIce(state));
}

function mostEdge(grip, speed, icy) {
  const most = ((grip * 100) / speed) | 0;
  return icy ? ((most * ICY) / 100) | 0 : most;
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
  note(state.poles, div(fromPole, DECIMETRE));
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

/**
 * Fingers do not change the edge twelve times a second for a whole run, nor let go of nearly every edge in the very moment
 * in which it breaks away, nor lead the skis past all poles within two decimetres or so of one line on edges that hardly
 * ever do.
 */
export function flags({ changes, tick, start, breaks, caught, poles }) {
  const doses = changes * 5 > tick - start;
  const feels = breaks >= ENOUGH && caught * 4 >= breaks * 3;
  const glides = breaks * 2 < poles.count && inhuman(poles, { enough: 10, tenths: 24 });
  return doses || feels || glides ? ["inhuman_regularity"] : [];
}

function div(a, b) {
  return Math.trunc(a / b);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
