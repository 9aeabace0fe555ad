// The ring around the seconds that are left: two halves that turn away behind their edges, and an end that leads them. So
// the phone's compositor moves all of it, and nothing is painted anew while time runs out.

/** @param {HTMLElement} place where it hangs */
export function createRing(place, calm) {
  place.innerHTML = `<span class="half left"><i></i></span><span class="half right"><i></i></span><i class="end"></i>
    <i class="end last"></i><b role="timer"></b>`;
  const parts = [".left i", ".right i", ".last"].map((name) => place.querySelector(name));
  const digits = place.querySelector("b");
  let turning = [];
  let ticking = 0;

  function stop() {
    for (const each of turning) each.pause();
    clearInterval(ticking);
  }

  return {
    stop,
    /** Stands still with `share` of it left. */
    stand(share) {
      for (const each of turning) each.cancel();
      turnsAt(share).forEach((turn, n) => (parts[n].style.transform = turn));
      digits.textContent = "";
    },
    /** Runs out in `left` of `limit` milliseconds; `onSecond` hears each second that is left. */
    run(left, limit, { onSecond, onEnd }) {
      stop();
      const ends = performance.now() + left;
      const timing = { duration: Math.max(left, 1), fill: "forwards", easing: calm ? "steps(10)" : "linear" };
      for (const each of turning) each.cancel();
      const stations = stationsFrom(left / limit);
      turning = parts.map((part, n) =>
        part.animate(stations.map(({ offset, share }) => ({ offset, transform: turnsAt(share)[n] })), timing),
      );
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

/** How the left half, the right half and the end are turned when `share` is left, which begins at the top. */
function turnsAt(share) {
  const left = Math.min(1 - share, 0.5);
  return [-left, left + share - 1, share].map((turns) => `rotate(${turns * 360}deg)`);
}

/** From `share` to nothing: the right half begins to go when the left one is gone. */
function stationsFrom(share) {
  const all = [{ offset: 0, share }, { offset: 1, share: 0 }];
  if (share > 0.5) all.splice(1, 0, { offset: (share - 0.5) / share, share: 0.5 });
  return all;
}
