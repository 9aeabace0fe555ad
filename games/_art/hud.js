// What is written over a game: points that roll up, a clock that runs down, meters, and calls over the whole picture.
import { overshoot } from "./ease.js";
import { clamp } from "./paint.js";
import { safeTop } from "./safe.js";
import { FACE, outlined, widthOf } from "./words.js";

/** The line on which points and clock stand, below the bar and the notch. */
export function hudTop() {
  return 62 + safeTop();
}

/** Points that roll up to their value, and grow for a moment when they change. */
export function createScore() {
  let shown = 0;
  let value = 0;
  let grown = 0;
  return {
    draw(context, points, x, y, seconds, { size = 40, align = "left", colour = "#ffffff" } = {}) {
      if (points < value) shown = points;
      if (points > value) grown = 1;
      value = points;
      shown = Math.abs(value - shown) < 1 ? value : shown + (value - shown) * Math.min(seconds * 12, 1);
      grown = Math.max(grown - seconds * 4, 0);
      outlined(context, String(Math.round(shown)), x, y, { size: size * (1 + grown * 0.12), align, colour });
    },
  };
}

/** A ring that empties, with the seconds left in it; it reddens at the end. */
export function drawClock(context, x, y, radius, part, seconds, colour) {
  const hurry = seconds <= 5;
  context.fillStyle = "rgb(6 14 40 / 55%)";
  context.beginPath();
  context.arc(x, y, radius + 4, 0, 7);
  context.fill();
  context.lineWidth = 5;
  context.lineCap = "round";
  context.strokeStyle = "rgb(255 255 255 / 18%)";
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
  context.strokeStyle = hurry ? "#ff7a66" : colour;
  context.beginPath();
  context.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * clamp(part, 0, 1));
  context.stroke();
  context.fillStyle = hurry ? "#ffb3a8" : "#ffffff";
  context.font = `700 ${Math.round(radius * 0.95)}px ${FACE}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(Math.max(Math.ceil(seconds), 0)), x, y + 1);
}

export function drawMeter(context, x, y, wide, high, part, colour) {
  context.fillStyle = "rgb(6 14 40 / 55%)";
  context.beginPath();
  context.roundRect(x, y - high / 2, wide, high, high / 2);
  context.fill();
  const full = (wide - 4) * clamp(part, 0, 1);
  if (full < 2) return;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x + 2, y - high / 2 + 2, Math.max(full, high - 4), high - 4, high / 2 - 2);
  context.fill();
  context.fillStyle = "rgb(255 255 255 / 40%)";
  context.beginPath();
  context.roundRect(x + 5, y - high / 2 + 3, Math.max(full - 6, 1), (high - 4) * 0.3, 2);
  context.fill();
}

/** A small sign with rounded ends; gives its width. `grown` 0 to 1 lets it swell. */
export function drawChip(context, text, x, y, { size = 17, ground, colour = "#ffffff", align = "left", grown = 0 }) {
  const wide = widthOf(context, text, `800 ${size}px ${FACE}`) + size * 1.3;
  const high = size * 1.75;
  const left = align === "left" ? x : align === "right" ? x - wide : x - wide / 2;
  context.save();
  context.translate(left + wide / 2, y);
  context.scale(1 + grown * 0.25, 1 + grown * 0.25);
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(-wide / 2, -high / 2, wide, high, high / 2);
  context.fill();
  context.fillStyle = colour;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, 0, 1);
  context.restore();
  return wide;
}

export function drawHeart(context, x, y, size, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y + size * 0.85);
  context.bezierCurveTo(x - size * 1.25, y + size * 0.05, x - size * 0.85, y - size * 0.95, x, y - size * 0.3);
  context.bezierCurveTo(x + size * 0.85, y - size * 0.95, x + size * 1.25, y + size * 0.05, x, y + size * 0.85);
  context.fill();
}

/** A call over the whole picture, around its middle, that swings in and fades: `age` in seconds. */
export function drawCall(context, text, x, y, age, { size = 44, colour = "#ffffff", seconds = 1.2 } = {}) {
  if (age < 0 || age > seconds) return;
  const fits = Math.min(1, (2 * x - 32) / widthOf(context, text, `800 ${size}px ${FACE}`));
  context.globalAlpha = clamp((seconds - age) * 3.5, 0, 1);
  outlined(context, text, x, y, { size: size * fits * (0.4 + 0.6 * overshoot(Math.min(age * 4.5, 1))) + 0.1, colour });
  context.globalAlpha = 1;
}

/** "×{factor}" with its number in place. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
