// Watching a recorded round: the game's own rules play it again, forwards at any speed, and from any moment on.
import { decode, fromText } from "@kernel/log.js";
import { createFilm } from "./film.js";
import { fitCanvas } from "../frame/canvas.js";
import { createFeel } from "../frame/feel.js";
import { loadPictures } from "../frame/pictures.js";
import { byItsRules } from "../frame/rules.js";
import { themeOf } from "../frame/theme.js";

const SPEEDS = [1, 2, 4, 0.5];
const TICK = 1000 / 60;
// The picture runs on for a moment behind the end, as it did for whoever played.
const SAVOUR = 2500;

async function open(page, root) {
  const feel = createFeel(root);
  const [today, pictures] = await Promise.all([import(page.scene), loadPictures(page.pictures)]);
  const { rules, mount } = await byItsRules(page, today);
  // A film makes its sounds, but whoever watches it does not hold the phone that shook.
  const given = { texts: page.texts, config: page.config, pictures, theme: themeOf(root), ...feel, buzz: () => {} };
  const view = mount(given);
  const { context, keepPace } = fitCanvas(root.querySelector("[data-stage]"), view.resize);
  const film = createFilm(rules, page, decode(fromText(page.inputs), page.actions));
  const controls = createControls(root, film);
  let playing = false;
  let origin = 0;
  let shownAt = 0;

  /** From now on the film runs from where it stands. */
  function begin() {
    origin = performance.now() - (film.tick * TICK) / controls.speed;
  }

  function play(wanted) {
    if (wanted && film.over) film.seek(0);
    playing = wanted;
    root.dataset.state = wanted ? "playing" : "standing";
    begin();
  }

  function frame(now) {
    requestAnimationFrame(frame);
    keepPace(() => show(1));
    if (!playing) return;
    const passed = ((now - origin) * controls.speed) / TICK;
    while (film.tick <= passed - 1 && !film.over) film.step(controls.speed <= 1 ? (round) => view.feel(round, given) : null);
    if (film.over && passed - film.tick > SAVOUR / TICK) play(false);
    show(passed - film.tick);
  }

  function show(between) {
    if (film.over) view.draw(context, film.round, Math.max(between, 0) * TICK, "after");
    else view.draw(context, film.round, Math.min(Math.max(between, 0), 1), "play");
    const now = performance.now();
    if (now - shownAt < 100) return;
    shownAt = now;
    controls.show(film);
  }

  controls.listen({
    toggle: () => play(!playing),
    hurry: begin,
    seek(tick) {
      film.seek(tick);
      begin();
      shownAt = 0;
      show(0);
    },
  });
  film.seek(0);
  show(0);
  requestAnimationFrame(frame);
  play(!feel.calm);
  // For tests and the curious.
  root.film = film;
}

/** The buttons and the slider below the picture. */
function createControls(root, film) {
  const [toggle, scrub, clock, speed] = ["play", "scrub", "clock", "speed"].map((name) => root.querySelector(`[data-${name}]`));
  let chosen = 0;
  scrub.max = film.ticks;

  return {
    get speed() {
      return SPEEDS[chosen];
    },
    show({ tick }) {
      scrub.value = tick;
      const seconds = Math.floor(tick / 60);
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      scrub.setAttribute("aria-valuetext", clock.textContent);
      toggle.setAttribute("aria-label", root.dataset.state === "playing" ? toggle.dataset.playing : toggle.dataset.standing);
    },
    listen(act) {
      toggle.addEventListener("click", act.toggle);
      root.querySelector("[data-stage]").addEventListener("click", act.toggle);
      scrub.addEventListener("input", () => act.seek(Number(scrub.value)));
      speed.addEventListener("click", () => {
        chosen = (chosen + 1) % SPEEDS.length;
        speed.textContent = `${SPEEDS[chosen]}×`;
        act.hurry();
      });
      addEventListener("keydown", (event) => {
        if (event.code !== "Space" || event.target.closest("button, a, input")) return;
        event.preventDefault();
        act.toggle();
      });
    },
  };
}

const definition = document.getElementById("watch");
if (definition) {
  const root = document.querySelector(".game");
  open(JSON.parse(definition.textContent), root).catch((failure) => {
    root.dataset.state = "broken";
    throw failure;
  });
}
