// The other one's round, stepped beside one's own by what has arrived of their inputs.
import { Playback, Round } from "@kernel/round.js";
import { createStrip } from "../frame/ghost.js";

// After a stutter of the line the other one catches up quickly, but visibly.
const MOST_TICKS_AT_ONCE = 6;

export function createRival(root, rules, view, line, { config, seed }) {
  const round = new Round(rules, config, seed);
  const strip = createStrip(root, view, 0);
  const events = [];
  const playback = new Playback(events);
  let seq = 0;
  let known = 0; // up to which tick their inputs are here

  async function catchUp() {
    const answer = await line.say("duel_since", { seq }).catch(() => ({}));
    for (const batch of answer.batches ?? []) if (batch.seq === seq + 1) add(batch);
  }

  function add(batch) {
    seq = batch.seq;
    known = batch.tick;
    events.push(...batch.events);
  }

  return {
    round,
    catchUp,
    /** Leaps to `tick`, as far as their inputs are here: nobody wants to see again what was missed. */
    leap(tick) {
      while (round.tick < Math.min(known, tick) && !round.over) round.step(playback.take(round.tick));
    },
    take(batch) {
      if (batch.seq === seq + 1) add(batch);
      else if (batch.seq > seq) catchUp();
    },
    step(mine) {
      const until = Math.min(known, mine.tick);
      for (let n = 0; n < MOST_TICKS_AT_ONCE && round.tick < until && !round.over; n++) {
        round.step(playback.take(round.tick));
      }
    },
    show: (mine) => strip.show(mine, round),
    leave: () => strip.hide(),
  };
}
