// A round stands still when somebody asks for it or goes away, and goes on after a count of three.
import { openSheet } from "./result.js";

const COUNTED_FROM = 3;
const EACH = 700; // milliseconds
// Whoever has a mouse and leaves the window is gone; phones tell of that otherwise, and say so at every small thing.
const DESKTOP = "(hover: hover) and (pointer: fine)";

/**
 * @param {{become: (state: string) => void, tell: (text: string) => void, stop: () => void, goOn: () => void,
 * giveUp: () => void}} flow `giveUp` is for a round that has stood still for so long that it cannot count any more
 */
export function createPauses(root, { become, tell, stop, goOn, giveUp }) {
  let made = 0;
  let until = null; // when the result has to be there, by this phone's clock; null if nobody waits for it
  let counting = 0;

  /** Also in the countdown, whose picture would else be seen for as long as one likes. */
  const canPause = () => root.dataset.state === "playing" || root.dataset.state === "counting";

  function pause() {
    if (!canPause()) return;
    if (root.dataset.state === "playing") stop();
    clearTimeout(counting);
    made += 1;
    tell("");
    become("paused");
    openSheet("pause");
  }

  /** Not at once, so that nobody is thrown back into the middle of it. */
  function resume() {
    if (root.dataset.state !== "paused") return;
    if (until && Date.now() > until) return giveUp();
    become("counting");
    count(COUNTED_FROM);
  }

  function count(left) {
    tell(left > 0 ? String(left) : "");
    if (left > 0) counting = setTimeout(count, EACH, left - 1);
    else goOn();
  }

  function escape(event) {
    if (event.code !== "Escape" || event.repeat || !canPause()) return;
    // The browser would take it for the wish to close the sheet that has just come up.
    event.preventDefault();
    pause();
  }

  root.querySelector("[data-pause]").addEventListener("click", pause);
  // Whoever closes the rules finds the sheet of the pause below them.
  root.querySelector('[data-sheet="odds"]').addEventListener("click", pause);
  document.getElementById("pause").addEventListener("close", resume);
  document.addEventListener("visibilitychange", () => document.hidden && pause());
  addEventListener("keydown", escape);
  // In a frame of another page (the playground, the editor) the window is left with every look beside it.
  if (self === top) addEventListener("blur", () => matchMedia(DESKTOP).matches && pause());

  return {
    /** How often this round has stood still; the server is told. */
    get made() {
      return made;
    },
    /** A round begins, whose result counts for so many `seconds`; whoever has left meanwhile finds it standing still. */
    begin(seconds) {
      made = 0;
      until = seconds ? Date.now() + seconds * 1000 : null;
      if (document.hidden) pause();
    },
    get until() {
      return until;
    },
  };
}
