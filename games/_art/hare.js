// The snow hare in its down jacket, drawn from the front and from behind. Lengths are parts of its height.
import { dye } from "./jacket.js";

const FUR = "#ffffff";
const FUR_SHADE = "#c9d7ec";
const INNER_EAR = "#f3b3ac";

/**
 * From the front, standing with its feet at x, ground.
 * @param {{lean: number, squash: number, mood: "calm" | "joy" | "hurt", ears: number, arms: number, time: number}} pose
 * lean in radians; squash -1 (long) to 1 (flat); ears how far they lag, in radians; arms 0 (down) to 1 (up)
 */
export function drawHareFront(
  context,
  x,
  ground,
  tall,
  colour,
  { lean = 0, squash = 0, mood = "calm", ears = 0, arms = 0, time = 0 },
) {
  const cloth = dye(colour);
  context.save();
  context.translate(x, ground);
  context.rotate(lean);
  context.scale(tall * (1 + squash * 0.16), tall * (1 - squash * 0.16));
  for (const side of [-1, 1]) {
    oval(context, FUR_SHADE, side * 0.13, -0.03, 0.12, 0.055, 0);
    oval(context, FUR, side * 0.135, -0.035, 0.11, 0.045, 0);
  }
  for (const side of [-1, 1]) drawEar(context, side * 0.1, -0.72, side * 0.16 + ears, 0.34);
  drawCoat(context, cloth, 0.25);
  for (const side of [-1, 1]) drawArm(context, cloth, side, arms);
  drawFace(context, mood, time);
  context.restore();
}

/**
 * From behind, running away from us with its feet at x, ground.
 * @param {{stride: number, lean: number, squash: number, crouch: number, ears: number, air: boolean}} pose stride 0 to 1 through
 * two steps; crouch 0 to 1, how far it slides on its belly
 */
export function drawHareBack(
  context,
  x,
  ground,
  tall,
  colour,
  { stride = 0, lean = 0, squash = 0, crouch = 0, ears = 0, air = false },
) {
  const cloth = dye(colour);
  const swing = Math.sin(stride * Math.PI * 2);
  const hop = air ? 0 : Math.abs(Math.cos(stride * Math.PI * 2)) * 0.05 * (1 - crouch);
  context.save();
  context.translate(x, ground - hop * tall);
  context.rotate(lean);
  context.scale(tall * (1 + squash * 0.14 + crouch * 0.25), tall * (1 - squash * 0.14 - crouch * 0.45));
  for (const side of [-1, 1]) {
    const lift = air ? 0.09 : Math.max(swing * side, 0) * 0.14 * (1 - crouch);
    oval(context, FUR_SHADE, side * (0.13 + crouch * 0.12), -0.04 - lift, 0.085, 0.1 + lift * 0.3, 0);
    oval(context, INNER_EAR, side * (0.13 + crouch * 0.12), -0.05 - lift, 0.045, 0.055, 0);
  }
  for (const side of [-1, 1]) {
    const reach = air ? -0.6 : swing * side * 0.5;
    context.save();
    context.translate(side * 0.24, -0.42);
    context.rotate(side * (-0.5 + reach * 0.6) - crouch * side * 0.9);
    sleeve(context, cloth);
    context.restore();
  }
  for (const side of [-1, 1])
    drawEar(context, side * 0.09, -0.74, side * (0.14 + ears * 0.5) + swing * 0.04, 0.34, true);
  oval(context, FUR_SHADE, 0, -0.665, 0.21, 0.175, 0);
  oval(context, FUR, 0, -0.675, 0.2, 0.165, 0);
  drawCoat(context, cloth, 0.26);
  // The hood lies on the back; the tail looks out below the hem.
  oval(context, cloth.shade, 0, -0.5, 0.2, 0.085, 0);
  oval(context, cloth.colour, 0, -0.515, 0.19, 0.075, 0);
  oval(context, cloth.light, -0.05, -0.53, 0.09, 0.025, 0.1);
  oval(context, FUR_SHADE, swing * 0.02, -0.13, 0.085, 0.08, 0);
  oval(context, FUR, swing * 0.02 - 0.01, -0.14, 0.075, 0.07, 0);
  context.restore();
}

function drawEar(context, x, y, turn, long, behind = false) {
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  oval(context, FUR_SHADE, 0, -long * 0.5, 0.068, long * 0.56, 0);
  oval(context, FUR, behind ? 0 : -0.006, -long * 0.5, 0.058, long * 0.53, 0);
  if (!behind) oval(context, INNER_EAR, 0, -long * 0.48, 0.03, long * 0.4, 0);
  // Snow hares keep black tips in winter.
  oval(context, "#39425c", 0, -long * 0.98, 0.026, 0.035, 0);
  context.restore();
}

/** Four quilted rolls, the lowest the widest. */
function drawCoat(context, cloth, wide) {
  const rows = [
    [-0.14, wide + 0.035],
    [-0.24, wide + 0.03],
    [-0.345, wide + 0.005],
    [-0.44, wide - 0.04],
  ];
  for (const [y, half] of rows) {
    roll(context, cloth.seam, y + 0.008, half, 0.068);
    roll(context, cloth.colour, y, half, 0.06);
    context.globalAlpha = 0.6;
    roll(context, cloth.light, y - 0.026, half * 0.72, 0.014, -half * 0.1);
    context.globalAlpha = 1;
  }
}

function roll(context, colour, y, half, high, shift = 0) {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(-half + shift, y - high, half * 2, high * 2, high);
  context.fill();
}

function drawArm(context, cloth, side, raised) {
  context.save();
  context.translate(side * 0.23, -0.43);
  context.rotate(-side * (0.35 + raised * 2.1));
  sleeve(context, cloth);
  context.restore();
}

function sleeve(context, cloth) {
  context.fillStyle = cloth.shade;
  context.beginPath();
  context.roundRect(-0.062, -0.04, 0.124, 0.26, 0.06);
  context.fill();
  context.fillStyle = cloth.colour;
  context.beginPath();
  context.roundRect(-0.055, -0.04, 0.108, 0.115, 0.05);
  context.roundRect(-0.055, 0.07, 0.108, 0.12, 0.05);
  context.fill();
  oval(context, FUR, 0, 0.225, 0.052, 0.05, 0);
}

function drawFace(context, mood, time) {
  oval(context, FUR_SHADE, 0, -0.62, 0.222, 0.182, 0);
  oval(context, FUR, 0, -0.63, 0.215, 0.175, 0);
  for (const side of [-1, 1]) oval(context, "#f7c9c2", side * 0.135, -0.58, 0.042, 0.026, 0);
  const blink = Math.sin(time * 1.7) > 0.985;
  context.strokeStyle = "#1c2338";
  context.fillStyle = "#1c2338";
  context.lineWidth = 0.02;
  context.lineCap = "round";
  for (const side of [-1, 1]) {
    if (mood === "hurt") {
      for (const turn of [-1, 1]) {
        context.beginPath();
        context.moveTo(side * 0.085 - 0.028, -0.65 - turn * 0.024);
        context.lineTo(side * 0.085 + 0.028, -0.65 + turn * 0.024);
        context.stroke();
      }
    } else if (mood === "joy" || blink) {
      context.beginPath();
      context.arc(side * 0.085, -0.635, 0.034, Math.PI * 1.1, Math.PI * 1.9, mood !== "joy");
      context.stroke();
    } else {
      oval(context, "#1c2338", side * 0.085, -0.648, 0.027, 0.036, 0);
      oval(context, "#ffffff", side * 0.085 - 0.009, -0.661, 0.009, 0.011, 0);
    }
  }
  oval(context, "#d97a70", 0, -0.595, 0.022, 0.016, 0);
  context.lineWidth = 0.013;
  if (mood === "joy") {
    context.fillStyle = "#8c3a3a";
    context.beginPath();
    context.arc(0, -0.572, 0.04, 0, Math.PI);
    context.fill();
  } else {
    context.beginPath();
    context.arc(-0.022, -0.57, 0.022, 0, Math.PI * 0.9);
    context.stroke();
    context.beginPath();
    context.arc(0.022, -0.57, 0.022, Math.PI * 0.1, Math.PI);
    context.stroke();
  }
}

function oval(context, colour, x, y, wide, high, turn) {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(x, y, wide, high, turn, 0, 7);
  context.fill();
}
