// A recorded round that can be wound: forwards step by step, backwards by playing it again from the start.
import { Playback, Round } from "@kernel/round.js";

/** @param {{config: object, seed: string}} given what the round began with */
export function createFilm(rules, { config, seed }, { ticks, events }) {
  let round;
  let playback;

  const rewind = () => {
    round = new Round(rules, config, seed);
    playback = new Playback(events);
  };
  const step = (felt) => {
    round.step(playback.take(round.tick));
    felt?.(round);
  };
  rewind();

  return {
    ticks,
    get round() {
      return round;
    },
    get tick() {
      return round.tick;
    },
    get over() {
      return round.over || round.tick >= ticks;
    },
    /** Lets one tick pass; `felt`, if given, is told of it. */
    step,
    /** Goes to `tick`. A whole minute is played within a few milliseconds, so going back is starting anew. */
    seek(tick) {
      if (tick < round.tick) rewind();
      while (round.tick < Math.min(tick, ticks) && !round.over) step();
    },
  };
}
