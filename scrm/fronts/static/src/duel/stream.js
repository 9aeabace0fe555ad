// One's own inputs on their way to the other phone, in small batches that are sent until they are acknowledged.
const TICKS_OF_A_BATCH = 12;
const AGAIN_AFTER = 600;
// What will not change by sending again.
const FINAL = new Set(["duel_not_running", "duel_of_others", "duel_batch_junk", "duel_unknown"]);

/** @param {number} stored how many batches the server has already, from before the page was loaded anew */
export function createStream(line, stored) {
  const batches = [];
  let events = 0; // of the round, that are in a batch already
  let tick = 0; // up to which there are batches
  let busy = false;
  let ended = false;

  async function send() {
    if (busy || ended) return;
    busy = true;
    try {
      while (stored < batches.length && !ended) {
        const answer = await line.say("duel_inputs", batches[stored]);
        if (answer.error && FINAL.has(answer.error.key)) ended = true;
        else if (answer.error) throw new Error(answer.error.key);
        // The server says what it has: after a gap it is less than what was sent.
        else stored = Math.min(answer.seq, batches.length);
      }
    } catch {
      setTimeout(send, AGAIN_AFTER);
    } finally {
      busy = false;
    }
  }

  return {
    send,
    /**
     * Takes what was done in `round` since the last batch, every fifth of a second and at its end; whether that was
     * something. Batches begin at the same ticks each time, so that a page that was loaded anew makes the same ones.
     */
    note(round) {
      const before = batches.length;
      while (tick < round.tick && (round.tick - tick >= TICKS_OF_A_BATCH || round.over)) {
        const from = events;
        tick = Math.min(tick + TICKS_OF_A_BATCH, round.tick);
        while (events < round.events.length && round.events[events][0] < tick) events += 1;
        batches.push({ seq: batches.length + 1, tick, events: round.events.slice(from, events) });
      }
      if (batches.length === before) return false;
      send();
      return true;
    },
  };
}
