// Around the cards: the night over the village, a quilt on which they lie, and the hare that looks over its edge.
import { createAurora } from "../../_art/aurora.js";
import { drawHareFront } from "../../_art/hare.js";
import { lay, strip } from "../../_art/paint.js";
import { paintQuilt } from "../../_art/quilt.js";
import { createSnowfall } from "../../_art/snowfall.js";
import { paintNight } from "../../_art/village.js";

export function createRoom(width, height, box, theme, calm) {
  const night = strip(width, height, (context) =>
    paintNight(context, width, height, theme, { horizon: 0.34, moon: false }),
  );
  const quilt = strip(box.width + 24, box.height + 30, (context, wide, high) => paintQuilt(context, wide, high, theme));
  const aurora = createAurora(width, height * 0.7);
  const snow = createSnowfall(width, height, { calm, count: 46 });
  let joyUntil = 0;
  let hurtUntil = 0;

  return {
    cheer: (now) => (joyUntil = now + 1),
    wince: (now) => (hurtUntil = now + 0.7),
    draw(context, seconds, now, wind) {
      lay(context, night);
      aurora(context, calm ? 0 : now, 0.7);
      const glad = now < joyUntil;
      const hop = glad && !calm ? Math.abs(Math.sin(now * 9)) * 9 : 0;
      const tall = Math.min(height * 0.2, 170);
      drawHareFront(context, width / 2, box.y + tall * 0.4 - hop, tall, theme.accent, {
        mood: now < hurtUntil ? "hurt" : glad ? "joy" : "calm",
        arms: glad ? 1 : 0,
        lean: calm ? 0 : Math.sin(now * 0.8) * 0.04,
        ears: wind * 0.4,
        time: now,
      });
      lay(context, quilt, box.x - 12, box.y - 12);
      snow.move(seconds, wind * 420);
    },
    drawSnow: (context) => snow.draw(context),
  };
}
