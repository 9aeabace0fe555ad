// Above the board: the night, the hare behind its counter, and the order that hangs there.
import { createAurora } from "../../_art/aurora.js";
import { easeInOut, fading } from "../../_art/ease.js";
import { drawHareFront } from "../../_art/hare.js";
import { clamp, lay, strip } from "../../_art/paint.js";
import { createSnowfall } from "../../_art/snowfall.js";
import { lampSprite, paintNight } from "../../_art/village.js";
import { FACE, widthOf } from "../../_art/words.js";

const FLIES = 0.55; // seconds

export function createShop(width, height, boardTop, theme, calm, pieces) {
  const street = boardTop / height;
  const night = strip(width, height, (context) =>
    paintNight(context, width, height, theme, { horizon: street * 0.97, moon: false }),
  );
  const aurora = createAurora(width, height * 0.75);
  const snow = createSnowfall(width, height, { calm, count: 46 });
  const lamp = lampSprite(Math.min(height * 0.17, 140));
  const tall = Math.min(boardTop * 0.46, 150);
  const hare = Math.max(width * 0.2, width / 2 - 150);
  const sign = {
    x: hare + tall * 0.5,
    y: boardTop - 78,
    wide: Math.min(width - hare - tall * 0.5 - 14, 230),
    high: 62,
  };
  let flying = [];
  let joyUntil = 0;
  let bumped = [-9, -9];

  const slot = (n) => [sign.x + sign.wide * (0.25 + n * 0.5), sign.y + sign.high / 2];

  return {
    cheer: (now, seconds = 1) => (joyUntil = now + seconds),
    /** What was ordered flies from the board to the sign. */
    fetch(kind, n, [x, y], delay) {
      if (flying.length < 30 && !calm) flying.push({ kind, n, x, y, age: -delay });
    },
    draw(context, seconds, now) {
      lay(context, night);
      aurora(context, calm ? 0 : now, 0.7);
      lay(context, lamp, width * 0.93 - lamp.middle, boardTop + 4 - lamp.foot);
      const glad = now < joyUntil;
      drawHareFront(
        context,
        hare,
        boardTop + tall * 0.12 - (glad && !calm ? Math.abs(Math.sin(now * 9)) * 9 : 0),
        tall,
        theme.accent,
        {
          mood: glad ? "joy" : "calm",
          arms: glad ? 1 : 0.15,
          squash: calm ? 0 : Math.sin(now * 2.4) * 0.025,
          time: now,
        },
      );
      snow.move(seconds);
    },
    drawSnow: (context) => snow.draw(context),
    drawOrder(context, { order }, label, now) {
      context.fillStyle = "#5b3b22";
      context.beginPath();
      context.roundRect(sign.x, sign.y, sign.wide, sign.high, 12);
      context.fill();
      context.fillStyle = "#fff8ea";
      context.beginPath();
      context.roundRect(sign.x + 4, sign.y + 4, sign.wide - 8, sign.high - 8, 9);
      context.fill();
      context.fillStyle = theme.accent;
      const wide = widthOf(context, label, `800 13px ${FACE}`) + 20;
      context.beginPath();
      context.roundRect(sign.x + sign.wide / 2 - wide / 2, sign.y - 11, wide, 22, 11);
      context.fill();
      context.fillStyle = theme.onAccent;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(label, sign.x + sign.wide / 2, sign.y + 1);
      order.forEach(([kind, , missing], n) => {
        const [x, y] = slot(n);
        const size = 42 * (1 + fading(now - bumped[n], 0.25) * 0.3);
        context.drawImage(pieces.of(kind), x - 24 - size / 2, y + 2 - size / 2, size, size);
        context.fillStyle = missing ? "#4a2c1a" : "#2e9c78";
        context.font = `800 24px ${FACE}`;
        context.textAlign = "left";
        context.fillText(missing ? String(missing) : "✓", x + 2, y + 3);
      });
    },
    drawFlying(context, seconds, now) {
      for (const thing of flying) {
        thing.age += seconds;
        if (thing.age < 0) continue;
        const part = easeInOut(clamp(thing.age / FLIES, 0, 1));
        const [toX, toY] = slot(thing.n);
        const size = 40 - part * 14;
        const x = thing.x + (toX - 24 - thing.x) * part + Math.sin(part * Math.PI) * 40;
        const y = thing.y + (toY - thing.y) * part;
        context.drawImage(pieces.of(thing.kind), x - size / 2, y - size / 2, size, size);
        if (thing.age >= FLIES) bumped[thing.n] = now;
      }
      flying = flying.filter(({ age }) => age < FLIES);
    },
  };
}
