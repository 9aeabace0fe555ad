// A card that turns over and shows what was drawn.

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, { config, prizes, pictures, calm, sound }) {
  const card = document.createElement("div");
  card.className = "card-to-turn";
  stage.replaceChildren(card);
  const turned = [{ transform: "rotateY(0)" }, { transform: "rotateY(180deg)" }, { transform: "rotateY(360deg)" }];
  let spinning = null;
  let shown = null;
  // The number of the prize that stands in the picture; tests hold it against the server's answer.
  stage.shows = () => shown;

  return {
    /** The member pressed the button; the draw is on its way. */
    start() {
      card.replaceChildren(pictures.back ?? "?");
      if (!calm) spinning = card.animate(turned, { duration: config.seconds * 1000, iterations: Infinity });
    },
    /** Shows what was drawn; resolves when it has been seen. */
    async land({ prize }) {
      if (!calm) await new Promise((done) => setTimeout(done, config.seconds * 1000));
      spinning?.cancel();
      card.textContent = prizes.find(({ no }) => no === prize.no).name;
      shown = prize.no;
      sound("tick");
    },
    /** No draw came. */
    rest() {
      spinning?.cancel();
    },
  };
}
