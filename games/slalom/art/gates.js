// Gates: two poles with a cloth each, the line between them, and the stretch by the inner pole that pays.
import { clamp } from "../../_art/paint.js";
import { FACE } from "../../_art/words.js";
import { KISS, METRE } from "../rules.js";

const COLOURS = ["#e2483a", "#2f7fe0"];
const POLE = 1.75; // metres

/** How a gate was passed, and since when, so that its poles swing: { what, at } by number; `time` for what always moves. */
export function drawGate(context, view, gate, half, { n, next, passed, now, time }) {
  const [y, inner, outer] = [gate.y / METRE, (gate.x + gate.turn * half) / METRE, (gate.x - gate.turn * half) / METRE];
  const [a, b] = [view.place(inner, y), view.place(outer, y)];
  if (!a || !b) return;
  const colour = COLOURS[n % 2];
  if (!passed) drawLine(context, view, gate, inner, a, b, colour, next);
  const swing = passed?.what === "kiss" ? Math.sin((now - passed.at) * 16) * Math.exp(-(now - passed.at) * 3) : 0;
  drawPole(context, a, colour, -gate.turn, swing * gate.turn, next);
  drawPole(context, b, colour, gate.turn, 0, false);
  if (next) drawArrow(context, a, b, gate.turn, time);
}

function drawLine(context, view, gate, inner, a, b, colour, next) {
  context.strokeStyle = colour;
  context.globalAlpha = next ? 0.8 : 0.35;
  context.lineWidth = Math.max(a.metre * 0.07, 1);
  context.setLineDash([a.metre * 0.35, a.metre * 0.25]);
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  context.stroke();
  context.setLineDash([]);
  const edge = view.place(inner - (gate.turn * KISS) / METRE, gate.y / METRE);
  context.strokeStyle = "#35e0a0";
  context.globalAlpha = next ? 0.95 : 0.4;
  context.lineWidth = Math.max(a.metre * 0.16, 2);
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(edge.x, edge.y);
  context.stroke();
  context.globalAlpha = 1;
}

function drawPole(context, { x, y, metre }, colour, side, swing, bright) {
  context.save();
  context.translate(x, y);
  context.rotate(swing * 0.9);
  context.fillStyle = "rgb(20 40 90 / 26%)";
  context.fillRect(-metre * 0.25, -metre * 0.03, metre * 0.5, metre * 0.06);
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(-metre * 0.06, -metre * POLE, metre * 0.12, metre * POLE, metre * 0.06);
  context.fill();
  context.beginPath();
  context.moveTo(0, -metre * POLE * 0.97);
  context.lineTo(side * metre * -0.62, -metre * POLE * 0.9);
  context.lineTo(side * metre * -0.62, -metre * POLE * 0.55);
  context.lineTo(0, -metre * POLE * 0.48);
  context.fill();
  context.fillStyle = "rgb(255 255 255 / 85%)";
  context.fillRect(side < 0 ? metre * 0.12 : -metre * 0.5, -metre * POLE * 0.76, metre * 0.38, metre * 0.09);
  if (bright) {
    context.fillStyle = "rgb(255 255 255 / 55%)";
    context.fillRect(-metre * 0.03, -metre * POLE, metre * 0.04, metre * POLE);
  }
  context.restore();
}

/** A chevron hangs over the next gate and points to the side on which it turns. */
function drawArrow(context, a, b, turn, time) {
  const x = a.x;
  const y = a.y - a.metre * (POLE + 0.7) - Math.abs(Math.sin(time * 5)) * a.metre * 0.22;
  const size = clamp(a.metre * 0.3, 5, 16);
  context.fillStyle = "#ffe27a";
  context.beginPath();
  context.moveTo(x - size, y - size * 0.7);
  context.lineTo(x + size, y - size * 0.7);
  context.lineTo(x, y + size * 0.8);
  context.fill();
}

/** An arch over a chequered line; a brand's `picture` may stand in place of the word. */
export function drawFinish(context, view, y, text, theme, picture) {
  const [left, right] = [view.place(-6.5, y), view.place(6.5, y)];
  if (!left || !right) return;
  const { metre } = left;
  const squares = 13;
  const wide = (right.x - left.x) / squares;
  for (let n = 0; n < squares; n++) {
    for (const row of [0, 1]) {
      context.fillStyle = (n + row) % 2 ? "#14213f" : "#ffffff";
      context.fillRect(left.x + n * wide, left.y - (row + 1) * metre * 0.22, wide + 0.5, metre * 0.24);
    }
  }
  context.fillStyle = theme.accent;
  for (const { x } of [left, right]) context.fillRect(x - metre * 0.15, left.y - metre * 4.4, metre * 0.3, metre * 4.4);
  context.beginPath();
  context.roundRect(left.x - metre * 0.3, left.y - metre * 4.9, right.x - left.x + metre * 0.6, metre * 1.1, metre * 0.2);
  context.fill();
  context.fillStyle = theme.onAccent;
  context.font = `800 ${Math.max(metre * 0.8, 6)}px ${FACE}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const middle = (left.x + right.x) / 2;
  if (picture) context.drawImage(picture, middle - metre * 2, left.y - metre * 4.85, metre * 4, metre);
  else context.fillText(text, middle, left.y - metre * 4.33);
  context.fillStyle = "#f4f8fd";
  context.beginPath();
  context.ellipse((left.x + right.x) / 2, left.y - metre * 4.9, (right.x - left.x) / 2, metre * 0.22, 0, Math.PI, 0);
  context.fill();
}
