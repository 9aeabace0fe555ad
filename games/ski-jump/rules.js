// The rules of the ski jump: hold to crouch, let go at the lip, lean on the air, let go again for the telemark.
// Whole numbers only; 60 ticks are a second. Ways are in 1/60 mm and speeds in mm/s, so that a tick moves the jumper by
// exactly its speed. x goes forward from the lip, y goes down.
import { draw, generator } from "@kernel/random.js";
import { wave } from "@kernel/wave.js";
import { HILLS, groundAt, METRE, steepnessAt } from "./hill.js";

export { METRE, groundAt, steepnessAt };

/** So many jumps count at most: the best ones. */
export const COUNTED = 2;

const AT_THE_GATE = 60; // before the light turns green
export const GREEN = 240; // and how long it stays so
const OUTRUN = 100;

export const INRUN = 40 * METRE;
const PUSH = 4200;
const GRAVITY = 164; // mm/s in a tick
const TABLE = 185; // thousandths of steepness at the lip

/** What a spring so many ticks from the lip is worth, in thousandths; too early weighs less than too late. */
const SPRING_EARLY = [1000, 1000, 960, 900, 820, 730, 640, 550, 460, 380, 300, 240, 180, 130, 100];
const SPRING_LATE = [1000, 940, 760, 520, 300];
export const LATEST = SPRING_LATE.length - 1;

// The lean at which skis and body carry best: reached some time after the lip, then held against the wind.
const UPRIGHT = 250;
export const FLYING = 640;
const UNFOLD = 34; // ticks
const WEIGHT = 6; // how slowly the body follows
const GUSTS_FROM = 60; // ticks in the air until the gusts have their whole strength

/** The telemark, in ticks before the snow: too late is two-footed, too early is a long step in thin air. */
export const TELEMARK = { least: 7, from: 13, to: 30, most: 46 };
const CALMEST = 18;
const MARKS = 200; // tenths of ten: each judge gives at most 20.0

export function init(config, seed) {
  const chance = generator(seed);
  const state = {
    hill: HILLS[config.difficulty],
    planned: config.jumps,
    chance,
    tick: 0,
    jump: 0,
    phase: "gate", // gate, inrun, flight, outrun, done
    since: 0,
    windAt: 0,
    steady: 0, // the even part of the wind
    head: 0, // the wind of this moment in the air, in mm/s
    held: false,
    way: 0, // on the in-run
    speed: 0,
    x: 0,
    y: 0,
    vx: 0,
    vy: 0,
    spring: -1, // thousandths, -1 until it is decided
    springOff: 0, // ticks from the lip
    lipTick: -1,
    wish: FLYING,
    body: UPRIGHT * 16, // the lean without the wind's push, in sixteenths
    flown: 0, // ticks in the air
    offSum: 0, // of the lean
    worst: 0,
    telemarkAt: -1,
    distance: 0, // of the last jump, in decimetres
    style: 0, // of the last jump: three judges' marks, in tenths
    landing: "", // telemark, early, quick, both, fall
    jumps: [], // [distance, style, landing]
    strayed: 0, // how far the lean was off in each tick, and for how many ticks, of all jumps
    leaned: 0,
    news: null, // [what, tick, value]
  };
  toGate(state);
  return state;
}

function toGate(state) {
  enter(state, "gate");
  state.windAt = draw(state.chance, 1024);
  state.steady = draw(state.chance, 2 * state.hill.wind + 1) - state.hill.wind;
  state.held = false;
  state.way = 0;
  state.speed = 0;
  state.x = 0;
  state.y = 0;
  state.spring = -1;
  state.lipTick = -1;
  state.telemarkAt = -1;
}

export function step(state, actions) {
  advance(state, actions, 1);
}

/** What is done, and at most so many ticks from there on, until the last jump is over; gives how many. */
export function advance(state, actions, ticks) {
  for (let n = 0; n < actions.length; n++) ACTIONS[actions[n][0]](state, actions[n][1]);
  const from = state.tick;
  const until = from + ticks;
  while (state.tick < until && state.phase !== "done") PHASES[state.phase](state, until);
  return state.tick - from;
}

const ACTIONS = {
  hold(state) {
    state.held = true;
    if (state.phase === "gate" && isGreen(state)) pushOff(state);
    else if (state.phase === "flight" && state.telemarkAt >= 0) state.telemarkAt = -1;
  },
  lean(state, value) {
    state.wish = value;
  },
  release(state) {
    if (state.phase === "inrun" && state.held) spring(state);
    else if (state.phase === "flight" && state.held && state.spring < 0) spring(state);
    else if (state.phase === "flight" && state.flown > UNFOLD && state.telemarkAt < 0) {
      state.telemarkAt = state.tick;
      state.news = ["telemark", state.tick, 0];
    }
    state.held = false;
  },
};

/** Each phase goes on until it is over, or up to the tick `until`. */
const PHASES = {
  gate(state, until) {
    const latest = state.since + AT_THE_GATE + GREEN;
    if (state.tick < latest) {
      state.tick = Math.min(latest, until);
      return;
    }
    pushOff(state);
    state.tick += 1;
  },
  inrun(state, until) {
    const gain = state.held || state.spring >= 0 ? state.hill.gain : div(state.hill.gain * 3, 4);
    for (; state.tick < until && state.phase === "inrun"; state.tick++) {
      state.speed += gain;
      state.way += state.speed;
      if (state.way >= INRUN) leaveLip(state);
    }
  },
  flight(state, until) {
    if (state.spring < 0 && state.tick - state.lipTick > LATEST) stayDown(state);
    // Until then the last chance to spring is watched tick by tick.
    fly(state, state.spring < 0 ? state.tick + 1 : until);
    if (state.y >= groundAt(state.hill, state.x)) land(state);
    state.tick += 1;
  },
  outrun(state, until) {
    const last = state.since + OUTRUN;
    for (; state.tick < until && state.tick < last; state.tick++) state.speed -= div(state.speed, 70);
    if (state.tick === until) return;
    state.speed -= div(state.speed, 70);
    state.jump += 1;
    if (state.jump === state.planned) enter(state, "done");
    else toGate(state);
    state.tick += 1;
  },
};

/** Whether the light lets the jumper go. */
export function isGreen(state) {
  return state.phase === "gate" && state.tick - state.since >= AT_THE_GATE;
}

function pushOff(state) {
  enter(state, "inrun");
  state.speed = PUSH;
  state.news = ["start", state.tick, 0];
}

/** The legs are stretched: before the lip the ticks to it are estimated by the way that is left. */
function spring(state) {
  const ticks = state.phase === "inrun" ? -div(INRUN - state.way, state.speed) : state.tick - state.lipTick;
  const table = ticks < 0 ? SPRING_EARLY : SPRING_LATE;
  state.spring = table[Math.abs(ticks)] ?? 0;
  state.springOff = ticks;
  state.news = ["spring", state.tick, ticks];
  if (state.phase === "flight") lift(state);
}

function leaveLip(state) {
  enter(state, "flight");
  state.lipTick = state.tick;
  state.vx = state.speed;
  state.vy = div(state.speed * TABLE, 1000);
  state.body = UPRIGHT * 16;
  state.wish = FLYING;
  state.flown = 0;
  state.offSum = 0;
  state.worst = 0;
  if (state.spring >= 0) lift(state);
}

function lift(state) {
  state.vy -= div(state.hill.leap * state.spring, 1000);
}

/** Nobody springs so late: it was none. */
function stayDown(state) {
  state.spring = 0;
  state.springOff = LATEST + 1;
  state.news = ["spring", state.tick, state.springOff];
}

// This loop and what it asks turn a thousand times when a round is checked: hence all in variables, and `| 0` in place of
// `div`, which is the same for every quotient of less than 2³¹.
/** Through the air up to the tick of the landing, or the last one before `until`; that tick is left to be ended. */
function fly(state, until) {
  const { hill, wish, telemarkAt } = state;
  const { width, gust } = hill;
  const last = until - 1;
  let { tick, flown, body, offSum, worst, head, vx, vy, x, y } = state;
  for (; ; tick++) {
    flown += 1;
    body += ((wish * 16 - body) / WEIGHT) | 0;
    const strength = flown < GUSTS_FROM ? ((gust * flown) / GUSTS_FROM) | 0 : gust;
    const beside = ((body / 16) | 0) + pushed(state, tick, strength) - (flown < UNFOLD ? bestLean({ flown }) : FLYING);
    const off = beside < 0 ? -beside : beside;
    offSum += off < 500 ? off : 500;
    if (off > worst && flown > UNFOLD) worst = off;

    // How well the air carries, in thousandths. In the telemark one stands up, and falls like anybody.
    let good = 0;
    if (telemarkAt >= 0) good = Math.max(500 - (tick - telemarkAt) * 25, -400);
    else if (off < width) good = 1000 - (((off * off * 1000) / (width * width)) | 0);
    // How fast the air comes: the speed along the path, nearly, and the wind against it.
    if (flown % 6 === 1) head = headwindAt(state, tick) * 60;
    const air = (vx > vy ? vx + (((vy * 2) / 5) | 0) : vy + (((vx * 2) / 5) | 0)) + head;
    const lifting = hill.lift * (450 + (((good * 550) / 1000) | 0));
    const braking = hill.brake * (1900 - (((good * 900) / 1000) | 0));
    const along = ((air * vx) / 1000) | 0;
    const down = ((air * vy) / 1000) | 0;
    vx += ((down * lifting - along * braking) / 1000000000) | 0;
    const pulled = ((air * vx) / 1000) | 0;
    vy += GRAVITY - (((pulled * lifting + down * braking) / 1000000000) | 0);
    x += vx;
    y += vy;
    if (tick === last || y >= groundAt(hill, x)) break;
  }
  state.tick = tick;
  state.flown = flown;
  state.body = body;
  state.offSum = offSum;
  state.worst = worst;
  state.head = head;
  state.vx = vx;
  state.vy = vy;
  state.x = x;
  state.y = y;
}

/** The lean that carries best at this moment. */
export function bestLean({ flown }) {
  return flown < UNFOLD ? UPRIGHT + ((((FLYING - UPRIGHT) * flown) / UNFOLD) | 0) : FLYING;
}

/** How the jumper leans: where the body is held, and where the gusts push it. */
export function leanAt(state) {
  const { body, hill, tick, flown } = state;
  const strength = flown < GUSTS_FROM ? ((hill.gust * flown) / GUSTS_FROM) | 0 : hill.gust;
  return ((body / 16) | 0) + pushed(state, tick, strength);
}

/** Where gusts of that strength push at that tick. */
function pushed({ hill, windAt }, tick, strength) {
  const at = tick * hill.restless;
  return ((strength * (620 * wave(windAt + at) + 380 * wave(windAt * 3 + at * 2 + 300))) / 1000000) | 0;
}

/** Wind from the front in decimetres a second: it carries. Behind one's back it presses down. */
export function headwindAt(state, tick = state.tick) {
  return state.steady + div(state.hill.wind * wave(state.windAt * 5 + tick * 4), 1000);
}

function land(state) {
  const { hill } = state;
  state.distance = div(Math.max(state.x, 0) * 112, METRE * 10);
  state.landing = howLanded(state);
  state.style = marks(state);
  state.jumps.push([state.distance, state.style, state.landing]);
  state.strayed += state.offSum;
  state.leaned += state.flown;
  state.speed = state.landing === "fall" ? div(state.vx, 2) : state.vx;
  state.y = groundAt(hill, state.x);
  state.news = ["land", state.tick, state.distance];
  enter(state, "outrun");
}

function howLanded({ telemarkAt, tick, x, hill, spring }) {
  const before = telemarkAt < 0 ? 0 : tick - telemarkAt;
  // Where the hill flattens out the snow comes hard.
  const hard = x > hill.size * METRE;
  if (before < TELEMARK.least) return hard && spring > 0 ? "fall" : "both";
  if (before < TELEMARK.from + (hard ? 3 : 0)) return "quick";
  return before <= TELEMARK.to ? "telemark" : "early";
}

const LANDING_COSTS = { telemark: 0, early: 15, quick: 12, both: 40, fall: 90 };

/** Three judges' marks together: they look at the flight and at the landing. */
function marks({ offSum, flown, worst, landing, hill }) {
  const restless = Math.min(div(div(offSum, Math.max(flown, 1)), 6), 40) + (worst > hill.width ? 12 : 0);
  return Math.max(MARKS - restless - LANDING_COSTS[landing], 0) * 3;
}

function enter(state, phase) {
  state.phase = phase;
  state.since = state.tick;
}

export function over(state) {
  return state.phase === "done";
}

/** What a jump is worth: decimetres, and marks in tenths. */
export function worth([distance, style]) {
  return distance + style;
}

/** The best jumps; among equal sums the longest jump. */
export function score(state) {
  const sorted = state.jumps.map(worth).sort((a, b) => b - a);
  let value = 0;
  for (let n = 0; n < Math.min(sorted.length, COUNTED); n++) value += sorted[n];
  let longest = 0;
  for (const [distance] of state.jumps) longest = Math.max(longest, distance);
  return { value, tie: longest };
}

/** Who answers each gust as late as people do strays at least by so many thousandths of its push and pace. */
export function flags({ hill, strayed, leaned }) {
  return strayed * 1000 < leaned * hill.gust * hill.restless * CALMEST ? ["inhuman_regularity"] : [];
}

function div(a, b) {
  return Math.trunc(a / b);
}
