// The loop of what turns: a draw may come early or late, fail, or be asked for again while the last one still runs out.
import { createSpin } from "./spin.js";

/**
 * @param {{cruise: number, gather: number, round: number}} motion
 * @param {(position: number) => void} show called for each frame
 * @param {() => void} idle called when it has run out without a draw
 */
export function createTurning(motion, show, idle) {
  const now = () => performance.now() / 1000;
  let position = 0;
  let spin = null;
  let handle = 0;
  let goal = null;
  let again = false; // asked for while it still ran out: it begins when it has come to rest, so that no speed jumps

  function begin() {
    spin = createSpin(position % motion.round, motion);
    spin.start(now());
    if (goal) spin.land(goal.target, goal.turns, now());
    handle = requestAnimationFrame(frame);
  }

  function frame(at) {
    const time = at / 1000;
    position = spin.at(time);
    show(position);
    if (spin.rests(time)) halt();
    else handle = requestAnimationFrame(frame);
  }

  function halt() {
    handle = 0;
    if (again) {
      again = false;
      return begin();
    }
    if (goal) goal.done();
    else idle();
    goal = null;
  }

  return {
    start() {
      if (handle) again = true;
      else begin();
    },
    /** Resolves when it stands at `target`, after at least `turns` more turns. */
    land(target, turns) {
      return new Promise((done) => {
        goal = { target, turns, done };
        if (!again) spin.land(target, turns, now());
      });
    },
    /** No draw came: it runs out where it happens to be. */
    rest() {
      if (again) again = false;
      else if (handle) spin.land(position, 1, now());
    },
    /** Stands at `target` at once. */
    set(target) {
      position = target;
      show(position);
    },
  };
}
