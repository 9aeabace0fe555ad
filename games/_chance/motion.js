// Time in the games of chance: waiting, and moving something from here to there.

/** How a movement spreads over its time; each goes from 0 to 1. */
export const ease = {
  line: (part) => part,
  out: (part) => 1 - (1 - part) ** 3,
  inOut: (part) => (part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2),
  /** Goes a little too far and comes back. */
  back: (part) => 1 + 2.7 * (part - 1) ** 3 + 1.7 * (part - 1) ** 2,
};

export function wait(milliseconds) {
  return new Promise((go) => setTimeout(go, milliseconds));
}

/** Calls `show` with 0 to 1 for each frame; resolves at the end. */
export function tween(milliseconds, show, curve = ease.out) {
  const began = performance.now();
  return new Promise((done) => {
    requestAnimationFrame(function frame(now) {
      const part = Math.min(Math.max((now - began) / milliseconds, 0), 1);
      show(curve(part));
      if (part < 1) requestAnimationFrame(frame);
      else done();
    });
  });
}

/**
 * A movement of the browser's own, on its compositor where that can be. Resolves at its end, and also if it is
 * cancelled: who waits for a picture must never wait for ever.
 */
export function animate(element, keyframes, options) {
  return element.animate(keyframes, options).finished.catch(() => {});
}
