// What was played of a duel so far outlives the page: whoever loads it anew goes on instead of beginning again.
import { decode, encode, fromText, toText } from "@kernel/log.js";
import { Playback, RecordedRound } from "@kernel/round.js";
import { createPending } from "../frame/pending.js";

/** @param {object} page the page's `slot`, its game's `actions`, and of each how many values it has in `duel.actions` */
export function createMemory({ slot, actions, duel }, line) {
  const kept = createPending(`${slot}:duel`);

  /** What the server has of it: on another phone, or where nothing may be stored. A fifth of a second may be missing. */
  async function relayed() {
    const { batches = [] } = await line.say("duel_since", { seq: 0, own: true }).catch(() => ({}));
    return { ticks: batches.at(-1)?.tick ?? 0, events: batches.flatMap(({ events }) => events) };
  }

  return {
    keep(id, { tick, events }) {
      kept.keep({ round: id, inputs: toText(encode({ ticks: tick, events }, actions)) });
    },
    settle: kept.settle,
    /** The round `id` as far as it was played; a new one, if that is not at all. */
    async recall(id, rules, config, seed, wasSent) {
      const round = new RecordedRound(rules, config, seed);
      const own = kept.open();
      const known = own?.round === id ? decode(fromText(own.inputs), duel.actions) : wasSent ? await relayed() : null;
      if (!known) return round;
      const playback = new Playback(known.events);
      while (round.tick < known.ticks && !round.over) round.step(playback.take(round.tick));
      return round;
    },
  };
}
