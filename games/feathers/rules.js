// The rules of catching feathers. Where a feather is follows from when it set off, so that nothing is moved tick by
// tick but the basket; a feather is looked at only while it passes the basket's rim. Whole numbers; 60 ticks a second.
import { tell } from "@kernel/news.js";
import { draw, generator } from "@kernel/random.js";

const SECOND = 60;
export const WIDTH = 1000;
const EDGE = 70; // nothing falls closer to the edge than this
const WALL = 50; // and the basket comes no closer

// The basket follows the finger quickly, but not at once.
const QUICKEST = 46;
const KEY_PACE = 17;
export const HALF_BASKET = 92;
const WIDE_BASKET = 138;

/** For so many ticks a thing can be caught while it passes the rim; below, it is lost. */
const RIM = 9;
const LOOKS = 3; // ticks from one look at it to the next
const LATEST = 30;
const NEVER = 1000000;

const DIFFICULTY = {
  easy: { every: [50, 25], fall: [215, 140], icicles: 6, sway: 90, gust: 2, grace: 14 },
  normal: { every: [42, 17], fall: [185, 105], icicles: 11, sway: 130, gust: 3, grace: 6 },
  hard: { every: [36, 13], fall: [160, 84], icicles: 18, sway: 165, gust: 4, grace: 0 },
};

const POINTS = { feather: 10, gold: 30, glow: 10 };
/** The streak from which each multiplier counts. */
export const STEPS = [0, 8, 20, 36, 56];
const PLACE = 9; // places in the basket closer than this are one
const NEAR = 45; // an icicle that misses by less than this was dodged
const DODGED = 15;
const FROZEN = 48;
const HANGS = 46; // ticks for which an icicle trembles before it falls
const ICICLE_FALL = 38;
// At least so many ticks from one gust to the next, and up to so many more.
const GUST_EVERY = [300, 180];
const GUST_LASTS = 130;
/** So many catches fill the warmth; then it rains gold for a while. */
export const WARMTH = 26;
const GLOW_LASTS = 6 * SECOND;

export function init(config, seed) {
  const chance = generator(seed);
  const way = DIFFICULTY[config.difficulty];
  return {
    chance,
    way,
    // The tick from which nothing new sets off, so that everything is down when the time is up.
    last: config.seconds * SECOND - way.fall[1] - LATEST,
    tick: 0,
    x: WIDTH >> 1,
    wanted: WIDTH >> 1,
    going: 0,
    frozenUntil: 0,
    falling: [],
    next: 40, // the tick at which the next thing sets off
    look: NEVER, // the tick from which one of them is at the rim
    name: 0, // counts what fell, so that a picture can tell one from another
    wind: 0,
    drift: 0, // how far the wind has carried a feather that fell since the beginning
    gustAt: GUST_EVERY[0] + draw(chance, 120), // when it begins or began
    gust: 0, // its strength
    streak: 0,
    longest: 0,
    warmth: 0,
    glowUntil: 0,
    points: 0,
    caught: 0,
    lost: 0,
    places: {}, // how often things were caught at each place of the basket
    news: [], // feather, gold, glow, miss, hit, dodge, shatter, level, warm, dim, gust: see tell()
    told: 0,
  };
}

export function step(state, actions) {
  const { tick } = state;
  for (let n = 0; n < actions.length; n++) steer(state, actions[n]);
  // Most ticks bring nothing but a moving basket; each of these asks no more than whether its moment has come.
  if (state.x !== state.wanted || state.going) moveBasket(state);
  if (tick >= state.gustAt) blow(state);
  if (tick >= state.next) letFall(state);
  if (tick >= state.look) pass(state);
  if (tick === state.glowUntil) tell(state, "dim");
  state.tick = tick + 1;
}

function steer(state, [what, value]) {
  state.going = what === "go" ? value : 0;
  if (what === "reach") state.wanted = clamp(value, WALL, WIDTH - WALL);
  else if (!value) state.wanted = state.x;
}

function moveBasket(state) {
  if (state.tick < state.frozenUntil) return;
  if (state.going) {
    state.x = clamp(state.x + state.going * KEY_PACE, WALL, WIDTH - WALL);
    state.wanted = state.x;
    return;
  }
  // Half of the way at each tick, so that it comes to rest under the finger.
  const far = state.wanted - state.x;
  const half = far > 0 ? (far + 1) >> 1 : -((1 - far) >> 1);
  state.x += half > QUICKEST ? QUICKEST : half < -QUICKEST ? -QUICKEST : half;
}

/** Gusts swell and fade; between them the air stands still. */
function blow(state) {
  const since = state.tick - state.gustAt;
  if (since === 0) {
    state.gust = (draw(state.chance, 2) ? 1 : -1) * (state.way.gust + draw(state.chance, 2));
    tell(state, "gust", state.gust);
  } else if (since < GUST_LASTS) {
    state.wind = Math.trunc((state.gust * Math.min(since, GUST_LASTS - since, 30)) / 30);
    state.drift += state.wind;
  } else {
    state.wind = 0;
    state.gustAt = state.tick + GUST_EVERY[0] + draw(state.chance, GUST_EVERY[1]);
  }
}

/** The next thing sets off. The later, the faster, and the closer they follow each other. */
function letFall(state) {
  const { way, tick, chance } = state;
  const glowing = tick < state.glowUntil;
  const every = between(way.every, tick, state.last);
  state.next = tick + (glowing ? 13 : every - 3 + draw(chance, 7));
  if (state.next >= state.last) state.next = NEVER;
  const lot = draw(chance, 100);
  const x = EDGE + draw(chance, WIDTH - 2 * EDGE);
  const fall = between(way.fall, tick, state.last);
  if (!glowing && lot < way.icicles && tick > 6 * SECOND) {
    // It hangs over where the basket is, more or less.
    const over = clamp(state.x + draw(chance, 301) - 150, EDGE, WIDTH - EDGE);
    return add(state, {
      kind: "icicle",
      x: over,
      from: tick + HANGS,
      lands: tick + HANGS + ICICLE_FALL,
      sway: 0,
      phase: 0,
    });
  }
  const gold = lot >= 93;
  add(state, {
    kind: glowing ? "glow" : gold ? "gold" : "feather",
    x,
    from: tick,
    lands: tick + (gold && !glowing ? Math.trunc((fall * 4) / 5) : fall) + draw(chance, 15),
    sway: glowing ? 40 : way.sway - 40 + draw(chance, 80),
    phase: draw(chance, 256),
  });
}

function add(state, thing) {
  thing.name = state.name;
  thing.drift = state.drift;
  state.name += 1;
  state.falling.push(thing);
  state.look = Math.min(state.look, thing.lands);
}

/** What reaches the rim is caught, dodged or lost. */
function pass(state) {
  const { falling, tick } = state;
  state.look = NEVER;
  for (let n = falling.length - 1; n >= 0; n--) {
    const thing = falling[n];
    if (tick >= thing.lands && ends(state, thing)) falling.splice(n, 1);
    else if (thing.lands < state.look) state.look = thing.lands > tick ? thing.lands : tick + LOOKS;
  }
}

/** Whether this was the end of a thing at the rim. */
function ends(state, thing) {
  const { tick, way } = state;
  const x = xOf(state, thing, tick);
  const off = Math.abs(x - state.x);
  const half = tick < state.glowUntil ? WIDE_BASKET : HALF_BASKET;
  if (thing.kind === "icicle") {
    if (off <= half - 26) hit(state, x);
    else if (off <= half + NEAR) dodge(state, x);
    else tell(state, "shatter", x);
  } else if (off <= half + way.grace) take(state, thing, x, off);
  else if (tick >= thing.lands + RIM) lose(state, thing, x, off - half);
  else return false;
  return true;
}

function take(state, { kind }, x, off) {
  const before = multiplier(state);
  state.caught += 1;
  state.streak += 1;
  state.longest = Math.max(state.longest, state.streak);
  const factor = multiplier(state);
  const points = POINTS[kind] * factor;
  state.points += points;
  const place = Math.trunc((x - state.x + WIDTH) / PLACE);
  state.places[place] = (state.places[place] ?? 0) + 1;
  tell(state, kind, x, points, off);
  if (factor > before) tell(state, "level", x, factor);
  if (state.tick < state.glowUntil) return;
  state.warmth += kind === "gold" ? 3 : 1;
  if (state.warmth < WARMTH) return;
  state.warmth = 0;
  state.glowUntil = state.tick + GLOW_LASTS;
  tell(state, "warm", x);
}

/** A feather in the snow takes the streak back by one step; gold was a gift, and so is what falls in the glow. */
function lose(state, { kind }, x, by) {
  tell(state, "miss", x, by);
  state.lost += 1;
  if (kind !== "feather") return;
  const level = multiplier(state) - 1;
  state.streak = STEPS[Math.max(level - 1, 0)];
}

function hit(state, x) {
  state.streak = 0;
  state.warmth = Math.trunc(state.warmth / 2);
  state.frozenUntil = state.tick + FROZEN;
  tell(state, "hit", x);
}

function dodge(state, x) {
  state.points += DODGED;
  tell(state, "dodge", x, DODGED);
}

/** What each catch counts: 1 to 5. */
export function multiplier({ streak }) {
  let level = STEPS.length;
  while (streak < STEPS[level - 1]) level -= 1;
  return level;
}

/** Where a thing is at a tick, across. */
export function xOf(state, thing, tick) {
  if (!thing.sway) return thing.x;
  const carried =
    thing.x + state.drift - thing.drift + Math.trunc((thing.sway * wave(thing.phase + (tick - thing.from) * 2)) / 4096);
  // Whatever would leave at one edge comes back from it.
  if (carried < EDGE) return Math.min(2 * EDGE - carried, WIDTH - EDGE);
  if (carried > WIDTH - EDGE) return Math.max(2 * (WIDTH - EDGE) - carried, EDGE);
  return carried;
}

/** Swings between -4096 and 4096 in 256 steps, as round as whole numbers need. */
function wave(phase) {
  const at = phase & 255;
  return at < 128 ? at * (128 - at) : (at - 128) * (at - 256);
}

export function over(state) {
  return state.tick >= state.last && !state.falling.length;
}

/** The points; among equal ones the longest streak. */
export function score({ points, longest }) {
  return { value: points, tie: longest };
}

/** No finger runs under each feather so exactly that most of them fall onto one and the same place of the basket. */
export function flags({ caught, places }) {
  const most = Math.max(...Object.values(places));
  return caught >= 24 && most * 20 >= caught * 7 + 100 ? ["inhuman_regularity"] : [];
}

/** From the first number to the second as the round goes on. */
function between([first, second], tick, last) {
  return first - Math.trunc(((first - second) * Math.min(tick, last)) / last);
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
