// A game of skill: the server starts a round, the phone plays and records it, the server replays it and answers.
import { RecordedRound, Round } from "@kernel/round.js";
import { encode, toText } from "@kernel/log.js";
import { ask, newKey, Refusal } from "./ask.js";
import { fitCanvas } from "./canvas.js";
import { createControls } from "./controls.js";
import { createGhost } from "./ghost.js";
import { createLoop, MOST_TICKS_BEHIND } from "./loop.js";
import { createPauses } from "./pauses.js";
import { createSending } from "./sending.js";

const DEMO_SEED = "5eed5eed5eed5eed5eed5eed5eed5eed";
// Long enough to see oneself arrive before the result rises over the picture.
const SAVOUR = 1400;
// A key that stays down presses the button again and again: once a round is on its way, no other begins.
const BUSY = new Set(["loading", "starting"]);
// In which the picture of a round that is over may run on; else another one is painted.
const AFTERWARDS = new Set(["over", "sending", "lost", "result"]);

export async function playSkill(page, root, { rules, mount }, frame) {
  const stage = root.querySelector("[data-stage]");
  const message = root.querySelector("[data-message]");
  const startButton = root.querySelector("[data-start]");
  const view = mount(frame);
  const poster = stage.firstElementChild;
  const { context, keepPace } = fitCanvas(stage, view.resize);
  const controls = createControls(stage, view, (time, action) => loop.input(time, action));
  veil(stage, poster, root, view);
  let loop = null;
  let ghost = null; // whom this round is a race against: a recorded round, or somebody on another phone

  const become = (state) => {
    root.dataset.state = state;
    startButton.setAttribute("aria-busy", String(state === "starting"));
  };
  const show = (round, mode) => (between) => {
    const paint = () => view.draw(context, round, between, mode, mode === "play" ? ghost?.round : undefined);
    keepPace(paint);
    paint();
    if (mode === "play") ghost?.show(round);
  };
  const tell = (text) => (message.textContent = text);

  /** Shows how it is played, by the rules themselves, until the member wants to play. */
  function demonstrate() {
    const round = new Round(rules, page.config, DEMO_SEED);
    const step = () => round.step(view.autopilot(round.state));
    loop?.stop();
    loop = createLoop({ round, step, draw: show(round, "demo"), onOver: demonstrate });
    if (!frame.calm) return loop.start();
    while (round.tick < view.stillAt) step();
    show(round, "demo")(0);
  }

  async function start() {
    if (BUSY.has(root.dataset.state)) return;
    become("starting");
    tell("");
    if (duel) {
      const given = await duel.start();
      loop?.stop();
      return play(given);
    }
    let given;
    try {
      const body = page.ghost ? { against: page.ghost.code, link: page.ghost.link } : {};
      given = await ask(page.urls.rounds, { key: newKey(), body, onWait: () => tell(page.labels.waiting) });
    } catch (failure) {
      become("ready");
      return tell(failure instanceof Refusal ? failure.message : page.labels.offline);
    }
    loop.stop();
    tell("");
    play(given);
  }

  function play(given) {
    const { round: id, seed, config } = given;
    // Of a duel that one comes back to, a part has been played already.
    const round = given.mine ?? new RecordedRound(rules, config, seed);
    ghost = given.rival ?? (given.ghost ? createGhost(root, rules, view, page, given) : null);
    // For whoever looks over the player's shoulder: the playground and the scripted players of the tests.
    root.round = round;
    root.ghost = ghost;
    const began = Date.now();
    const step = (actions, behind) => {
      round.step(actions);
      ghost?.step(round);
      // Of what a duel went on with in one's absence one hears nothing.
      if (behind <= MOST_TICKS_BEHIND) view.feel(round, frame);
    };
    loop = createLoop({
      round,
      step,
      draw: show(round, "play"),
      onOver: () => finish(id, round, began + loop.spent),
      waits: !duel,
    });
    hear(given.began);
    pauses?.begin(given.seconds_left);
  }

  /** The round begins, or goes on. */
  function hear(began) {
    become("playing");
    stage.focus({ preventScroll: true });
    loop.start(began);
    controls.open();
  }

  /** `idleFrom` is when the round would have ended had nobody paused. */
  function finish(id, round, idleFrom) {
    controls.close();
    ghost?.leave();
    become("over");
    frame.say(sending.written(round.score().value));
    savour(round);
    const inputs = toText(encode({ ticks: round.tick, events: round.events }, page.actions));
    const body = { inputs, pauses: pauses?.made ?? 0 };
    const question = { url: page.urls.result.replace("ROUND", id), key: newKey(), body, until: pauses?.until, idleFrom };
    sending.hand(question, frame.calm ? 0 : SAVOUR);
  }

  /** Lets the picture run on behind the result: the runner slows down, the crowd cheers. */
  function savour(round) {
    const since = performance.now();
    const frameAfter = (now) => {
      if (!AFTERWARDS.has(root.dataset.state)) return;
      view.draw(context, round, Math.max(now - since, 0), "after");
      if (now - since < 4000 && !frame.calm) requestAnimationFrame(frameAfter);
    };
    requestAnimationFrame(frameAfter);
  }

  function stop() {
    controls.close();
    loop.stop();
  }

  /** The round has stood still for so long that its result would come too late. */
  function giveUp() {
    ghost?.leave();
    become("ready");
    demonstrate();
    tell(page.labels.expired);
  }

  function again() {
    become("ready");
    demonstrate();
    start();
  }

  /** Whoever presses a button with a finger or the mouse keeps the keys in the game; the keyboard goes its own way. */
  function keepKeys({ detail, target }) {
    if (detail > 0 && root.dataset.state === "playing" && target.closest("button")) stage.focus({ preventScroll: true });
  }

  startButton.addEventListener("click", start);
  root.addEventListener("click", keepKeys);
  document.querySelector("[data-again]")?.addEventListener("click", again);

  const rest = () => {
    demonstrate();
    duel?.rest();
  };
  const onResult = (result) => result.duel && duel?.result(result.duel);
  const sending = createSending(page, root, frame, { become, tell, rest, onResult });
  const { written } = sending;
  // Nobody waits in a duel.
  const pauses = page.duel ? null : createPauses(root, { become, tell, stop, goOn: hear, giveUp });
  const duel = page.duel ? await joinDuel(page, root, { rules, view, become, tell, written, start }) : null;
  become(duel ? "alone" : "ready");
  demonstrate();
  sending.resume();
}

/** Keeps the poster, behind which the game is hidden while it stands still: a pause is no time to study the picture. */
function veil(stage, poster, root, view) {
  poster.classList.add("game-veil");
  stage.append(poster);
  root.classList.toggle("veiled", Boolean(view.veiled));
}

/** Only the room of a duel loads what it takes to meet there. */
async function joinDuel(page, root, lent) {
  const { createDuel } = await import(page.duel_script);
  return createDuel(page, root, lent);
}
