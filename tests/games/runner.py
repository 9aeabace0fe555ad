"""A runner of the sprint made of script, for whoever needs a race run in a browser."""

# Watches the round as a person watches the rings, and presses keys with a person's scatter around the beat.
RUN = """
(scatter) => {
  const root = document.querySelector(".game");
  let chance = 12345;
  const next = () => ((chance = (Math.imul(chance, 1103515245) + 12345) | 0) >>> 16) / 65536;
  let aimed = null;
  let at = 0;
  const press = (foot) =>
    dispatchEvent(new KeyboardEvent("keydown", { code: foot === "left" ? "ArrowLeft" : "ArrowRight", bubbles: true }));
  const watch = () => {
    const { state } = root.round;
    if (state.phase === "done") return;
    requestAnimationFrame(watch);
    if (state.phase !== "run") return;
    const beat = state.beat < 0 ? state.gun + 12 : state.beat;
    if (beat !== aimed) {
      aimed = beat;
      at = beat + Math.round((next() + next() - 1) * scatter) - 1;
    }
    if (at >= 0 && state.tick >= at) {
      at = Infinity;
      press(state.beat < 0 ? "left" : state.foot);
    }
  };
  watch();
}
"""
