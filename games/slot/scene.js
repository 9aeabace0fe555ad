// Three reels that come to rest one after another, by themselves or by a tap.
import { fit } from "../_chance/fit.js";
import { animate, wait } from "../_chance/motion.js";
import { createSparks } from "../_chance/sparks.js";
import { lineFor, orderOf } from "./line.js";
import { machineMarkup } from "./machine.js";
import { createReel } from "./reel.js";
import { symbolsFor } from "./symbols.js";
import { createWindow } from "./window.js";

const REELS = [0, 1, 2];
const BETWEEN = 420; // milliseconds from one reel's rest to the next one's stop
const SUSPENSE = 1500; // the same when two alike stand there, whatever the third will be
const PATIENCE = 12_000; // a member who does not stop a reel has it stopped
const SEEN = 1100;

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const { texts, config } = frame;
  const symbols = symbolsFor(frame.prizes);
  const orders = REELS.map((reel) => orderOf(reel, symbols.length));
  const { machine, canvas, words, lever, crest } = build(stage, frame);
  const view = createWindow(canvas, symbols, orders);
  // At first the prizes are seen, each reel another.
  const reels = REELS.map((reel) => createReel(orders[reel].indexOf(reel % symbols.length), symbols.length));
  const sparks = createSparks(stage, frame.calm);
  let handle = 0;
  let began = 0;
  let press = null; // ends the wait for the next reel's stop
  let without = null; // the prize that is none, once its line stands there

  fit(stage, machine, { shape: 400 / 430, most: 440, air: 6 }, view.resize);
  paint(performance.now() / 1000);
  machine.addEventListener("pointerdown", () => (press ? press() : frame.begin()));

  stage.shows = () => {
    const [first, ...others] = standing();
    return others.every((symbol) => symbol === first) ? symbols[first].no : without;
  };

  /** The symbol on the line of each reel. */
  function standing() {
    const time = performance.now() / 1000;
    return reels.map((reel, n) => orders[n][Math.round(reel.at(time)) % symbols.length]);
  }

  function paint(time) {
    view.paint(
      reels.map((reel) => reel.at(time)),
      reels.map((reel) => reel.speed(time)),
    );
  }

  function turn(now) {
    const time = now / 1000;
    paint(time);
    handle = reels.every((reel) => reel.rests(time)) ? 0 : requestAnimationFrame(turn);
  }

  function tell(text, mood) {
    words.textContent = text;
    if (mood) machine.dataset.mood = mood;
    else delete machine.dataset.mood;
  }

  /** Until the reel's own moment has come, or somebody presses. */
  function momentFor(reel, tense) {
    const own = reel === 0 ? began + config.seconds * 1000 - performance.now() : tense ? SUSPENSE : BETWEEN;
    const patience = config.stops === "member" ? PATIENCE : Math.max(own, 0);
    return Promise.race([wait(patience), new Promise((pressed) => (press = pressed))]);
  }

  async function stopAt(reel, place) {
    const symbol = orders[reel].indexOf(place);
    reels[reel].stop(symbol, performance.now() / 1000);
    while (!reels[reel].rests(performance.now() / 1000)) await wait(30);
    frame.sound("step");
    frame.buzz(18);
  }

  async function stopAll(line) {
    frame.offer(texts.stop, () => press?.());
    for (const reel of REELS) {
      const tense = reel === 2 && line[0] === line[1];
      if (tense) tell(texts.close, "close");
      await momentFor(reel, tense);
      press = null;
      await stopAt(reel, line[reel]);
    }
    frame.offer(texts.start, null);
  }

  function set(line) {
    line.forEach((place, reel) => (reels[reel] = createReel(orders[reel].indexOf(place), symbols.length)));
    paint(0);
  }

  async function celebrate(won) {
    if (frame.calm) return wait(SEEN);
    sparks.greet(...sparks.middleOf(canvas), won, frame.theme);
    frame.sound(won ? "level" : "pop");
    animate(crest, won ? JUMP : NOD, { duration: won ? 520 : 700, iterations: won ? 2 : 1, easing: "ease-in-out" });
    await wait(SEEN);
  }

  return {
    start() {
      without = null;
      tell(texts.spinning, "turning");
      if (frame.calm) return;
      animate(lever, PULL, { duration: 620, easing: "ease-in-out" });
      frame.sound("tick");
      frame.buzz(12);
      began = performance.now();
      for (const reel of reels) reel.start(began / 1000);
      if (!handle) handle = requestAnimationFrame(turn);
    },
    /** Three of the prize, or a mixed line and the kind word that stands for no prize. */
    async land({ prize }) {
      const { name } = frame.prizes.find(({ no }) => no === prize.no);
      const place = symbols.findIndex(({ no }) => no === prize.no);
      const won = place >= 0;
      const line = lineFor(won ? place : null, symbols.length, (below) => Math.floor(Math.random() * below));
      await view.ready;
      if (frame.calm) set(line);
      else await stopAll(line);
      without = won ? null : prize.no;
      tell(name, won ? "won" : null);
      await celebrate(won);
    },
    /** No draw came: the reels roll out as they stand. */
    rest() {
      tell(texts.idle, null);
      if (handle) for (const reel of reels) reel.stop(0, performance.now() / 1000);
    },
  };
}

const PULL = [{ transform: "none" }, { transform: "rotateX(0) scaleY(-0.55)", offset: 0.42 }, { transform: "none" }];
const JUMP = [
  { transform: "none" },
  { transform: "translateY(-14px) scaleY(1.06)" },
  { transform: "translateY(2px) scaleY(0.95)" },
  { transform: "none" },
];
const NOD = [
  { transform: "none" },
  { transform: "rotate(-5deg)" },
  { transform: "rotate(5deg)" },
  { transform: "none" },
];

function build(stage, { theme, texts, pictures }) {
  const machine = document.createElement("div");
  machine.className = "slot";
  machine.innerHTML = `${machineMarkup(theme, pictures.crest)}
    <div class="slot-reels"><canvas></canvas><div class="slot-line"></div></div><p class="slot-words"></p>`;
  stage.replaceChildren(machine);
  const words = machine.querySelector(".slot-words");
  words.textContent = texts.idle;
  return {
    machine,
    words,
    canvas: machine.querySelector("canvas"),
    lever: machine.querySelector(".slot-lever"),
    crest: machine.querySelector(".slot-crest"),
  };
}
