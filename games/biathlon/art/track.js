// The cross-country track from the side: hills and hollows, the marks for the poles, lamps and firs.
import { firSprite } from "../../_art/fir.js";
import { mix, scatter } from "../../_art/paint.js";
import { softDot } from "../../_art/snowfall.js";
import { lampSprite, nightOf } from "../../_art/village.js";
import { METRE } from "../rules.js";

const STEP = 0.5; // metres between two heights
const SLOPE = { up: 0.27, flat: 0, down: -0.29 };
const SMOOTH = 5; // heights to each side that round off a change of slope
const GROOVES = [9, 15]; // pixels below the track's edge
const BEYOND = 40; // metres of flat before and after the leg

/** The heights of a leg: `at(metre)` and `slope(metre)`. */
export function profile(course) {
  const steps = Math.ceil(course.long / METRE / STEP) + (BEYOND * 2) / STEP;
  const steep = [];
  for (let n = 0; n < steps; n++) {
    const place = (n * STEP - BEYOND) * METRE;
    const piece = course.ground.find(([, from, to]) => place >= from && place < to);
    steep.push(piece ? SLOPE[piece[0]] : 0);
  }
  const heights = [0];
  const slopes = [];
  for (let n = 0; n < steps; n++) {
    let sum = 0;
    for (let near = -SMOOTH; near <= SMOOTH; near++) sum += steep[Math.min(Math.max(n + near, 0), steps - 1)];
    slopes.push(sum / (SMOOTH * 2 + 1));
    heights.push(heights[n] + slopes[n] * STEP);
  }
  const place = (metre) => Math.min(Math.max((metre + BEYOND) / STEP, 0), steps - 1.001);
  return {
    at(metre) {
      const spot = place(metre);
      const n = Math.floor(spot);
      return heights[n] + (heights[n + 1] - heights[n]) * (spot - n);
    },
    slope: (metre) => slopes[Math.floor(place(metre))],
  };
}

export function createTrack(width, height, theme) {
  const night = nightOf(theme);
  const lamp = lampSprite(150);
  const fir = firSprite(night);
  const light = softDot("#8fd4ff", 64);
  const gold = softDot("#ffd35a", 64);
  const snow = mix(night.snowShade, "#ffffff", 0.8);
  /** The ground from its edge down: each colour, and how far below the track it begins. */
  const bands = [
    ["#f7faff", -3],
    [snow, 3],
    [mix(snow, night.snowShade, 0.35), 30],
    [mix(snow, night.snowShade, 0.6), 78],
    [mix(night.snowShade, night.ground, 0.16), 150],
    [mix(night.snowShade, night.ground, 0.4), 240],
  ];
  // Of the picture's edge from left to right, one height in each.
  const line = { x: [], y: [], count: 0 };
  const firs = new Map();

  /** @param {{x: (metre: number) => number, y: (metre: number) => number, from: number, to: number}} view */
  function drawGround(context, view) {
    line.count = 0;
    for (let metre = view.from; metre <= view.to + 0.6; metre += 0.6) {
      line.x[line.count] = view.x(metre);
      line.y[line.count++] = view.y(metre);
    }
    drawFirs(context, view);
    for (let n = 0; n < bands.length; n++) fillBand(context, n);
    context.strokeStyle = "rgb(70 110 180 / 32%)";
    context.lineWidth = 2.5;
    for (const shift of GROOVES) {
      context.beginPath();
      follow(context, shift);
      context.stroke();
    }
    drawLamps(context, view);
  }

  /** Down to a little below the next one, so that none is painted twice and no gap shines through. */
  function fillBand(context, n) {
    const [colour, shift] = bands[n];
    context.fillStyle = colour;
    context.beginPath();
    follow(context, shift);
    const last = line.count - 1;
    if (n + 1 < bands.length) for (let at = last; at >= 0; at--) context.lineTo(line.x[at], line.y[at] + bands[n + 1][1] + 1);
    else {
      context.lineTo(line.x[last], height + 10);
      context.lineTo(line.x[0], height + 10);
    }
    context.fill();
  }

  function follow(context, shift) {
    for (let at = 0; at < line.count; at++) context.lineTo(line.x[at], line.y[at] + shift);
  }

  function drawLamps(context, view) {
    for (let n = Math.floor(view.from / 13) - 1; n * 13 < view.to + 4; n++) {
      const metre = n * 13 + 4;
      const size = 0.86;
      context.drawImage(lamp.canvas, view.x(metre) - lamp.middle * size, view.y(metre) - 8 - lamp.foot * size, lamp.width * size, lamp.height * size);
    }
  }

  function drawFirs(context, view) {
    for (let n = Math.floor(view.from / 3.4) - 2; n * 3.4 < view.to + 4; n++) {
      const { metre, tall, stands } = firAt(n);
      if (stands) context.drawImage(fir.canvas, view.x(metre) - tall * 0.33, view.y(metre) - tall + 4, tall * 0.66, tall);
    }
  }

  function firAt(n) {
    if (!firs.has(n)) {
      const chance = scatter(n * 31 + 7);
      firs.set(n, { metre: n * 3.4 + chance() * 2.4, tall: 60 + chance() * 90, stands: chance() > 0.3 });
    }
    return firs.get(n);
  }

  /** Where the poles go in; the ring around the next one closes as it comes. */
  function drawMarks(context, view, { course, mark, way, speed }) {
    for (let n = mark; n < course.marks.length; n++) {
      const [place, golden] = course.marks[n];
      const metre = place / METRE;
      if (metre > view.to) break;
      const [x, y] = [view.x(metre), view.y(metre) + 6];
      const ticks = (place - way) / Math.max(speed, 1);
      const near = Math.max(1 - Math.max(ticks, 0) / 90, 0);
      const size = (golden ? 30 : 26) + near * 14;
      context.globalAlpha = 0.55 + near * 0.45;
      context.drawImage((golden ? gold : light).canvas, x - size, y - size * 0.6, size * 2, size * 1.2);
      context.globalAlpha = 1;
      if (golden) drawStar(context, x, y - 2, 9);
      else {
        context.fillStyle = n === mark ? "#ffffff" : "#bfe4ff";
        context.strokeStyle = "#1f5fae";
        context.lineWidth = 2;
        context.beginPath();
        context.ellipse(x, y, 8, 5, 0, 0, 7);
        context.fill();
        context.stroke();
      }
      if (n === mark && ticks < 60 && ticks > -8) {
        context.strokeStyle = golden ? "#ffd35a" : "#ffffff";
        context.lineWidth = 2.5;
        context.globalAlpha = 1 - Math.max(ticks, 0) / 60;
        context.beginPath();
        context.ellipse(x, y, 17 + Math.max(ticks, 0) * 0.9, (17 + Math.max(ticks, 0) * 0.9) * 0.62, 0, 0, 7);
        context.stroke();
        context.globalAlpha = 1;
      }
    }
  }

  /** Downhill: arrows along the snow, to be held through. */
  function drawRests(context, view, { course }, text, write) {
    for (const [kind, from, to] of course.ground) {
      if (kind !== "down" || to / METRE < view.from || from / METRE > view.to) continue;
      for (let metre = from / METRE + 1; metre < to / METRE - 0.5; metre += 1.5) {
        const [x, y] = [view.x(metre), view.y(metre) + 7];
        context.strokeStyle = "#35c98a";
        context.lineWidth = 4;
        context.lineCap = "round";
        context.lineJoin = "round";
        context.beginPath();
        context.moveTo(x - 6, y - 7);
        context.lineTo(x + 3, y + 1);
        context.lineTo(x - 8, y + 5);
        context.stroke();
      }
      const middle = (from + to) / 2 / METRE;
      write(text, view.x(middle), view.y(middle) + 54);
    }
  }

  /** Where a mark has to be when the poles go in. */
  function drawRing(context, x, y, pressed, flow) {
    context.strokeStyle = flow > 4 ? "#ffe27a" : "#8ff0c4";
    context.lineWidth = 4;
    context.beginPath();
    context.ellipse(x, y, 18 - pressed * 4, 11 - pressed * 3, 0, 0, 7);
    context.stroke();
  }

  return { drawGround, drawMarks, drawRests, drawRing };
}

function drawStar(context, x, y, size) {
  context.fillStyle = "#ffd35a";
  context.strokeStyle = "#9a6400";
  context.lineWidth = 1.6;
  context.beginPath();
  for (let n = 0; n < 10; n++) {
    const far = n % 2 ? size * 0.45 : size;
    const turn = (n * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(x + Math.cos(turn) * far * 1.15, y + Math.sin(turn) * far * 0.9);
  }
  context.closePath();
  context.fill();
  context.stroke();
}
