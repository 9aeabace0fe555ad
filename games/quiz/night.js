// Behind the card: the night over the village, falling snow, and the hare that follows every answer.
import { drawHareFront } from "../_art/hare.js";
import { lay, strip } from "../_art/paint.js";
import { createSnowfall } from "../_art/snowfall.js";
import { featherSprite } from "../_art/feather.js";
import { createSparks, starSprite } from "../_art/sparks.js";
import { paintNight } from "../_art/village.js";

const HOST_SHARE = 0.8; // of the hare's height, whose ears are thin
const HOST_HIDDEN = 0.06; // behind the card

/** A brand's picture may ask in the hare's place. */
export function createNight(stage, { theme, calm, pictures, fitCanvas }) {
  const sprites = [starSprite("#ffd45e"), featherSprite("#f4f8ff", 40)];
  const sparks = createSparks(calm);
  let set = null;
  let edge = null; // where the card begins, so that the hare looks over it; null until it is looked for
  let before = 0;
  let mood = "calm";
  let moodUntil = 0;

  const { context, keepPace } = fitCanvas(stage, (width, height) => {
    const paint = (to) => paintNight(to, width, height, theme, { horizon: 0.36, moon: false });
    set = { width, height, night: strip(width, height, paint), snow: createSnowfall(width, height, { calm, count: 40 }) };
    edge = null;
  });
  context.canvas.setAttribute("aria-hidden", "true");

  function look() {
    const card = stage.querySelector(".quiz-card");
    return card.getBoundingClientRect().top - stage.getBoundingClientRect().top;
  }

  function draw(at) {
    const now = at / 1000;
    const seconds = Math.min(Math.max(now - before, 0), 0.1);
    before = now;
    const { width, height, night, snow } = set;
    const feels = now < moodUntil ? mood : "calm";
    const hop = feels === "joy" && !calm ? Math.abs(Math.sin(now * 9)) * 12 : 0;
    edge ??= look();
    const tall = Math.min(height * 0.22, 180);
    lay(context, night);
    const lean = calm ? 0 : Math.sin(now * 0.8) * 0.05;
    const drawWhoAsks = pictures.host ? drawHost : drawHare;
    drawWhoAsks(width / 2, edge - hop, tall, feels, lean, now);
    snow.move(seconds);
    snow.draw(context);
    sparks.move(seconds);
    sparks.draw(context);
  }

  function drawHare(x, y, tall, feels, lean, now) {
    drawHareFront(context, x, y + tall * 0.42, tall, theme.accent, {
      mood: feels,
      arms: feels === "joy" ? 1 : 0,
      lean,
      ears: feels === "hurt" ? 0.5 : 0,
      time: now,
    });
  }

  /** The brand's own: sways, hops with a right answer, and hangs its head after a wrong one. */
  function drawHost(x, y, tall, feels, lean) {
    const size = tall * HOST_SHARE;
    context.save();
    context.translate(x, y + size * HOST_HIDDEN);
    context.rotate(feels === "hurt" ? 0.16 : lean);
    context.scale(1, feels === "hurt" ? 0.92 : 1);
    context.drawImage(pictures.host, -size / 2, -size, size, size);
    context.restore();
  }

  function show(now) {
    const paint = () => draw(now);
    keepPace(paint);
    paint();
  }

  function frame(now) {
    show(now);
    if (!calm) requestAnimationFrame(frame);
  }

  function feel(what, seconds) {
    mood = what;
    moodUntil = performance.now() / 1000 + seconds;
    if (calm) show(performance.now());
  }

  requestAnimationFrame(frame);

  return {
    /** The card may stand elsewhere than before: the next picture looks. */
    attend() {
      edge = null;
      if (calm) requestAnimationFrame(show);
    },
    calm: () => feel("calm", 0),
    wince: () => feel("hurt", 1.4),
    cheer(streak) {
      feel("joy", 1.6);
      sparks.burst(set.width / 2, edge ?? look(), 8 + 4 * Math.min(streak, 6), sprites, { power: 260, size: 9, spread: 120 });
    },
  };
}
