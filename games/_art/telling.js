// How the casual games tell what happens: the picture's clock, the news as they come, what bursts and trembles with
// them, and the call over all of it.
import { featherSprite } from "./feather.js";
import { createScore, drawCall } from "./hud.js";
import { createNews } from "./news.js";
import { clamp } from "./paint.js";
import { createShake } from "./shake.js";
import { createSparks, glowSprite, starSprite } from "./sparks.js";

export const GOLD = "#ffd45e";
const LONGEST = 0.1; // seconds that one picture makes up for

export function createTelling(calm) {
  const news = createNews();
  const sparks = createSparks(calm);
  let now = 0;
  let called = null; // { text, at, colour, size, seconds, y }

  return {
    sparks,
    shake: createShake(calm),
    points: createScore(),
    bits: {
      down: [featherSprite("#f4f8ff", 40), glowSprite("#ffffff")],
      gold: [starSprite(GOLD), glowSprite(GOLD)],
    },
    /** Once for each picture: its moment, and how many seconds after the one before it is. */
    pass() {
      const before = now;
      now = performance.now() / 1000;
      return [now, clamp(now - before, 0, LONGEST)];
    },
    /** Shows each piece of news by its name in `shown`, which is given its values, the moment, and `beside`. */
    tell(state, seconds, shown, beside = state) {
      for (const [, what, ...values] of news(state)) shown[what]?.(...values, now, beside);
      sparks.move(seconds);
    },
    /** Calls out `text` from now on; `look` may say its size, how many seconds it stays, and at which height. */
    call(text, colour, look) {
      called = { text, colour, at: now, ...look };
    },
    drawCall(context, x, y) {
      if (called) drawCall(context, called.text, x, called.y ?? y, now - called.at, called);
    },
  };
}
