// A ghost race: somebody's recorded round, stepped beside the player's own by the same rules on the same seed.
import { decode, fromText } from "@kernel/log.js";
import { Playback, Round } from "@kernel/round.js";

// The words change a few times a second, so that they can be read; the marks move with every frame.
const WORDS_EVERY = 160;

/**
 * @param {object} page `page.ghost` tells who it is: name, written score, and the game's actions
 * @param {{config: object, seed: string, ghost: string}} given what the server answered when the race began
 */
export function createGhost(root, rules, view, page, { config, seed, ghost }) {
  const { events } = decode(fromText(ghost), page.ghost.actions);
  const round = new Round(rules, config, seed);
  const playback = new Playback(events);
  const strip = createStrip(root, view, page.ghost.value);

  return {
    round,
    /** Lets a tick pass for the ghost too; behind its own end it waits. */
    step() {
      if (!round.over) round.step(playback.take(round.tick));
    },
    show: (mine) => strip.show(mine, round),
    leave: () => strip.hide(),
  };
}

/**
 * A line above the game with two marks: how far the player is, and how far the other one.
 * @param {number} best the score that will be reached, where it is known; else the marks grow with the scores
 */
export function createStrip(root, view, best) {
  const strip = root.querySelector("[data-ghost]");
  const [mine, theirs, words] = ["mine", "theirs", "words"].map((name) => strip.querySelector(`[data-${name}]`));
  let told = 0;
  strip.hidden = false;

  const place = (mark, share) => (mark.style.transform = `translateX(${Math.min(Math.max(share, 0), 1) * 100}%)`);

  return {
    show(round, rival) {
      const [own, other] = progressOf(view, round, rival, best);
      place(mine, own);
      place(theirs, other);
      strip.dataset.lead = own > other ? "mine" : own < other ? "theirs" : "nobody";
      const now = performance.now();
      if (now - told < WORDS_EVERY) return;
      told = now;
      words.textContent = view.progress ? "" : difference(round.score().value - rival.score().value);
    },
    hide: () => (strip.hidden = true),
  };
}

/** How far both are, from 0 to 1: by what the scene calls progress, else by their scores so far. */
function progressOf(view, round, rival, best) {
  if (view.progress) return [view.progress(round.state), view.progress(rival.state)];
  const [own, other] = [round.score().value, rival.score().value];
  const most = Math.max(own, other, best, 1);
  return [own / most, other / most];
}

function difference(points) {
  if (points === 0) return "±0";
  return points > 0 ? `+${points}` : `−${-points}`;
}
