// The rules of the game, and the only place where they stand. The phone plays by them, the server replays by them:
// whole numbers only, no clock, no chance but the generator's. Sixty ticks are a second.
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";

const THROWS = 10;
const WIDTH = 1000;
const PACE = { easy: 9, normal: 14, hard: 20 };

export function init(config, seed) {
  const chance = generator(seed);
  return {
    chance,
    pace: PACE[config.difficulty],
    at: draw(chance, WIDTH), // where the marker is
    way: 1, // and where it goes
    thrown: 0,
    points: 0,
    offs: series(), // ticks by which the throws were off the middle
    tick: 0,
    news: null, // what the last throw made, for the scene: [points, tick]
  };
}

/** One tick, in which `actions` happened: an array of [action, ...values]. */
export function step(state, actions) {
  for (const [action] of actions) if (action === "throw") throwBall(state);
  state.at += state.way * state.pace;
  if (state.at <= 0 || state.at >= WIDTH) state.way = -state.way;
  state.tick += 1;
}

function throwBall(state) {
  if (over(state)) return;
  const off = Math.abs(state.at - WIDTH / 2);
  const points = Math.max(0, 100 - Math.trunc(off / 4));
  state.points += points;
  note(state.offs, Math.trunc(((state.at - WIDTH / 2) * state.way) / state.pace));
  state.thrown += 1;
  state.at = draw(state.chance, WIDTH);
  state.news = [points, state.tick];
}

export function over(state) {
  return state.thrown === THROWS || state.tick === 60 * 60;
}

/** Among equal values the greater tie leads: here, who was quicker. */
export function score(state) {
  return { value: state.points, tie: 60 * 60 - state.tick };
}

/** Hands scatter; who is off by the same each time is a machine, and no place on the leaderboard is for that. */
export function flags({ offs }) {
  return inhuman(offs, { enough: THROWS }) ? ["inhuman_regularity"] : [];
}
