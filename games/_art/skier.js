// The snow hare on skis, seen from the side. A pose says where its joints are; two poses blend into any between them.
// Lengths are parts of its height, x forward along the skis and y up from them.
import { dye } from "./jacket.js";

const FUR = "#ffffff";
const FUR_SHADE = "#c9d7ec";

/** @typedef {{knee: number[], hip: number[], shoulder: number[], head: number[], hand: number[], split: number, ears: number}} Pose */

/** @type {Record<string, Pose>} `split` is how far one foot stands before the other, `ears` how far back they lie. */
export const POSES = {
  sit: { knee: [0.2, 0.3], hip: [-0.08, 0.36], shoulder: [-0.02, 0.7], head: [0.04, 0.88], hand: [-0.14, 0.36], split: 0, ears: 0.1 },
  stand: { knee: [0.08, 0.27], hip: [0, 0.5], shoulder: [0.04, 0.82], head: [0.09, 1], hand: [0.14, 0.5], split: 0, ears: 0.3 },
  crouch: { knee: [0.19, 0.25], hip: [-0.12, 0.34], shoulder: [0.24, 0.5], head: [0.41, 0.57], hand: [-0.2, 0.44], split: 0, ears: 1.25 },
  spring: { knee: [0.1, 0.3], hip: [0.14, 0.56], shoulder: [0.4, 0.86], head: [0.5, 1.02], hand: [0.02, 0.56], split: 0, ears: 1.1 },
  upright: { knee: [0.06, 0.29], hip: [0.12, 0.54], shoulder: [0.3, 0.86], head: [0.38, 1.04], hand: [0.04, 0.55], split: 0, ears: 1 },
  flying: { knee: [0.2, 0.24], hip: [0.4, 0.42], shoulder: [0.78, 0.6], head: [0.95, 0.68], hand: [0.34, 0.36], split: 0, ears: 1.5 },
  diving: { knee: [0.26, 0.16], hip: [0.52, 0.22], shoulder: [0.95, 0.26], head: [1.12, 0.28], hand: [0.5, 0.14], split: 0, ears: 1.7 },
  telemark: { knee: [0.2, 0.22], hip: [0, 0.44], shoulder: [0.02, 0.78], head: [0.06, 0.96], hand: [-0.36, 0.86], split: 0.34, ears: 0.6 },
  reach: { knee: [0.1, 0.27], hip: [0.02, 0.51], shoulder: [0.2, 0.8], head: [0.3, 0.97], hand: [0.48, 0.78], split: 0, ears: 0.7 },
  plant: { knee: [0.15, 0.25], hip: [-0.06, 0.47], shoulder: [0.22, 0.68], head: [0.37, 0.8], hand: [0.34, 0.42], split: 0, ears: 1 },
  finish: { knee: [0.14, 0.26], hip: [-0.14, 0.45], shoulder: [0.2, 0.58], head: [0.37, 0.66], hand: [-0.3, 0.44], split: 0, ears: 1.2 },
  cheer: { knee: [0.04, 0.28], hip: [0, 0.52], shoulder: [0, 0.84], head: [0.03, 1.02], hand: [0.2, 1.2], split: 0, ears: 0.1 },
};

/** The pose `part` (0 to 1) of the way from one to another. */
export function blend(from, to, part) {
  const pose = {};
  for (const name of Object.keys(from)) {
    const [a, b] = [from[name], to[name]];
    pose[name] = Array.isArray(a) ? [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part] : a + (b - a) * part;
  }
  return pose;
}

/**
 * Standing with its boots at x, y on skis that point down by `turn` radians.
 * @param {{turn: number, spread?: number, poles?: number | null, rifle?: boolean, flutter?: number, joy?: boolean}} look
 * `spread` 0 to 1 opens the skis to a V; `poles` their slant in radians, or null for none
 */
export function drawSkier(context, x, y, tall, colour, pose, { turn, spread = 0, poles = null, rifle = false, flutter = 0, joy = false }) {
  const cloth = dye(colour);
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  context.scale(tall, -tall);
  context.lineCap = "round";
  context.lineJoin = "round";
  const back = [-pose.split * 0.6, 0];
  const front = [pose.split * 0.4, 0];
  drawSki(context, back, cloth.shade, spread * 0.14);
  if (poles !== null) drawPole(context, pose.hand, poles, "#7d8aa8");
  drawLeg(context, pose.hip, pose.split ? [back[0] + 0.16, 0.14] : [pose.knee[0] - 0.04, pose.knee[1]], back, "#2a3350");
  drawSki(context, front, "#f6f9fd", -spread * 0.05, cloth.colour);
  drawLeg(context, pose.hip, pose.knee, front, "#39456b");
  if (rifle) drawRifle(context, pose);
  drawTrunk(context, pose, cloth);
  drawHead(context, pose, cloth, flutter, joy);
  drawArm(context, pose, cloth);
  if (poles !== null) drawPole(context, pose.hand, poles, "#e9eef6");
  context.restore();
}

function drawSki(context, [x, y], colour, lift, stripe) {
  context.strokeStyle = colour;
  context.lineWidth = 0.045;
  context.beginPath();
  context.moveTo(x - 0.62, y + lift * 0.4);
  context.lineTo(x + 0.78, y + lift);
  context.quadraticCurveTo(x + 0.9, y + lift + 0.01, x + 0.95, y + lift + 0.09);
  context.stroke();
  if (!stripe) return;
  context.strokeStyle = stripe;
  context.lineWidth = 0.018;
  context.beginPath();
  context.moveTo(x + 0.2, y + lift * 0.8);
  context.lineTo(x + 0.72, y + lift);
  context.stroke();
}

function drawLeg(context, hip, knee, foot, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 0.15;
  context.beginPath();
  context.moveTo(...hip);
  context.lineTo(...knee);
  context.stroke();
  context.lineWidth = 0.115;
  context.beginPath();
  context.moveTo(...knee);
  context.lineTo(foot[0] - 0.01, foot[1] + 0.1);
  context.stroke();
  context.fillStyle = "#f3f6fb";
  context.beginPath();
  context.roundRect(foot[0] - 0.09, foot[1] + 0.015, 0.22, 0.13, 0.05);
  context.fill();
}

/** Quilted rolls from the hips to the collar. */
function drawTrunk(context, { hip, shoulder }, cloth) {
  const turn = Math.atan2(shoulder[1] - hip[1], shoulder[0] - hip[0]);
  const long = Math.hypot(shoulder[0] - hip[0], shoulder[1] - hip[1]) + 0.12;
  context.save();
  context.translate(...hip);
  context.rotate(turn);
  // The tail looks out below the hem.
  oval(context, FUR_SHADE, -0.1, 0.1, 0.075, 0.07);
  oval(context, FUR, -0.1, 0.11, 0.065, 0.06);
  const rolls = 4;
  const step = long / rolls;
  for (let n = 0; n < rolls; n++) {
    const half = 0.175 + 0.03 * Math.sin(((n + 0.6) / rolls) * Math.PI);
    const from = -0.08 + n * step;
    box(context, cloth.seam, from - 0.012, -half, step + 0.03, half * 2, 0.06);
    box(context, cloth.colour, from, -half, step + 0.012, half * 2, 0.058);
    context.globalAlpha = 0.55;
    box(context, cloth.light, from + step * 0.28, half * 0.3, step * 0.44, half * 0.42, 0.03);
    context.globalAlpha = 1;
  }
  context.restore();
}

function drawArm(context, { shoulder, hand }, cloth) {
  const from = [shoulder[0] - 0.02, shoulder[1] - 0.03];
  const middle = [(from[0] + hand[0]) / 2 - 0.03, (from[1] + hand[1]) / 2 - 0.04];
  context.strokeStyle = cloth.seam;
  context.lineWidth = 0.145;
  arc(context, from, middle, hand);
  context.strokeStyle = cloth.colour;
  context.lineWidth = 0.12;
  arc(context, from, middle, hand);
  context.strokeStyle = cloth.light;
  context.lineWidth = 0.025;
  context.globalAlpha = 0.6;
  arc(context, [from[0], from[1] + 0.03], [middle[0], middle[1] + 0.03], [hand[0], hand[1] + 0.02]);
  context.globalAlpha = 1;
  oval(context, FUR, hand[0], hand[1], 0.07, 0.068);
}

function drawHead(context, { head, ears }, cloth, flutter, joy) {
  const [x, y] = head;
  for (const [shift, colour, lag] of [[-0.05, FUR_SHADE, 0.12], [0.02, FUR, 0]]) {
    context.save();
    context.translate(x + shift, y + 0.1);
    context.rotate(ears + lag + Math.sin(flutter * 9 + shift * 20) * 0.07 * Math.min(ears + 0.2, 1));
    oval(context, colour, 0, 0.19, 0.062, 0.21);
    if (colour === FUR) oval(context, "#f3b3ac", 0.012, 0.19, 0.026, 0.15);
    oval(context, "#39425c", 0, 0.38, 0.026, 0.03);
    context.restore();
  }
  oval(context, FUR_SHADE, x - 0.005, y - 0.012, 0.168, 0.15);
  oval(context, FUR, x, y, 0.165, 0.145);
  oval(context, FUR, x + 0.1, y - 0.035, 0.085, 0.075);
  oval(context, "#f7c9c2", x + 0.05, y - 0.055, 0.034, 0.022);
  oval(context, "#d97a70", x + 0.18, y - 0.015, 0.022, 0.018);
  // Goggles, as everybody wears who is fast.
  context.strokeStyle = cloth.shade;
  context.lineWidth = 0.05;
  context.beginPath();
  context.moveTo(x - 0.15, y + 0.045);
  context.lineTo(x + 0.06, y + 0.045);
  context.stroke();
  box(context, "#16305f", x + 0.015, y - 0.005, 0.125, 0.1, 0.045);
  context.fillStyle = joy ? "#ffe27a" : "#7cc4ff";
  context.beginPath();
  context.roundRect(x + 0.035, y + 0.045, 0.075, 0.03, 0.015);
  context.fill();
}

function drawPole(context, [x, y], slant, colour) {
  const [dx, dy] = [Math.sin(slant), -Math.cos(slant)];
  context.strokeStyle = colour;
  context.lineWidth = 0.024;
  context.beginPath();
  context.moveTo(x - dx * 0.12, y - dy * 0.12);
  context.lineTo(x + dx * 0.82, y + dy * 0.82);
  context.stroke();
  context.lineWidth = 0.05;
  context.beginPath();
  context.moveTo(x + dx * 0.72, y + dy * 0.72);
  context.lineTo(x + dx * 0.75, y + dy * 0.75);
  context.stroke();
}

function drawRifle(context, { hip, shoulder }) {
  const turn = Math.atan2(shoulder[1] - hip[1], shoulder[0] - hip[0]);
  context.save();
  context.translate(hip[0], hip[1]);
  context.rotate(turn);
  box(context, "#6d4a2e", -0.06, 0.19, 0.3, 0.07, 0.03);
  box(context, "#232b45", 0.2, 0.215, 0.46, 0.03, 0.015);
  context.restore();
}

function box(context, colour, x, y, wide, high, round) {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, wide, high, round);
  context.fill();
}

function arc(context, from, middle, to) {
  context.beginPath();
  context.moveTo(...from);
  context.quadraticCurveTo(...middle, ...to);
  context.stroke();
}

function oval(context, colour, x, y, wide, high) {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(x, y, wide, high, 0, 0, 7);
  context.fill();
}
