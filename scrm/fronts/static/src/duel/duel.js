// A live duel on the page of a game: meeting, the countdown, the other one's progress, and the verdict.
import { fill } from "../frame/result.js";
import { createLine } from "./line.js";
import { createMemory } from "./memory.js";
import { createRival } from "./rival.js";
import { createStream } from "./stream.js";

// Beside what is told at once: a look now and then finds what a broken line has swallowed, and keeps a seat warm.
const LOOKS_EVERY = 7000;
const MEETING = new Set(["alone", "ready", "starting"]);

/**
 * @param {{rules: object, view: object, become: (state: string) => void, tell: (text: string) => void,
 * written: (score: number) => string, start: () => void}} game what the frame of a game of skill lends; `start` does what
 * its button does
 */
export function createDuel(page, root, { rules, view, become, tell, written, start }) {
  const { labels } = page.duel;
  const sheet = document.getElementById("result");
  let seen = null; // the duel as the server told it last
  let begin = null; // once the player is ready: lets the round begin
  let starts = 0; // the moment at which it begins, on the clock of the page
  let counting = false;
  let handedIn = false;
  let rival = null;
  let stream = null;

  const line = createLine(page.duel, {
    onNews: look,
    onInputs: (batch) => rival?.take(batch),
    onDown: () => MEETING.has(root.dataset.state) && tell(labels.offline),
  });
  const memory = createMemory(page, line);
  const named = (text) => text.replace("{}", seen?.theirs?.name ?? "");

  async function look() {
    // A round that is being played has no time for looking; what was missed of it is asked for by itself.
    stream?.send();
    rival?.catchUp();
    take(await line.say("duel_look").catch(() => null));
  }

  function take(told) {
    if (!told) return;
    if (told.error) return told.error.key === "too_fast" || told.error.key === "unavailable" ? null : refuse();
    seen = told;
    starts = performance.now() + told.starts_in_ms;
    showSeats();
    if (handedIn) return showVerdict();
    if (counting || !MEETING.has(root.dataset.state)) return;
    if (told.state === "running" && told.mine.score === null && !told.mine.gone) return begin ? count() : start();
    if (told.state !== "waiting") return standBy();
    if (!told.theirs) {
      become("alone");
      return tell(root.querySelector(".duel-code") ? labels.alone : labels.searching);
    }
    if (begin && !told.mine.ready) return announce();
    become(begin ? "starting" : "ready");
    tell(named(begin ? labels.ready : labels.both));
  }

  async function announce() {
    take(await line.say("duel_ready").catch(() => null));
  }

  /** Counts down to the moment that the server named, so that both begin together; behind it one is there at once. */
  function count() {
    counting = true;
    become("counting");
    const next = () => {
      const left = Math.ceil((starts - performance.now()) / 1000);
      tell(left > 0 ? String(left) : "");
      if (left > 0) return setTimeout(next, 100);
      enter();
    };
    next();
  }

  /** Goes on where the round was left; the time that was missed passes in it as it did for the other one. */
  async function enter() {
    const { round: id, seed } = seen;
    const { config } = page;
    const mine = await memory.recall(id, rules, config, seed, seen.mine.seq > 0);
    rival = createRival(root, rules, view, line, { config, seed });
    rival.catchUp().then(() => rival.leap(mine.tick));
    stream = createStream(line, seen.mine.seq);
    stream.note(mine);
    const keep = () => memory.keep(id, mine);
    addEventListener("pagehide", keep);
    const ghost = {
      round: rival.round,
      step() {
        if (stream.note(mine)) keep();
        rival.step(mine);
      },
      show: rival.show,
      leave() {
        removeEventListener("pagehide", keep);
        memory.settle();
        rival.leave();
      },
    };
    begin({ round: id, seed, config, mine, began: starts, rival: ghost });
  }

  function showSeats() {
    const places = { mine: seen.mine, theirs: seen.theirs };
    for (const [name, seat] of Object.entries(places)) {
      const place = root.querySelector(`[data-seat="${name}"]`);
      place.dataset.is = seat?.ready ? "ready" : seat ? "here" : "empty";
    }
    const name = seen.theirs?.name ?? "?";
    root.querySelector('[data-seat="theirs"]').textContent = name;
    root.querySelector("[data-rival-name]").textContent = name;
  }

  /** Who has won, why one of the two could not, and whether the other one wants more. */
  function verdict() {
    if (!seen.outcome) return named(labels.pending);
    const { mine, theirs } = seen;
    const parts = [labels[seen.outcome], labels.mine[mine.gone], labels.theirs[theirs?.gone], seen.rematch && labels.rematch];
    return parts.filter(Boolean).map(named).join(" · ");
  }

  function showVerdict() {
    const score = seen.theirs?.score ?? null;
    const slots = { outcome: verdict(), rival: seen.theirs?.name, rival_score: score === null ? "–" : written(score) };
    fill(sheet, slots, { settled: seen.outcome !== null });
    sheet.dataset.outcome = seen.outcome ?? "pending";
    if (root.dataset.state === "gone") tell(verdict());
  }

  /** There is nothing to play here (any more): one has, or somebody left before it began. */
  function standBy() {
    handedIn = Boolean(seen.seed);
    leaveRoom(handedIn ? verdict() : named(whyNot()));
  }

  /** Why nothing came of it before it began. */
  function whyNot() {
    const { mine, theirs } = seen;
    if (mine.gone === "absent") return labels.mine.absent;
    if (theirs?.gone === "absent") return labels.theirs.absent;
    return theirs && !mine.gone ? labels.gone : labels.closed;
  }

  function leaveRoom(text) {
    become("gone");
    tell(text);
  }

  function refuse() {
    if (MEETING.has(root.dataset.state)) leaveRoom(labels.refused);
  }

  root.querySelector("[data-leave]").addEventListener("click", () => line.say("duel_leave").catch(() => null));
  setInterval(() => (MEETING.has(root.dataset.state) || (handedIn && !seen?.rematch)) && look(), LOOKS_EVERY);

  return {
    /** The player is ready; resolves when the round begins, to what the frame plays. */
    start() {
      become("starting");
      return new Promise((resolve) => {
        begin = resolve;
        if (seen?.state === "running") count();
        else announce();
      });
    },
    /** The server has counted the player's round. */
    result(told) {
      handedIn = true;
      seen = told;
      showVerdict();
    },
    /** Behind the result: this duel is over for this phone. */
    rest: () => leaveRoom(seen ? verdict() : ""),
  };
}
