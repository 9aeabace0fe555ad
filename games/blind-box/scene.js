// One box is taken from the shelf and shaken until its lid comes off; the figure in it brings what was drawn.
import { fit } from "../_chance/fit.js";
import { putLabel } from "../_chance/label.js";
import { animate, wait } from "../_chance/motion.js";
import { prizeFigure } from "../_chance/prizes.js";
import { createSparks } from "../_chance/sparks.js";
import { createShake } from "./shake.js";
import { CENTRE, places, shelfMarkup } from "./shelf.js";

const SWING = 26; // CSS pixels that a hand moves at least for a shake
const REACH = 70; // how far the box follows it
const SEEN = 1400;

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const { texts, config } = frame;
  const standing = places(config.rows);
  const scene = document.createElement("div");
  scene.className = "box-scene";
  stage.replaceChildren(scene);
  // The boxes are buttons of their own, which an image could not have within it.
  stage.setAttribute("role", "group");
  const sparks = createSparks(stage, frame.calm);
  const shake = createShake(SWING);
  let chosen = null;
  let shaken = 0;
  let held = null; // where the hand took hold
  let moved = false;
  let meeting = null;
  let shown = null;

  fit(stage, scene, { shape: 400 / 472, most: 440, air: 4 });
  lay();
  listen();
  stage.shows = () => shown;

  /** The whole shelf, as at the start. */
  function lay() {
    chosen = null;
    shaken = 0;
    shown = null;
    held = null;
    scene.dataset.phase = "idle";
    scene.innerHTML = `${shelfMarkup(config.rows, frame.theme, frame.pictures.box)}
      <p class="scene-words"></p>`;
    scene.querySelector(".scene-words").textContent = texts.fair;
    standing.forEach((place, n) => scene.append(choice(place, n)));
  }

  function choice({ x, y, size }, n) {
    const button = document.createElement("button");
    button.className = "box-choice";
    button.type = "button";
    button.dataset.choice = n;
    const [wide, high] = [(size * 96) / 4, (size * 88) / 4.72];
    button.style.cssText = `left:${x / 4 - wide / 2}%;top:${y / 4.72 - high}%;width:${wide}%;height:${high}%`;
    button.setAttribute("aria-label", texts.box.replace("{n}", n + 1).replace("{count}", standing.length));
    button.addEventListener("click", () => {
      frame.begin();
      choose(n);
    });
    return button;
  }

  function choose(n) {
    if (scene.dataset.phase !== "choose") return;
    scene.dataset.phase = "shake";
    chosen = scene.querySelector(`[data-box="${n}"]`);
    for (const other of scene.querySelectorAll(".box")) if (other !== chosen) other.style.opacity = 0;
    chosen.parentElement.append(chosen);
    // Only after it stands last: a moved element would not glide.
    chosen.getBoundingClientRect();
    chosen.style.transform = `translate(${CENTRE.x}px,${CENTRE.y}px) scale(${CENTRE.size})`;
    scene.querySelector(".scene-words").textContent = texts.how;
    frame.sound("whoosh");
    frame.say(texts.how);
    frame.offer(texts.shake, rattle);
  }

  function listen() {
    scene.addEventListener("pointerdown", (event) => {
      if (scene.dataset.phase !== "shake") return;
      scene.setPointerCapture(event.pointerId);
      held = event.clientX;
      moved = false;
      shake.from(held);
    });
    scene.addEventListener("pointermove", (event) => {
      if (held === null || scene.dataset.phase !== "shake") return;
      const off = Math.max(-REACH, Math.min(REACH, event.clientX - held));
      if (Math.abs(off) > 8) moved = true;
      if (shake.to(event.clientX)) count();
      if (!frame.calm) sway().style.transform = `translateX(${off / 3}px) rotate(${off / 5}deg)`;
    });
    scene.addEventListener("pointerup", () => {
      if (held !== null && !moved) rattle();
      release();
    });
    scene.addEventListener("pointercancel", release);
  }

  function release() {
    held = null;
    shake.end();
    if (chosen) sway().style.transform = "";
  }

  const sway = () => chosen.querySelector(".box-sway");

  /** A shake that a tap or the button makes. */
  function rattle() {
    if (scene.dataset.phase !== "shake") return;
    count();
    if (!frame.calm) animate(sway(), RATTLE, { duration: 320, easing: "ease-in-out" });
  }

  function count() {
    if (shaken >= config.shakes) return;
    shaken += 1;
    frame.sound("drop");
    frame.buzz(12 + shaken * 4);
    if (!frame.calm) {
      const lid = chosen.querySelector(".box-lid");
      // Before anything is moved that would have to be laid out for it.
      const [x, y] = sparks.middleOf(lid);
      const ajar = { transform: `translateY(${-2 - shaken}px) rotate(${2 + shaken * 1.4}deg)` };
      animate(lid, [{ transform: "none" }, ajar, { transform: "none" }], { duration: 240 });
      sparks.burst(x, y, { count: 4 + shaken * 3, size: 6, speed: 180, upward: 0.6, colours: ["#ffdf9a", "#ffffff"] });
    }
    if (shaken === config.shakes) meeting.shaken();
  }

  async function open({ no, kind }) {
    const won = kind !== "none";
    const lid = chosen.querySelector(".box-lid");
    const [x, y] = sparks.middleOf(lid);
    release();
    scene.dataset.phase = "open";
    frame.offer(texts.start, null);
    shown = no;
    chosen.querySelector(".box-hollow").setAttribute("opacity", 1);
    const figure = chosen.querySelector(".box-figure");
    figure.innerHTML = `<svg x="-37" y="-152" width="74" height="105" viewBox="0 0 120 170">${prizeFigure(kind, frame.theme)}</svg>`;
    putLabel(scene, frame, no);
    frame.sound(won ? "level" : "pop");
    frame.buzz(won ? [30, 40, 30] : 25);
    if (frame.calm) {
      lid.setAttribute("opacity", 0);
      return wait(SEEN);
    }
    sparks.greet(x, y, won, frame.theme);
    animate(lid, LID, { duration: 800, easing: "cubic-bezier(.2,.7,.5,1)", fill: "forwards" });
    await animate(figure, RISE, { duration: 760, easing: "cubic-bezier(.3,1.35,.5,1)", fill: "backwards" });
    await wait(SEEN);
  }

  return {
    start() {
      // The first time they stand there: laying them anew would hold up the frame that answers the press.
      if (scene.dataset.phase !== "idle") lay();
      scene.dataset.phase = "choose";
      frame.say(`${texts.choose} ${texts.fair}`);
      frame.offer(texts.middle, () => choose(Math.floor(standing.length / 2)));
      meeting = {};
      meeting.done = new Promise((shaken) => (meeting.shaken = shaken));
    },
    async land({ prize }) {
      await meeting.done;
      await open(prize);
    },
    /** No draw came: the box goes back to the shelf. */
    rest() {
      lay();
      if (!frame.calm) animate(scene, [{ opacity: 0.3 }, { opacity: 1 }], { duration: 400 });
    },
  };
}

const RATTLE = [
  { transform: "none" },
  { transform: "translateX(-9px) rotate(-9deg)" },
  { transform: "translateX(9px) rotate(9deg)" },
  { transform: "translateX(-5px) rotate(-5deg)" },
  { transform: "none" },
];
const LID = [
  { transform: "none", opacity: 1 },
  { transform: "translate(26px,-66px) rotate(70deg)", opacity: 1, offset: 0.45 },
  { transform: "translate(64px,20px) rotate(170deg)", opacity: 0 },
];
const RISE = [
  { transform: "translateY(112px)" },
  { transform: "translateY(-9px)", offset: 0.7 },
  { transform: "none" },
];
