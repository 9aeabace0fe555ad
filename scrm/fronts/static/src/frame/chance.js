// A game of chance: the server draws, the scene shows what was drawn, the result sheet says what it means.
import { ask, newKey, NoAnswer } from "./ask.js";
import { createPending } from "./pending.js";
import { showResult } from "./result.js";

export async function playChance(page, root, { mount }, frame) {
  const buttons = root.querySelectorAll("[data-start]");
  // What the button does while a draw is shown, if the scene offers anything.
  let act = null;
  const view = mount(root.querySelector("[data-stage]"), { ...frame, begin, offer });
  const message = root.querySelector("[data-message]");
  const pending = createPending(page.slot);
  // What a page that was closed too early has left behind.
  const unanswered = pending.open();
  let chances = page.chances;
  // Of the last play: whoever tries again asks for that one, also when another tab has shown it meanwhile.
  let key = null;

  const become = (state) => (root.dataset.state = state);
  const tell = (text) => (message.textContent = text);

  /** A touch on the scene itself may start the draw too. */
  function begin() {
    if (root.dataset.state === "ready") play();
  }

  /** Lets keys and switches do with the button what a finger does on the stage: crack, scratch, catch. */
  function offer(text, does) {
    act = does;
    for (const button of buttons) button.textContent = text;
  }

  /** One play; a key that was `asked` under before gets the answer of a play that may have been drawn already. */
  async function play(asked = newKey()) {
    if (root.dataset.state === "drawing") return;
    key = asked;
    become("drawing");
    tell("");
    pending.keep(key);
    view.start();
    let drawn;
    try {
      drawn = await ask(page.urls.plays, { key, onWait: () => tell(page.labels.waiting) });
    } catch (failure) {
      offer(page.texts.start, null);
      view.rest();
      // Whoever was signed out meanwhile can sign in again, and is shown then what was drawn.
      if (failure instanceof NoAnswer || failure.status === 401) {
        become("lost");
        return tell(failure instanceof NoAnswer ? page.labels.offline : failure.message);
      }
      pending.settle();
      ready();
      return tell(failure.message);
    }
    // A prize that was added since the page was loaded stands nowhere in its picture; a page that was loaded for this
    // draw is as new as can be, and only tells of it.
    const isKnown = page.prizes.some(({ no }) => no === drawn.prize.no);
    if (!isKnown && key !== unanswered && pending.open() === key) return location.reload();
    tell("");
    chances = drawn.chances_left;
    if (page.allowed !== null && !drawn.replayed) page.allowed -= 1;
    try {
      if (isKnown) await view.land(drawn);
      else view.rest();
    } finally {
      // Not before it was seen; another tab may be asking for the next one by now.
      if (pending.open() === key) pending.settle();
    }
    offer(page.texts.start, null);
    become("result");
    showResult(root, page, drawn, frame);
  }

  function ready() {
    become(chances > 0 ? "ready" : "spent");
    for (const counter of root.querySelectorAll("[data-chances]")) counter.textContent = chances;
    // Where another chance could not be played, one is not sent to earn it.
    const earn = root.querySelector("[data-earn]");
    if (earn) earn.hidden = page.allowed === 0;
    root.querySelector("[data-back]").hidden = Boolean(earn) && !earn.hidden;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => (root.dataset.state === "drawing" ? act?.() : play()));
  }
  root.querySelector("[data-retry]").addEventListener("click", () => play(key));
  document.querySelector("[data-again]").addEventListener("click", () => play());
  document.getElementById("result").addEventListener("close", () => root.dataset.state === "result" && ready());

  ready();
  if (unanswered) play(unanswered);
}
