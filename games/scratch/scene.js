// A card is handed out; a finger rubs the frost away, and when enough is gone the rest melts.
import { fit } from "../_chance/fit.js";
import { animate, ease, tween, wait } from "../_chance/motion.js";
import { prizeFigure, prizeThing } from "../_chance/prizes.js";
import { createSparks } from "../_chance/sparks.js";
import { createCover } from "./cover.js";
import { swipeAt } from "./swipe.js";

const SEEN = 1300;
const RUSTLE = 90; // milliseconds between two sounds of the same stroke
const SWIPE = 420; // milliseconds of a stroke that the button makes
const CRUMBS = ["#ffffff", "#cfdff1", "#a9c2e2"];

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const { card, canvas, under } = build(stage, frame);
  const sparks = createSparks(stage, frame.calm);
  const cover = createCover(canvas, {
    brush: frame.config.brush,
    paper: { theme: frame.theme, words: frame.texts.cover, picture: frame.pictures.cover },
    onRub: crumble,
  });
  let finger = null; // where it was last
  let waiting = []; // strokes made before the draw came: nothing lies under the frost yet
  let opened = null;
  let swiped = 0;
  let rustled = 0;

  fit(stage, card, { shape: 0.86, most: 400 }, cover.resize);
  listen();
  stage.shows = () => (card.dataset.open === undefined ? null : Number(under.dataset.no));

  function listen() {
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      finger = cover.placeOf(event);
      frame.begin();
      rubTo(finger);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!finger) return;
      for (const point of event.getCoalescedEvents?.() ?? [event]) rubTo(cover.placeOf(point));
    });
    for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, () => (finger = null));
  }

  function rubTo(place) {
    const from = finger ?? place;
    finger = place;
    card.dataset.touched = "";
    if (opened) stroke(...from, ...place);
    else waiting.push([...from, ...place]);
  }

  function stroke(...ends) {
    cover.stroke(...ends);
    if (opened && cover.share() * 100 >= frame.config.share) opened();
  }

  function crumble(pageX, pageY) {
    const now = performance.now();
    if (now - rustled < RUSTLE) return;
    rustled = now;
    frame.sound("flip");
    frame.buzz(6);
    const box = stage.getBoundingClientRect();
    sparks.burst(pageX - box.x, pageY - box.y, { count: 5, size: 6, speed: 120, seconds: 0.6, colours: CRUMBS });
  }

  /** The button's stroke: across the next part of the card. */
  async function swipe() {
    card.dataset.touched = "";
    const n = swiped++;
    const at = (part) => swipeAt(n, part, { tall: cover.tall(), radius: cover.radius });
    if (frame.calm) return stroke(...at(0), ...at(1));
    let before = at(0);
    await tween(SWIPE, (part) => {
      const next = at(part);
      if (opened) stroke(...before, ...next);
      before = next;
    }, ease.inOut);
  }

  /** What lies under the frost: written only when it is known. */
  function putUnder({ no, kind }) {
    under.dataset.no = no;
    under.querySelector(".scratch-figure").innerHTML = prizeFigure(kind, frame.theme);
    under.querySelector(".prize-label").textContent = frame.prizes.find((prize) => prize.no === no).name;
    under.hidden = false;
  }

  async function celebrate(won) {
    card.dataset.open = won ? "won" : "kept";
    frame.sound(won ? "level" : "pop");
    frame.buzz(won ? [20, 40, 20] : 15);
    if (!frame.calm) {
      sparks.greet(...sparks.middleOf(canvas), won, frame.theme);
      animate(under.querySelector(".scratch-figure"), HOP, { duration: 620, easing: "ease-out" });
    }
    await wait(SEEN);
  }

  return {
    start() {
      waiting = [];
      swiped = 0;
      if (card.dataset.open === undefined) return;
      // Another card: it slides in over the old one's place.
      delete card.dataset.open;
      delete card.dataset.touched;
      under.hidden = true;
      cover.renew();
      if (!frame.calm) animate(card, ARRIVE, { duration: 480, easing: "cubic-bezier(.2,.9,.3,1.15)" });
    },
    async land({ prize }) {
      putUnder(prize);
      frame.say(frame.texts.ready);
      frame.offer(frame.texts.rub, swipe);
      await new Promise((done) => {
        opened = done;
        for (const ends of waiting.splice(0)) stroke(...ends);
      });
      opened = null;
      frame.offer(frame.texts.start, null);
      await celebrate(prize.kind !== "none");
    },
    /** No draw came: the frost is whole, and the next finger may try again. */
    rest() {
      waiting = [];
      finger = null;
      delete card.dataset.touched;
    },
  };
}

const HOP = [
  { transform: "none" },
  { transform: "translateY(-7%) scale(1.04, 0.98)" },
  { transform: "scale(1.03, 0.96)" },
  { transform: "none" },
];
const ARRIVE = [{ transform: "translateY(120%) rotate(9deg)" }, { transform: "none" }];

function build(stage, { theme, texts }) {
  const card = document.createElement("div");
  card.className = "scratch";
  card.innerHTML = `<div class="scratch-head">${garland()}<p></p></div>
    <div class="scratch-window">
      <div class="scratch-under" hidden><div class="scratch-rays"></div>
        <svg class="scratch-figure" viewBox="0 0 120 170" aria-hidden="true"></svg><p class="prize-label"></p></div>
      <canvas class="scratch-cover"></canvas>
      <svg class="scratch-coin" viewBox="-4 0 64 60" aria-hidden="true">${prizeThing("points")}</svg>
    </div>`;
  card.querySelector(".scratch-head p").textContent = texts.head;
  card.style.setProperty("--theme-accent", theme.accent);
  stage.replaceChildren(card);
  return { card, canvas: card.querySelector("canvas"), under: card.querySelector(".scratch-under") };
}

/** Snow along the head's lower edge, and pines behind the words. */
function garland() {
  return `<svg viewBox="0 0 344 76" preserveAspectRatio="none" aria-hidden="true">
    <g fill="#071028" opacity=".2"><path d="m14 76 22-46 22 46zM60 76l15-32 15 32zM262 76l16-36 16 36zM292 76l22-50 22 50z"/></g>
    <g fill="#fff" opacity=".7"><circle cx="112" cy="16" r="2"/><circle cx="52" cy="18" r="1.6"/><circle cx="232" cy="14" r="2"/><circle cx="286" cy="22" r="1.6"/><circle cx="168" cy="10" r="1.4"/></g>
    <path d="M0 80V64q30-10 62-2 34-10 72 1 40-9 76 1 38-11 74-1 32-8 60 1v16z" fill="#fffaf0"/></svg>`;
}
