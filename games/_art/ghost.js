// Whatever belongs to the other one of a race or a duel looks alike in all games: in the tone of ice, and seen through.
import { FACE, widthOf } from "./words.js";

export const ICE = "#9fc4f0";
export const GHOSTLY = 0.42; // how much of the other one's figure one sees
const SIZE = 13;
const HIGH = 22;

/**
 * The other one's number (points, layers) on a small sign with the mark that the strip above the game has for them. `x` is
 * its left edge, or with `align` "right" its right one; gives its width.
 */
export function drawGhostSign(context, number, x, y, align = "left") {
  const text = String(number);
  const wide = widthOf(context, text, `800 ${SIZE}px ${FACE}`) + 32;
  const left = align === "left" ? x : x - wide;
  context.fillStyle = "rgb(6 14 40 / 62%)";
  context.strokeStyle = ICE;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(left, y - HIGH / 2, wide, HIGH, HIGH / 2);
  context.fill();
  context.stroke();
  context.fillStyle = ICE;
  context.beginPath();
  context.arc(left + 12, y, 5, 0, 7);
  context.fill();
  context.fillStyle = "#eaf3ff";
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, left + 22, y + 1);
  return wide;
}
