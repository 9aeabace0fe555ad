// The bow as its archer sees it: two sleeves of a down jacket, the curve of the limbs, and the arrow under the sight.
import { dye } from "../../_art/jacket.js";
import { clamp } from "../../_art/paint.js";

const WOOD = "#8a5a34";
const WOOD_LIGHT = "#c58d58";

export function createBow(width, height, theme) {
  const cloth = dye(theme.accent);
  const size = Math.min(width / 390, height / 844);
  const long = 236 * size;

  /**
   * @param {{x: number, y: number}} sight where it stands @param {{raised: number, pull: number, shake: number, nocked: boolean}} body
   * `raised` 0 to 1 from the lowered bow to the drawn one; `pull` 0 to 1; `shake` in pixels
   */
  return (context, sight, { raised, pull, shake, nocked }) => {
    const up = raised * raised * (3 - 2 * raised);
    const gripX = between(width * 0.3, sight.x - 104 * size, up) + shake;
    const gripY = between(height * 0.93, sight.y + 104 * size, up) - shake * 0.6;
    const turn = between(0.85, -0.02, up);
    const hand = {
      x: between(gripX + 44 * size, width * 0.62 + (sight.x - width / 2) * 0.35, up * (0.35 + pull * 0.65)),
      y: between(gripY + 26 * size, height * 0.9, up * (0.35 + pull * 0.65)),
    };
    const tips = [-1, 1].map((end) => tipAt(gripX, gripY, turn, end, long, pull, size));
    sleeve(context, cloth, width * -0.08, height * 1.08, gripX - 4 * size, gripY + 20 * size, 74 * size, 46 * size);
    drawString(context, tips, nocked ? hand : null);
    drawLimbs(context, gripX, gripY, turn, tips, size);
    // Lowered it points past the grip, drawn it points under the sight.
    const low = { x: gripX * 2 - hand.x + 30 * size, y: gripY * 2 - hand.y - 60 * size };
    if (nocked) drawArrow(context, hand, { x: between(low.x, sight.x, up), y: between(low.y, sight.y + 15 * size, up) }, size);
    paw(context, gripX + 2 * size, gripY + 14 * size, 24 * size);
    sleeve(context, cloth, width * 1.06, height * 1.12, hand.x + 18 * size, hand.y + 26 * size, 84 * size, 52 * size);
    paw(context, hand.x + 6 * size, hand.y + 8 * size, 27 * size);
  };
}

function tipAt(x, y, turn, end, long, pull, size) {
  const aside = (46 + pull * 34) * size;
  const reach = long * (0.98 - pull * 0.1) * end;
  return { x: x + Math.cos(turn) * aside - Math.sin(turn) * reach, y: y + Math.sin(turn) * aside + Math.cos(turn) * reach };
}

function drawLimbs(context, x, y, turn, tips, size) {
  context.lineCap = "round";
  for (const [n, tip] of tips.entries()) {
    const end = n ? 1 : -1;
    const bend = { x: x - Math.cos(turn) * 26 * size - Math.sin(turn) * 120 * size * end, y: y - Math.sin(turn) * 26 * size + Math.cos(turn) * 120 * size * end };
    for (const [wide, colour] of [[15, "#4d2f18"], [11, WOOD], [4, WOOD_LIGHT]]) {
      context.strokeStyle = colour;
      context.lineWidth = wide * size;
      context.beginPath();
      context.moveTo(x, y);
      context.quadraticCurveTo(bend.x, bend.y, tip.x, tip.y);
      context.stroke();
    }
    context.fillStyle = "#f4f7fb";
    context.beginPath();
    context.arc(tip.x, tip.y, 6 * size, 0, 7);
    context.fill();
  }
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  context.fillStyle = "#3a2413";
  context.beginPath();
  context.roundRect(-9 * size, -36 * size, 18 * size, 76 * size, 9 * size);
  context.fill();
  context.restore();
}

function drawString(context, [top, low], hand) {
  context.strokeStyle = "rgb(240 246 255 / 85%)";
  context.lineWidth = 1.6;
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(top.x, top.y);
  if (hand) context.lineTo(hand.x, hand.y);
  context.lineTo(low.x, low.y);
  context.stroke();
}

/** From the hand, where it is thick, to the point, where it is thin: it flies away from us. */
function drawArrow(context, from, to, size) {
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const [nx, ny] = [-Math.sin(turn), Math.cos(turn)];
  const wide = 4.6 * size;
  context.fillStyle = "#d9b88a";
  context.beginPath();
  context.moveTo(from.x + nx * wide, from.y + ny * wide);
  context.lineTo(to.x + nx, to.y + ny);
  context.lineTo(to.x - nx, to.y - ny);
  context.lineTo(from.x - nx * wide, from.y - ny * wide);
  context.fill();
  context.fillStyle = "#e9eef6";
  context.beginPath();
  context.moveTo(to.x + nx * 4 * size, to.y + ny * 4 * size);
  context.lineTo(to.x + Math.cos(turn) * 15 * size, to.y + Math.sin(turn) * 15 * size);
  context.lineTo(to.x - nx * 4 * size, to.y - ny * 4 * size);
  context.fill();
  for (const side of [-1, 1]) {
    context.fillStyle = side < 0 ? "#ff6a4d" : "#ffffff";
    context.beginPath();
    const at = (along, out) => [from.x + Math.cos(turn) * along * size + nx * out * size * side, from.y + Math.sin(turn) * along * size + ny * out * size * side];
    context.moveTo(...at(16, 3));
    context.lineTo(...at(22, 17));
    context.lineTo(...at(56, 14));
    context.lineTo(...at(72, 3));
    context.fill();
  }
}

/** A quilted sleeve from the corner of the picture to the hand: it narrows, and swells a little between its seams. */
function sleeve(context, cloth, fromX, fromY, toX, toY, wide, narrow) {
  const turn = Math.atan2(toY - fromY, toX - fromX);
  const long = Math.hypot(toX - fromX, toY - fromY);
  const rolls = clamp(Math.round(long / (wide * 0.42)), 3, 11);
  const step = long / rolls;
  const half = (at) => (wide + (narrow - wide) * (at / long)) / 2;
  context.save();
  context.translate(fromX, fromY);
  context.rotate(turn);
  for (let n = rolls - 1; n >= 0; n--) {
    const [from, to] = [n * step, (n + 1) * step];
    const swollen = half((from + to) / 2) * 1.09;
    context.fillStyle = cloth.colour;
    context.beginPath();
    context.moveTo(from, -half(from));
    context.quadraticCurveTo((from + to) / 2, -swollen * 1.1, to, -half(to));
    context.quadraticCurveTo(to + step * 0.28, 0, to, half(to));
    context.quadraticCurveTo((from + to) / 2, swollen * 1.1, from, half(from));
    context.fill();
    context.fillStyle = cloth.shade;
    context.beginPath();
    context.moveTo(from, half(from) * 0.35);
    context.quadraticCurveTo((from + to) / 2, swollen * 0.55, to, half(to) * 0.35);
    context.lineTo(to, half(to));
    context.quadraticCurveTo((from + to) / 2, swollen * 1.1, from, half(from));
    context.fill();
    context.strokeStyle = cloth.light;
    context.globalAlpha = 0.7;
    context.lineWidth = wide * 0.06;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(from + step * 0.3, -swollen * 0.72);
    context.quadraticCurveTo(from + step * 0.55, -swollen * 0.82, from + step * 0.8, -swollen * 0.7);
    context.stroke();
    context.globalAlpha = 1;
    context.strokeStyle = cloth.seam;
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(to, -half(to));
    context.quadraticCurveTo(to + step * 0.28, 0, to, half(to));
    context.stroke();
  }
  context.fillStyle = cloth.seam;
  context.beginPath();
  context.roundRect(long - 3, -narrow * 0.46, 12, narrow * 0.92, 6);
  context.fill();
  context.restore();
}

/** The hare's own white paw. */
function paw(context, x, y, size) {
  context.fillStyle = "#c9d7ec";
  context.beginPath();
  context.arc(x + 1.5, y + 2, size, 0, 7);
  context.fill();
  context.fillStyle = "#ffffff";
  context.beginPath();
  context.arc(x, y, size * 0.96, 0, 7);
  context.fill();
  context.strokeStyle = "#c9d7ec";
  context.lineWidth = size * 0.1;
  context.lineCap = "round";
  for (const finger of [-0.38, 0, 0.38]) {
    context.beginPath();
    context.moveTo(x + finger * size, y - size * 0.8);
    context.lineTo(x + finger * size * 0.8, y - size * 0.28);
    context.stroke();
  }
}

function between(from, to, part) {
  return from + (to - from) * part;
}
