// What is written over the race: the time, the heart, the way from the start to the finish, and what the shots hit.
import { drawChip, drawHeart, hudTop } from "../../_art/hud.js";
import { clamp, mix } from "../../_art/paint.js";
import { outlined } from "../../_art/words.js";
import { MOST_FLOW, PULSE, TARGETS } from "../rules.js";

/** How much of the line over the race each leg has, beside the others. */
const SHARE = { ski: 32, prone: 6, standing: 6, loop: 0, home: 24 };
const counted = new WeakMap();

export function createBoard(width, theme) {
  const top = hudTop();
  const dark = mix(theme.ground, "#040a1f", 0.5);

  function draw(context, state, seconds, beat) {
    outlined(context, seconds.toFixed(2), 20, top + 20, { size: 40, align: "left" });
    const beats = Math.round(state.pulse / 1000);
    const colour = beats < 135 ? "#8ff0c4" : beats < 165 ? "#ffe27a" : "#ff8f7d";
    drawHeart(context, width - 78, top + 16, 12 * (1 + beat * 0.3), "#e2483a");
    outlined(context, String(beats), width - 20, top + 17, { size: 28, align: "right", colour });
    drawPulse(context, state.pulse, colour);
    drawWay(context, state);
    if (state.missed) drawChip(context, `−${state.missed}`, 22, top + 84, { size: 14, ground: "#c83f14" });
  }

  function drawPulse(context, pulse, colour) {
    const wide = 92;
    const part = clamp((pulse - PULSE.least) / (PULSE.most - PULSE.least), 0, 1);
    context.fillStyle = "rgb(6 14 40 / 55%)";
    context.beginPath();
    context.roundRect(width - 20 - wide, top + 36, wide, 7, 3.5);
    context.fill();
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(width - 20 - wide, top + 36, Math.max(wide * part, 7), 7, 3.5);
    context.fill();
  }

  /** The whole race as a line with its ranges, and where one is on it. */
  function drawWay(context, state) {
    const [left, wide, y] = [24, width - 48, top + 58];
    context.fillStyle = dark;
    context.globalAlpha = 0.6;
    context.beginPath();
    context.roundRect(left - 8, y - 8, wide + 16, 16, 8);
    context.fill();
    context.globalAlpha = 1;
    let at = left;
    const { whole } = sharesOf(state.race.legs);
    for (const [n, kind] of state.race.legs.entries()) {
      const long = (SHARE[kind] / whole) * wide;
      const range = kind === "prone" || kind === "standing";
      context.fillStyle = n < state.leg ? "#8ff0c4" : range ? "#141a2e" : "rgb(255 255 255 / 35%)";
      context.beginPath();
      if (range) context.arc(at + long / 2, y, 6, 0, 7);
      else context.roundRect(at + 1, y - 2.5, Math.max(long - 2, 0), 5, 2.5);
      context.fill();
      at += long;
    }
    context.fillStyle = theme.accent;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2;
    context.beginPath();
    context.arc(left + wide * raceProgress(state), y, 7, 0, 7);
    context.fill();
    context.stroke();
  }

  function drawFlow(context, flow, x, y) {
    for (let n = 0; n < MOST_FLOW; n++) {
      context.fillStyle = n < flow ? "#ffe27a" : "rgb(255 255 255 / 20%)";
      context.beginPath();
      context.arc(x + (n - (MOST_FLOW - 1) / 2) * 13, y, n < flow ? 4.5 : 3, 0, 7);
      context.fill();
    }
  }

  function drawShots(context, hits, y) {
    for (let n = 0; n < TARGETS; n++) {
      const x = width / 2 + (n - (TARGETS - 1) / 2) * 40;
      const shot = hits[n];
      context.fillStyle = shot ? (shot[0] ? "#ffffff" : "#3a0f0a") : "#141a2e";
      context.strokeStyle = shot ? (shot[0] ? "#35c98a" : "#ff8f7d") : n === hits.length ? "#ffe27a" : "rgb(255 255 255 / 45%)";
      context.lineWidth = 3;
      context.beginPath();
      context.arc(x, y, 14, 0, 7);
      context.fill();
      context.stroke();
      if (shot && !shot[0]) outlined(context, "×", x, y, { size: 16, colour: "#ff8f7d" });
    }
  }

  return { top, draw, drawFlow, drawShots };
}

/** How much of the race is done, 0 to 1. */
export function raceProgress(state) {
  const range = state.phase === "range";
  const done = range ? state.target / TARGETS : clamp(state.way / state.course.long, 0, 1);
  const { race: { legs }, leg } = state;
  const { before, whole } = sharesOf(legs);
  return (before[leg] + SHARE[legs[leg]] * done) / whole;
}

/** What lies before each leg of a race, and how much all of them are; counted once for each race. */
function sharesOf(legs) {
  if (!counted.has(legs)) {
    let whole = 0;
    const before = legs.map((kind) => (whole += SHARE[kind]) - SHARE[kind]);
    counted.set(legs, { before, whole });
  }
  return counted.get(legs);
}
