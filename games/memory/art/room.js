// Around the cards: the night over the village, a quilt on which they lie, and the hare that looks over its edge.
import { createAurora } from "../../_art/aurora.js";
import { drawHareFront } from "../../_art/hare.js";
import { mix, strip } from "../../_art/paint.js";
import { createSnowfall } from "../../_art/snowfall.js";
import { paintNight } from "../../_art/village.js";

export function createRoom(width, height, box, theme, calm) {
  const night = strip(width, height, (context) => paintNight(context, width, height, theme, { horizon: 0.34, moon: false }));
  const quilt = strip(box.width + 24, box.height + 30, (context, wide, high) => paintQuilt(context, wide, high, theme));
  const aurora = createAurora(width, height * 0.7);
  const snow = createSnowfall(width, height, { calm, count: 46 });
  let joyUntil = 0;
  let hurtUntil = 0;

  return {
    cheer: (now) => (joyUntil = now + 1),
    wince: (now) => (hurtUntil = now + 0.7),
    draw(context, seconds, now, wind) {
      context.drawImage(night.canvas, 0, 0, width, height);
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
      context.drawImage(quilt.canvas, box.x - 12, box.y - 12, quilt.width, quilt.height);
      snow.move(seconds, wind * 420);
    },
    drawSnow: (context) => snow.draw(context),
  };
}

/** A quilt in the theme's dark, with stitched diamonds and a bound edge. */
function paintQuilt(context, wide, high, theme) {
  const dark = mix(theme.ground, "#050b22", 0.35);
  context.fillStyle = "rgb(10 22 54 / 40%)";
  context.beginPath();
  context.roundRect(3, 8, wide - 6, high - 9, 26);
  context.fill();
  const cloth = new Path2D();
  cloth.roundRect(0, 0, wide, high - 8, 26);
  context.save();
  context.clip(cloth);
  context.fillStyle = dark;
  context.fillRect(0, 0, wide, high);
  const cell = 46;
  for (let row = 0, y = 0; y < high + cell; row++, y += cell / 2) {
    for (let x = (row % 2) * (cell / 2); x < wide + cell; x += cell) {
      const puff = context.createRadialGradient(x - 5, y - 7, 1, x, y, cell * 0.5);
      puff.addColorStop(0, `${mix(theme.ground, "#9cc0f4", 0.5)}55`);
      puff.addColorStop(1, `${dark}00`);
      context.fillStyle = puff;
      context.fillRect(x - cell / 2, y - cell / 2, cell, cell);
    }
  }
  context.restore();
  context.strokeStyle = theme.accent;
  context.lineWidth = 7;
  context.stroke(cloth);
  context.setLineDash([6, 6]);
  context.strokeStyle = "rgb(255 255 255 / 55%)";
  context.lineWidth = 1.4;
  const seam = new Path2D();
  seam.roundRect(9, 9, wide - 18, high - 26, 18);
  context.stroke(seam);
}
