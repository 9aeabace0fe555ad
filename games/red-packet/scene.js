// It rains red packets, which are caught for fun. Then the golden one comes down, and holds what was drawn.
import { fit } from "../_chance/fit.js";
import { hare } from "../_chance/hare.js";
import { putLabel } from "../_chance/label.js";
import { animate, wait } from "../_chance/motion.js";
import { prizeFigure } from "../_chance/prizes.js";
import { createSparks } from "../_chance/sparks.js";
import { isBest } from "./best.js";
import { goldenPacket, waiting } from "./packet.js";
import { forecast, nextToLand, placeOf, under } from "./rain.js";
import { createSky } from "./sky.js";

const STREAK = 0.9; // seconds between two catches of a streak
const SEEN = 1400;
const SCRAPS = { shape: "paper", size: 9, speed: 230, upward: 0.45, seconds: 0.8 };
const GOLD = ["#fff3c4", "#f7cf6b", "#e2a436"];

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const { texts, config, calm } = frame;
  const { scene, canvas, golden, words, count, clock } = build(stage, frame);
  const sparks = createSparks(stage, calm);
  const sky = createSky(canvas, {
    theme: frame.theme,
    picture: frame.pictures.packet,
    calm,
    face: () => getComputedStyle(scene).fontFamily,
  });
  let packets = [];
  let began = 0;
  let handle = 0;
  let caught = 0;
  let streak = 0;
  let lastCatch = -1;
  let rainOver = null;
  let opened = null;
  let shown = null;

  fit(stage, scene, { shape: 400 / 490, most: 480, air: 0 }, sky.resize);
  become("idle");
  canvas.addEventListener("pointerdown", touch);
  golden.addEventListener("click", () => opened?.());
  stage.shows = () => shown;

  function become(phase) {
    scene.dataset.phase = phase;
    if (phase === "idle") words.textContent = texts.fair;
  }

  const seconds = () => (performance.now() - began) / 1000;

  function fall() {
    const time = seconds();
    sky.paint(packets, time);
    clock.style.transform = `scaleX(${Math.max(1 - time / config.seconds, 0)})`;
    if (time < config.seconds) handle = requestAnimationFrame(fall);
    else dry();
  }

  function dry() {
    cancelAnimationFrame(handle);
    handle = 0;
    sky.clear();
    rainOver.done();
  }

  function touch(event) {
    if (scene.dataset.phase !== "rain") return frame.begin();
    const box = canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.x) / box.width, (event.clientY - box.y) / box.height];
    take(under(packets, x, y, seconds(), sky.reach(), calm));
  }

  /** Catches a packet, if there is one. */
  function take(packet) {
    if (!packet) return;
    const time = seconds();
    const place = placeOf(packet, time, calm);
    packet.caught = true;
    caught += 1;
    streak = time - lastCatch < STREAK ? streak + 1 : 1;
    lastCatch = time;
    count.textContent = caught;
    sky.tell(streak > 2 ? `×${streak}` : "+1", place, time);
    const box = canvas.getBoundingClientRect();
    sparks.burst(place.x * box.width, place.y * box.height, {
      ...SCRAPS,
      count: 10 + Math.min(streak, 8) * 2,
      colours: [frame.theme.accent, ...GOLD],
    });
    frame.sound(streak > 2 ? "gold" : "pop");
    frame.buzz(streak > 2 ? [8, 20, 8] : 12);
    if (!calm) animate(count, JUMP, { duration: 220, easing: "ease-out" });
  }

  async function bringGold() {
    words.textContent = (isBest(caught) ? texts.best : texts.done).replace("{n}", caught);
    become("gold");
    frame.say(words.textContent);
    frame.sound("gold");
    golden.innerHTML = `<svg viewBox="0 0 200 290" aria-hidden="true">${goldenPacket(frame.theme)}</svg>`;
    golden.setAttribute("aria-label", texts.open);
    if (!calm) await animate(golden, COME, { duration: 900, easing: "cubic-bezier(.3,1.2,.5,1)" });
    frame.offer(texts.open, () => opened?.());
  }

  async function open({ no, kind }) {
    const won = kind !== "none";
    become("open");
    frame.offer(texts.start, null);
    shown = no;
    golden.querySelector(".gold-figure").innerHTML = prizeFigure(kind, frame.theme);
    const [flap, seal, slip] = ["flap", "seal", "slip"].map((part) => golden.querySelector(`.gold-${part}`));
    frame.sound(won ? "level" : "pop");
    frame.buzz(won ? [30, 40, 30] : 25);
    if (!calm) {
      animate(seal, SEAL, { duration: 320, easing: "ease-in", fill: "forwards" });
      await animate(flap, FLAP, { duration: 420, easing: "ease-in-out", fill: "forwards" });
      const [x, y] = sparks.middleOf(seal);
      sparks.greet(x, y, won, frame.theme);
    } else seal.setAttribute("opacity", 0);
    flap.setAttribute("opacity", 0);
    slip.setAttribute("opacity", 1);
    slip.style.transform = "translateY(-92px)";
    putLabel(scene, frame, no);
    if (!calm) await animate(slip, RISE, { duration: 700, easing: "cubic-bezier(.3,1.3,.5,1)" });
    await wait(SEEN);
  }

  return {
    start() {
      scene.querySelector(".prize-label")?.remove();
      shown = opened = null;
      caught = streak = 0;
      lastCatch = -1;
      count.textContent = 0;
      packets = forecast({ ...config, dice: (below) => Math.floor(Math.random() * below) });
      become("rain");
      began = performance.now();
      rainOver = {};
      rainOver.promise = new Promise((done) => (rainOver.done = done));
      handle = requestAnimationFrame(fall);
      frame.offer(texts.catch, () => take(nextToLand(packets, seconds(), calm)));
    },
    async land({ prize }) {
      await rainOver.promise;
      const opening = new Promise((done) => (opened = done));
      await bringGold();
      await opening;
      await open(prize);
    },
    /** No draw came: the sky clears. */
    rest() {
      if (handle) dry();
      become("idle");
    },
  };
}

const JUMP = [{ transform: "scale(1.5)" }, { transform: "none" }];
const COME = [
  { transform: "translateY(-140%) rotate(-30deg)", opacity: 0 },
  { transform: "translateY(4%) rotate(5deg)", opacity: 1, offset: 0.7 },
  { transform: "none" },
];
const SEAL = [
  { transform: "none", opacity: 1 },
  { transform: "scale(1.25)", opacity: 1, offset: 0.4 },
  { transform: "scale(0) rotate(90deg)", opacity: 0 },
];
const FLAP = [{ transform: "none" }, { transform: "scaleY(-0.85)" }];
const RISE = [
  { transform: "translateY(10px)" },
  { transform: "translateY(-100px)", offset: 0.75 },
  { transform: "translateY(-92px)" },
];

function build(stage, { theme, texts, pictures }) {
  const scene = document.createElement("div");
  scene.className = "rain";
  scene.innerHTML = `<div class="rain-art"><div class="rain-waiting">${waiting(theme, pictures.packet)}
      <svg viewBox="0 0 120 170" aria-hidden="true">${hare(theme)}</svg></div></div>
    <canvas class="rain-sky"></canvas>
    <p class="rain-counter"><span></span><strong>0</strong><i></i></p><p class="scene-words"></p>
    <div class="rain-art rain-front"><button class="rain-golden" type="button"></button></div>`;
  stage.replaceChildren(scene);
  // The golden packet is a button of its own, which an image could not have within it.
  stage.setAttribute("role", "group");
  scene.querySelector(".rain-counter span").textContent = texts.caught;
  return {
    scene,
    canvas: scene.querySelector("canvas"),
    golden: scene.querySelector(".rain-golden"),
    words: scene.querySelector(".scene-words"),
    count: scene.querySelector(".rain-counter strong"),
    clock: scene.querySelector(".rain-counter i"),
  };
}
