// A game of chance: the server draws, the scene shows what was drawn, the result sheet says what it means.
import { ask, newKey, NoAnswer } from "./ask.js";
import { createPending } from "./pending.js";
import { showResult } from "./result.js";

export async function playChance(page, root, { mount }, frame) {
  const view = mount(root.querySelector("[data-stage]"), frame);
  const message = root.querySelector("[data-message]");
  const pending = createPending(page.slot);
  let chances = page.chances;

  const become = (state) => (root.dataset.state = state);
  const tell = (text) => (message.textContent = text);

  /** One play; a `key` that is still open asks for the answer of a play that may have been drawn already. */
  async function play(key = newKey()) {
    if (root.dataset.state === "drawing") return;
    become("drawing");
    tell("");
    pending.keep(key);
    view.start();
    let drawn;
    try {
      drawn = await ask(page.urls.plays, { key, onWait: () => tell(page.labels.waiting) });
    } catch (failure) {
      view.rest();
      if (failure instanceof NoAnswer) {
        become("lost");
        return tell(page.labels.offline);
      }
      pending.settle();
      ready();
      return tell(failure.message);
    }
    pending.settle();
    tell("");
    chances = drawn.chances_left;
    await view.land(drawn);
    become("result");
    showResult(root, page, drawn, frame);
  }

  function ready() {
    become(chances > 0 ? "ready" : "spent");
    for (const counter of root.querySelectorAll("[data-chances]")) counter.textContent = chances;
  }

  for (const button of root.querySelectorAll("[data-start]")) button.addEventListener("click", () => play());
  root.querySelector("[data-retry]").addEventListener("click", () => play(pending.open() ?? newKey()));
  document.querySelector("[data-again]").addEventListener("click", () => play());
  document.getElementById("result").addEventListener("close", () => root.dataset.state === "result" && ready());

  ready();
  const unanswered = pending.open();
  if (unanswered) play(unanswered);
}
