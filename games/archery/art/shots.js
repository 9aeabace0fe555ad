// Arrows on their way and in the target, the sight, and how the wind has carried a shot.
import { clamp } from "../../_art/paint.js";

const OWN_VANES = "#ff6a4d";

/** The end of an arrow that stands in the target, seen from behind; its vanes tell whose it is. */
export function drawStuck(context, x, y, size, fresh = 0, dye = OWN_VANES) {
  const swing = Math.sin(fresh * 40) * fresh * 3;
  context.strokeStyle = "rgb(10 16 40 / 45%)";
  context.lineWidth = size * 0.22;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + size * 0.8, y + size * 1.1);
  context.stroke();
  context.strokeStyle = "#d9b88a";
  context.lineWidth = size * 0.24;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + size * 0.35 + swing, y + size * 0.7 - swing);
  context.stroke();
  vanes(context, x + size * 0.35 + swing, y + size * 0.7 - swing, size, dye);
}

function vanes(context, x, y, size, dye = OWN_VANES) {
  for (let vane = 0; vane < 3; vane++) {
    const turn = (vane * Math.PI * 2) / 3 - Math.PI / 2;
    context.strokeStyle = vane ? dye : "#ffffff";
    context.lineWidth = size * 0.26;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + Math.cos(turn) * size * 0.62, y + Math.sin(turn) * size * 0.62);
    context.stroke();
  }
  context.fillStyle = "#1c2338";
  context.beginPath();
  context.arc(x, y, size * 0.17, 0, 7);
  context.fill();
}

/** An arrow in the air: `part` 0 to 1 on its way from the bow to the target; the wind takes it late. */
export function drawFlying(context, from, to, hit, part, size) {
  const gone = 1 - (1 - part) ** 1.6;
  const x = from.x + (to.x - from.x) * gone + (hit.x - to.x) * part * part;
  const y = from.y + (to.y - from.y) * gone + (hit.y - to.y) * part * part - Math.sin(part * Math.PI) * size * 3;
  vanes(context, x, y, size * (2.6 - gone * 1.6));
  return { x, y };
}

/** Where it was aimed, and what wind and a weak draw made of it. */
export function drawCarried(context, from, to, alpha) {
  context.globalAlpha = alpha;
  context.strokeStyle = "#ffffff";
  context.lineWidth = 2;
  context.setLineDash([3, 6]);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(from.x, from.y, 6, 0, 7);
  context.stroke();
  context.globalAlpha = 1;
}

const QUIET = "#8ff0c4";
const LOUD = "#ffffff";
const TREMBLING = "#ff8f7d";

/** @param {{x: number, y: number}} sight @param {number} radius how far it sways @param {"draw" | "quiet" | "late" | "settle"} breath */
export function drawSight(context, { x, y }, radius, breath, pull) {
  const colour = breath === "quiet" ? QUIET : breath === "late" ? TREMBLING : LOUD;
  const ring = clamp(radius, 11, 90);
  context.strokeStyle = "rgb(6 12 34 / 45%)";
  context.lineWidth = 6;
  circle(context, x, y, ring);
  context.strokeStyle = colour;
  context.lineWidth = breath === "quiet" ? 4 : 3;
  circle(context, x, y, ring);
  if (pull < 1) {
    context.strokeStyle = "#ffd98a";
    context.lineWidth = 5;
    context.beginPath();
    context.arc(x, y, ring + 7, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * pull);
    context.stroke();
  }
  context.lineWidth = 2.5;
  context.strokeStyle = colour;
  for (let arm = 0; arm < 4; arm++) {
    const [dx, dy] = [Math.cos((arm * Math.PI) / 2), Math.sin((arm * Math.PI) / 2)];
    context.beginPath();
    context.moveTo(x + dx * (ring + 1), y + dy * (ring + 1));
    context.lineTo(x + dx * (ring + 9), y + dy * (ring + 9));
    context.stroke();
  }
  context.fillStyle = "#06122e";
  context.beginPath();
  context.arc(x, y, 4.6, 0, 7);
  context.fill();
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, 3.1, 0, 7);
  context.fill();
}

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
}
