/**
 * Scripted players: what a person of some skill would do, so that difficulty can be measured and tests have hands.
 * A game's players.js exports `players`, each of them `(dice) => (state) => actions`.
 */
import { draw, generator } from "./random.js";
import { Round } from "./round.js";

// What is read of one tick's inputs; see games/inputs.py.
const MOST_IN_A_TICK = 8;

/** The chance of one player on one day: `dice(below)` gives a whole number from 0 up to, and without, `below`. */
export function dice(luck) {
  const words = generator(luck.toString(16).padStart(32, "0"));
  return (below) => draw(words, below);
}

/** A number around 0 whose square is 1 on average, as hands scatter; twelve draws are normal enough. */
export function normal(dice) {
  let sum = -6;
  for (let drawn = 0; drawn < 12; drawn++) sum += dice(4096) / 4096;
  return sum;
}

/**
 * A whole round of one player, with what a phone would have recorded of it: a phone that draws a frame only each
 * `ticksPerFrame` hears of a press at the next of them.
 */
export function perform(rules, players, { player, luck, config, seed, most, ticksPerFrame = 1 }) {
  const round = new Round(rules, config, seed);
  const act = players[player](dice(luck));
  const events = [];
  let pressed = [];
  while (!round.over) {
    if (round.tick === most) throw new Error(`the round has not ended after ${most} ticks`);
    pressed.push(...act(round.state));
    const actions = round.tick % ticksPerFrame === 0 ? pressed.splice(0, MOST_IN_A_TICK) : [];
    for (const action of actions) events.push([round.tick, ...action]);
    round.step(actions);
  }
  return { ticks: round.tick, events, ...round.score(), flags: round.flags() };
}
