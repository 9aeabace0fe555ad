// A game that asks: the server hands out one question after the other, and judges each answer when it comes.
import { ask, newKey, NoAnswer } from "./ask.js";
import { fitCanvas } from "./canvas.js";
import { createSending } from "./sending.js";

// The states in which a round can be started: a key that stays down presses the button again and again.
const IDLE = new Set(["ready", "result"]);

export async function playAsked(page, root, { mount }, frame) {
  const stage = root.querySelector("[data-stage]");
  const message = root.querySelector("[data-message]");
  const startButton = root.querySelector("[data-start]");
  const retryButton = root.querySelector("[data-retry]");
  const view = mount(stage, { ...frame, fitCanvas });

  const become = (state) => {
    root.dataset.state = state;
    startButton.setAttribute("aria-busy", String(state === "starting"));
  };
  const tell = (text) => (message.textContent = text);

  async function start() {
    if (!IDLE.has(root.dataset.state)) return;
    become("starting");
    tell("");
    try {
      const given = await ask(page.urls.rounds, { key: newKey(), onWait: () => tell(page.labels.waiting) });
      tell("");
      become("playing");
      await questions(given.round);
      sending.hand({ url: page.urls.result.replace("ROUND", given.round), key: newKey(), body: { inputs: "" } }, 0);
    } catch (failure) {
      become("ready");
      view.rest();
      tell(failure instanceof NoAnswer ? page.labels.offline : failure.message);
    }
  }

  async function questions(round) {
    const address = page.urls.questions.replace("ROUND", round);
    for (let no = 1, isLast = false; !isLast; no++) {
      const url = address.replace("NO", no);
      const question = await insist(url, {});
      const choice = await view.pose(question);
      const judged = await insist(`${url}/answer`, { choice });
      await view.judge(judged);
      isLast = judged.is_last;
    }
  }

  /** Asks until there is an answer; where the connection stays away, whoever plays says when to try again. */
  async function insist(url, body) {
    const key = newKey();
    for (;;) {
      try {
        return await ask(url, { key, body, onWait: () => view.wait(page.labels.waiting) });
      } catch (failure) {
        if (!(failure instanceof NoAnswer)) throw failure;
      } finally {
        view.wait("");
      }
      become("lost");
      tell(page.labels.offline);
      await new Promise((go) => retryButton.addEventListener("click", go, { once: true }));
      tell("");
      become("playing");
    }
  }

  startButton.addEventListener("click", start);
  document.querySelector("[data-again]").addEventListener("click", start);

  const sending = createSending(page, root, frame, { become, tell, rest: view.rest });
  become("ready");
  view.rest();
  sending.resume();
}
