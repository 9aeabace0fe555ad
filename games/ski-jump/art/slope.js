// The hill from the side: the in-run on its scaffold, the landing slope with its lines, lamps and firs.
import { firSprite } from "../../_art/fir.js";
import { ICE } from "../../_art/ghost.js";
import { mix, scatter } from "../../_art/paint.js";
import { lampSprite, nightOf } from "../../_art/village.js";
import { FACE } from "../../_art/words.js";
import { groundAt, METRE } from "../rules.js";

// A metre on the slope is longer than a metre along x; see the distance in rules.js.
export const SLANT = 1.12;
const TABLE = 9; // metres of the even end of the in-run
const CURVE = 13;
const STEEP = 0.62;
const EVEN = 0.185;

/** The place on the in-run `back` metres before the lip, in metres: x to the left negative, y upwards negative. */
export function inrunAt(back) {
  if (back <= TABLE) return [-back * 0.98, -back * EVEN];
  const curved = Math.min(back - TABLE, CURVE);
  const steepness = EVEN + ((STEEP - EVEN) * curved) / CURVE;
  const [x, y] = [-TABLE * 0.98 - curved * 0.94, -TABLE * EVEN - curved * (EVEN + steepness) * 0.5 * 0.94];
  const rest = Math.max(back - TABLE - CURVE, 0) * 0.85;
  return [x - rest, y - rest * STEEP];
}

/** How steep the in-run is there. */
export function inrunSteepness(back) {
  return EVEN + (STEEP - EVEN) * Math.min(Math.max((back - TABLE) / CURVE, 0), 1);
}

/** A brand's `picture` may hang on the tower below the lip. */
export function createSlope(width, height, theme, picture) {
  const night = nightOf(theme);
  const lamp = lampSprite(110);
  const tree = firSprite(night);
  const snow = mix(night.snowShade, "#ffffff", 0.78);
  const [shaded, deep] = [0.45, 0.8].map((part) => mix(snow, night.snowShade, part));
  const edge = mix(night.snowShade, theme.ground, 0.25);
  const dark = mix(theme.ground, "#04081c", 0.5);
  const [knoll, pillars] = [0.2, 0.35].map((part) => mix(dark, "#6f86b8", part));
  const ground = (hill, metres) => groundAt(hill, Math.max(metres, 0) * METRE) / METRE;

  /**
   * @param {{scale: number, left: number, top: number}} view pixels for a metre, and the metre at the picture's corner
   * @param {number} record the longest jump so far, and `theirs` where the other one landed, in decimetres, or 0
   */
  return (context, view, hill, record, theirs) => {
    const x = (metre) => (metre - view.left) * view.scale;
    const y = (metre) => (metre - view.top) * view.scale;
    const right = view.left + width / view.scale;
    drawInrun(context, view, x, y);
    if (right > 0) {
      drawFirs(context, view, x, y, hill, right);
      drawSnow(context, x, y, hill, right);
      drawLines(context, view, x, y, hill, right, record, theirs);
      drawLamps(context, view, x, y, hill, right);
    }
  };

  function drawSnow(context, x, y, hill, right) {
    const points = [];
    for (let metre = 0; metre <= right + 2; metre += 2) points.push([x(metre), y(ground(hill, metre))]);
    const fill = (colour, shift) => {
      context.fillStyle = colour;
      context.beginPath();
      context.moveTo(points[0][0], height + 20);
      for (const [px, py] of points) context.lineTo(px, py + shift);
      context.lineTo(points.at(-1)[0], height + 20);
      context.fill();
    };
    fill(snow, 0);
    fill(shaded, 26);
    fill(deep, 74);
  }

  /** Every ten metres a line, the K point red, the longest jump of this round green. */
  function drawLines(context, view, x, y, hill, right, record, theirs) {
    const line = (metres, colour, wide, label) => {
      const at = metres / SLANT;
      if (at < view.left - 2 || at > right + 2) return;
      const [px, py] = [x(at), y(ground(hill, at))];
      context.strokeStyle = colour;
      context.lineWidth = wide;
      context.beginPath();
      context.moveTo(px, py);
      context.lineTo(px - 10, py + 30);
      context.stroke();
      if (!label) return;
      context.fillStyle = colour;
      context.font = `800 15px ${FACE}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(label, px - 16, py + 46);
    };
    const last = Math.ceil(right * SLANT);
    for (let metres = Math.max(Math.ceil((view.left * SLANT) / 10) * 10, 20); metres <= last; metres += 10) line(metres, "rgb(40 78 146 / 60%)", 2.5, String(metres));
    line(hill.k * SLANT, "#e2483a", 5, "");
    line(hill.size * SLANT, "#e2483a", 2.5, "");
    if (record > 0) line(record / 10, "#35c98a", 5, "");
    if (theirs > 0) drawTheirMark(context, x(theirs / 10 / SLANT), y(ground(hill, theirs / 10 / SLANT)));
    flag(context, x(hill.k), y(ground(hill, hill.k)), "K");
  }

  /** A peg with a round head, such as nothing else on the hill has. */
  function drawTheirMark(context, x, y) {
    if (x < -40 || x > width + 40) return;
    context.strokeStyle = "#0a1430";
    context.lineWidth = 7;
    stroke(context, x, y - 24, x - 10, y + 30);
    context.strokeStyle = ICE;
    context.lineWidth = 4;
    stroke(context, x, y - 24, x - 10, y + 30);
    context.fillStyle = ICE;
    context.beginPath();
    context.arc(x, y - 28, 8, 0, 7);
    context.fill();
  }

  function flag(context, x, y, letter) {
    if (x < -40 || x > width + 40) return;
    context.fillStyle = "#2a3350";
    context.fillRect(x + 6, y - 46, 3, 46);
    context.fillStyle = "#e2483a";
    context.beginPath();
    context.roundRect(x + 6, y - 48, 28, 22, 4);
    context.fill();
    context.fillStyle = "#ffffff";
    context.font = `800 15px ${FACE}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(letter, x + 20, y - 36);
  }

  function drawLamps(context, view, x, y, hill, right) {
    const size = view.scale / 12;
    for (let metre = 18 + Math.max(Math.floor((view.left - 30) / 22), 0) * 22; metre < right + 10; metre += 22) {
      const [wide, high] = [lamp.width * size, lamp.height * size];
      context.drawImage(lamp.canvas, x(metre) - lamp.middle * size, y(ground(hill, metre)) + 26 - lamp.foot * size, wide, high);
    }
  }

  function drawFirs(context, view, x, y, hill, right) {
    const size = view.scale / 10;
    for (let n = Math.max(Math.floor(view.left / 5) - 2, 2); n * 5 < right + 8; n++) {
      const chance = scatter(n * 31 + 5);
      const metre = n * 5 + chance() * 4;
      const tall = (60 + chance() * 60) * size;
      const foot = y(ground(hill, metre)) + 3;
      if (chance() > 0.35) context.drawImage(tree.canvas, x(metre) - tall * 0.33, foot - tall, tall * 0.66, tall);
    }
  }

  /** The scaffold stands on pillars over the dark; its track is lit at the rim. */
  function drawInrun(context, view, x, y) {
    if (x(0) < -60) return;
    const points = [];
    for (let back = 0; back <= 60; back += 2) points.push(inrunAt(back));
    context.strokeStyle = pillars;
    context.lineWidth = Math.max(view.scale * 0.35, 3);
    for (let n = 3; n < points.length; n += 4) {
      const [px, py] = points[n];
      context.beginPath();
      context.moveTo(x(px), y(py));
      context.lineTo(x(px), height + 30);
      if (n > 4) {
        const [qx] = points[n - 4];
        context.moveTo(x(px), y(py + 9));
        context.lineTo(x(qx), y(py + 19));
      }
      context.stroke();
    }
    const band = (colour, from, thick) => {
      context.strokeStyle = colour;
      context.lineWidth = thick;
      context.lineCap = "butt";
      context.beginPath();
      for (const [px, py] of points) context.lineTo(x(px), y(py) + from);
      context.stroke();
    };
    band(dark, view.scale * 0.75, view.scale * 1.1);
    band(edge, view.scale * 0.4, view.scale * 0.5);
    band("#ffffff", view.scale * 0.16, view.scale * 0.34);
    drawKnoll(context, view, x, y);
    drawMarks(context, view, x, y);
  }

  function drawKnoll(context, view, x, y) {
    context.fillStyle = knoll;
    context.beginPath();
    context.moveTo(x(-1.4), y(0.2));
    context.lineTo(x(0), y(0.1));
    context.lineTo(x(0), y(3.1));
    context.lineTo(x(-1.4), height + 20);
    context.lineTo(x(-8), height + 20);
    context.lineTo(x(-8), y(-0.8));
    context.fill();
    if (picture) context.drawImage(picture, x(-6.6), y(2.4), view.scale * 4.6, view.scale * 9.2);
  }

  /** Posts along the last metres: the fourth beat after three posts is the lip. */
  function drawMarks(context, view, x, y) {
    for (const [n, back] of LIP_MARKS.entries()) {
      const [px, py] = inrunAt(back);
      const colour = n === LIP_MARKS.length - 1 ? "#35c98a" : "#ffd98a";
      context.fillStyle = colour;
      context.fillRect(x(px) - 2.5, y(py) - 30, 5, 30);
      context.beginPath();
      context.arc(x(px), y(py) - 32, n === LIP_MARKS.length - 1 ? 8 : 6, 0, 7);
      context.fill();
    }
  }
}

function stroke(context, x, y, toX, toY) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
}

/** Metres before the lip. */
export const LIP_MARKS = [18, 12, 6, 0];
