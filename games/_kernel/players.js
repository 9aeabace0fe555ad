/**
 * Scripted players: what a person of some skill would do, so that difficulty can be measured and tests have hands.
 * A game's players.js exports `players`, each of them `(dice) => (state) => actions`.
 */
import { draw, generator } from "./random.js";
import { Round } from "./round.js";

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

/** A whole round of one player, with what a phone would have recorded of it. */
export function perform(rules, players, { player, luck, config, seed, most }) {
  const round = new Round(rules, config, seed);
  const act = players[player](dice(luck));
  const events = [];
  while (!round.over) {
    if (round.tick === most) throw new Error(`the round has not ended after ${most} ticks`);
    const actions = act(round.state);
    for (const action of actions) events.push([round.tick, ...action]);
    round.step(actions);
  }
  return { ticks: round.tick, events, ...round.score(), flags: round.flags() };
}
