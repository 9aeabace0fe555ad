// Hands in a round and shows what came of it; what could not be sent yet outlives the page.
import { ask, NoAnswer } from "./ask.js";
import { createPending } from "./pending.js";
import { showResult } from "./result.js";

/**
 * @param {{become: (state: string) => void, tell: (text: string) => void, rest: () => void,
 * onResult?: (result: object) => void}} flow `rest` shows the game as before a round
 */
export function createSending(page, root, frame, { become, tell, rest, onResult = () => {} }) {
  // A room sends what was played in it, and nothing else: what waits from the campaign's own page waits for that one.
  const pending = createPending(page.duel ? `${page.slot}:${page.duel.id}` : page.slot);

  async function send(question) {
    become("sending");
    tell(page.labels.sending);
    let result;
    try {
      result = await ask(question.url, { ...question, onWait: () => tell(page.labels.waiting) });
    } catch (failure) {
      // Whoever was signed out meanwhile can sign in again; that is no judgement of the round.
      const kept = failure instanceof NoAnswer || failure.status === 401;
      if (kept) {
        become("lost");
        return tell(failure instanceof NoAnswer ? offline(question.until) : failure.message);
      }
      pending.settle();
      become("ready");
      rest();
      return tell(page.labels.refused.replace("{}", failure.message));
    }
    pending.settle();
    tell("");
    become("result");
    const race = result.race && { ...result.race, written: written(result.race.score) };
    const texts = { written: written(result.score.value), best_written: written(result.best) };
    showResult(root, page, { ...result, ...texts, race }, frame);
    onResult(result);
  }

  /** There is no connection; what was played waits here, but not for ever. */
  function offline(until) {
    if (!until) return page.labels.offline;
    const time = new Date(until).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    return page.labels.kept.replace("{}", time);
  }

  /** A score as people read it: times in seconds, rounded up to the hundredth as in athletics. */
  function written(value) {
    return page.scoring.unit === "ms" ? (Math.ceil(value / 10) / 100).toFixed(2) : String(value);
  }

  root.querySelector("[data-retry]").addEventListener("click", () => pending.open() && send(pending.open()));
  document.getElementById("result").addEventListener("close", () => {
    if (root.dataset.state !== "result") return;
    become("ready");
    rest();
  });

  return {
    written,
    /** Keeps the question until it is answered, and asks it after `wait` milliseconds; `until` says when it is too late. */
    hand(question, wait) {
      pending.keep(question);
      setTimeout(() => send(question), wait);
    },
    /** What a page that was closed too early has left behind. */
    resume() {
      const unanswered = pending.open();
      if (unanswered) send(unanswered);
    },
  };
}
