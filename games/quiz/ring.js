// The ring around the seconds that are left.
const LENGTH = 100;

/** @param {HTMLElement} place where it hangs */
export function createRing(place, calm) {
  place.innerHTML = `<svg viewBox="0 0 60 60" aria-hidden="true"><circle class="track" cx="30" cy="30" r="25"/>
    <circle class="run" cx="30" cy="30" r="25" pathLength="${LENGTH}" stroke-dasharray="${LENGTH}"/></svg><b role="timer"></b>`;
  const run = place.querySelector(".run");
  const digits = place.querySelector("b");
  let turning = null;
  let ticking = 0;

  function stop() {
    turning?.pause();
    clearInterval(ticking);
  }

  return {
    stop,
    /** Stands still with `share` of it left. */
    stand(share) {
      turning?.cancel();
      run.setAttribute("stroke-dashoffset", LENGTH * (1 - share));
      digits.textContent = "";
    },
    /** Runs out in `left` of `limit` milliseconds; `onSecond` hears each second that is left. */
    run(left, limit, { onSecond, onEnd }) {
      stop();
      const ends = performance.now() + left;
      const from = LENGTH * (1 - left / limit);
      const timing = { duration: Math.max(left, 1), fill: "forwards", easing: calm ? "steps(10)" : "linear" };
      turning?.cancel();
      turning = run.animate([{ strokeDashoffset: from }, { strokeDashoffset: LENGTH }], timing);
      let shown = null;
      const look = () => {
        const seconds = Math.max(Math.ceil((ends - performance.now()) / 1000), 0);
        if (seconds === shown) return;
        shown = seconds;
        digits.textContent = seconds;
        place.dataset.hurry = String(seconds <= 3);
        if (seconds > 0) return onSecond(seconds);
        stop();
        onEnd();
      };
      ticking = setInterval(look, 100);
      look();
    },
  };
}
