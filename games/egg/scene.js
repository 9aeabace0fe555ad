// One of three eggs is chosen, cracks blow by blow, and bursts; the draw was made before the first blow.
import { fit } from "../_chance/fit.js";
import { putLabel } from "../_chance/label.js";
import { animate, wait } from "../_chance/motion.js";
import { prizeFigure } from "../_chance/prizes.js";
import { createSparks } from "../_chance/sparks.js";
import { CENTRE, CLOSE, LOW, PLACES, placeMarkup } from "./place.js";
import { CRACKS } from "./shell.js";

const GOLD = ["#fff3c4", "#f7cf6b", "#e2a436", "#c98a1e"];
const SWING = 260; // milliseconds of a blow
const SEEN = 1300;

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const { texts } = frame;
  const scene = document.createElement("div");
  scene.className = "egg-scene";
  stage.replaceChildren(scene);
  // The eggs are buttons of their own, which an image could not have within it.
  stage.setAttribute("role", "group");
  const sparks = createSparks(stage, frame.calm);
  let egg = null; // the chosen one
  let blows = 0;
  let shown = null;
  let burst = null; // called when the last blow has fallen

  fit(stage, scene, { shape: 400 / 420, most: 460, air: 4 });
  lay();
  scene.addEventListener("pointerdown", () => scene.dataset.phase === "crack" && strike());
  stage.shows = () => shown;

  /** Three whole eggs, as at the start. */
  function lay() {
    egg = null;
    blows = 0;
    shown = null;
    scene.dataset.phase = "idle";
    scene.innerHTML = `${placeMarkup(frame.theme, frame.pictures.egg)}
      <p class="scene-words"></p>
      ${PLACES.map(choice).join("")}`;
    scene.querySelector(".scene-words").textContent = texts.fair;
    for (const button of scene.querySelectorAll("[data-choice]")) {
      const n = Number(button.dataset.choice);
      button.setAttribute("aria-label", texts.egg.replace("{n}", n + 1));
      button.addEventListener("click", () => {
        frame.begin();
        choose(n);
      });
    }
  }

  function choose(n) {
    if (scene.dataset.phase !== "choose") return;
    scene.dataset.phase = "crack";
    egg = scene.querySelector(`[data-egg="${n}"]`);
    for (const other of scene.querySelectorAll(".egg")) {
      const [x, y] = PLACES[other.dataset.egg];
      if (other === egg) other.style.transform = `translate(${CENTRE[0]}px,${CENTRE[1] + LOW}px) scale(${CLOSE})`;
      else {
        other.style.transform = `translate(${x + (x < CENTRE[0] ? -60 : 60)}px,${y}px) scale(0.8)`;
        other.style.opacity = 0;
      }
    }
    frame.sound("whoosh");
    frame.say(texts.strike);
    frame.offer(texts.strike, strike);
  }

  async function strike() {
    if (blows >= frame.config.blows) return;
    // Where the blow falls is looked up before it changes anything that would have to be laid out first.
    const [x, y] = sparks.middleOf(egg.querySelector(".egg-upper"));
    blows += 1;
    const last = blows === frame.config.blows;
    const struck = egg;
    frame.offer(last ? texts.strike : texts.again, strike);
    if (!frame.calm) {
      const swing = scene.querySelector(".egg-swing");
      animate(swing, BLOW, { duration: SWING, easing: "ease-in" });
      await wait(SWING * 0.5);
      // The draw failed while the hammer was in the air.
      if (egg !== struck) return;
    }
    frame.sound("crack");
    frame.buzz(25 + blows * 10);
    const cracks = Math.ceil((CRACKS.length * blows) / frame.config.blows);
    for (const crack of [...egg.querySelectorAll(".egg-crack")].slice(0, cracks)) crack.classList.add("there");
    sparks.burst(x + 20, y - 40, { shape: "shard", count: 6 + blows * 3, size: 6, speed: 240, colours: GOLD });
    animateUnlessCalm(egg.querySelector(".egg-body"), JOLT, { duration: 320, easing: "ease-out" });
    if (last) await tremble();
  }

  /** Something moves inside; and if the draw is still on its way, it goes on moving. */
  async function tremble() {
    const { done, drawn } = burst;
    const body = egg.querySelector(".egg-body");
    const trembling = frame.calm ? null : body.animate(TREMBLE, { duration: 180, iterations: Infinity });
    await wait(frame.calm ? 0 : 420);
    done();
    await drawn;
    trembling?.cancel();
  }

  async function open({ no, kind }) {
    const won = kind !== "none";
    const upper = egg.querySelector(".egg-upper");
    const [x, y] = sparks.middleOf(upper);
    scene.dataset.phase = "open";
    frame.offer(texts.start, null);
    shown = no;
    for (const crack of egg.querySelectorAll(".egg-crack")) crack.classList.remove("there");
    egg.querySelector(".egg-open").setAttribute("opacity", 1);
    const figure = egg.querySelector(".egg-figure");
    figure.innerHTML = `<svg x="-42" y="-158" width="84" height="119" viewBox="0 0 120 170">${prizeFigure(kind, frame.theme)}</svg>`;
    frame.sound(won ? "level" : "pop");
    frame.buzz(won ? [30, 40, 30] : 25);
    putLabel(scene, frame, no);
    if (frame.calm) {
      upper.setAttribute("opacity", 0);
      return wait(SEEN);
    }
    sparks.burst(x, y, { shape: "shard", count: 30, size: 11, speed: 420, upward: 0.35, seconds: 1.1, colours: GOLD });
    sparks.greet(x, y, won, frame.theme);
    animate(upper, LID, { duration: 700, easing: "cubic-bezier(.2,.7,.5,1)", fill: "forwards" });
    await animate(figure, RISE, { duration: 650, easing: "cubic-bezier(.3,1.4,.5,1)", fill: "backwards" });
    await wait(SEEN);
  }

  function animateUnlessCalm(...movement) {
    if (!frame.calm) animate(...movement);
  }

  return {
    start() {
      // The first time they lie there: laying them anew would hold up the frame that answers the press.
      if (scene.dataset.phase !== "idle") lay();
      scene.dataset.phase = "choose";
      frame.say(`${texts.choose} ${texts.fair}`);
      frame.offer(texts.middle, () => choose(1));
      burst = meeting();
    },
    async land({ prize }) {
      burst.arrive();
      await burst.struck;
      await open(prize);
    },
    /** No draw came: the egg goes back to the others, whole. */
    rest() {
      lay();
      animateUnlessCalm(scene, [{ opacity: 0.3 }, { opacity: 1 }], { duration: 400 });
    },
  };
}

function choice(_, n) {
  return `<button class="egg-choice" type="button" data-choice="${n}" style="left:${6.5 + n * 29}%"></button>`;
}

/** Two that wait for one another: the last blow and the draw, whichever is later. */
function meeting() {
  const both = {};
  both.struck = new Promise((done) => (both.done = done));
  both.drawn = new Promise((arrive) => (both.arrive = arrive));
  return both;
}

const BLOW = [
  { transform: "rotate(14deg)" },
  { transform: "rotate(34deg)", offset: 0.25 },
  { transform: "rotate(-52deg)", offset: 0.55 },
  { transform: "rotate(14deg)" },
];
const JOLT = [
  { transform: "none" },
  { transform: "scale(1.08, 0.9)" },
  { transform: "rotate(-3deg) scale(0.97, 1.04)" },
  { transform: "none" },
];
const TREMBLE = [{ transform: "rotate(-2deg)" }, { transform: "rotate(2deg)" }, { transform: "rotate(-2deg)" }];
const LID = [
  { transform: "none", opacity: 1 },
  { transform: "translate(34px,-84px) rotate(60deg)", opacity: 1, offset: 0.5 },
  { transform: "translate(70px,10px) rotate(140deg)", opacity: 0 },
];
const RISE = [
  { transform: "translateY(120px)" },
  { transform: "translateY(-6px)", offset: 0.7 },
  { transform: "none" },
];
