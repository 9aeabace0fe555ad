// What is written over the slope: time, gates, speed, how one lies against a good run, and the edge under each thumb.
import { drawChip, filled, hudTop } from "../../_art/hud.js";
import { clamp, mix } from "../../_art/paint.js";
import { drawThumb } from "../../_art/thumb.js";
import { outlined } from "../../_art/words.js";
import { FULL_EDGE, gripAt, MOST_FLOW } from "../rules.js";

const GOOD = "#8ff0c4";
const BAD = "#ff8f7d";

export function createBoard(width, height, theme, texts) {
  const top = hudTop();
  const dark = mix(theme.ground, "#040a1f", 0.5);

  function drawRun(context, state, seconds, penalty) {
    outlined(context, seconds.toFixed(2), 20, top + 22, { size: 42, align: "left" });
    if (penalty) drawChip(context, `+${penalty}`, 22, top + 62, { size: 15, ground: "#c83f14" });
    const passed = filled(texts.gates, { passed: state.gate, all: state.gates.length });
    outlined(context, passed, width - 20, top + 14, { size: 19, align: "right" });
    const speed = filled(texts.speed, { speed: Math.round((state.speed * 36) / 10000) });
    outlined(context, speed, width - 20, top + 42, { size: 15, align: "right", weight: 700 });
    drawFlow(context, state.flow);
  }

  function drawFlow(context, flow) {
    const [x, y] = [width - 20, top + 66];
    for (let n = 0; n < MOST_FLOW; n++) {
      context.fillStyle = n < flow ? "#ffe27a" : "rgb(255 255 255 / 22%)";
      context.beginPath();
      context.arc(x - 5 - n * 13, y, n < flow ? 5 : 3.5, 0, 7);
      context.fill();
    }
  }

  /** Ahead of a good run or behind it; `age` in seconds since the gate. */
  function drawSplit(context, ticks, age) {
    if (age > 1.3) return;
    context.globalAlpha = clamp((1.3 - age) * 3, 0, 1);
    const text = `${ticks <= 0 ? "−" : "+"}${(Math.abs(ticks) / 60).toFixed(2)}`;
    drawChip(context, text, 22, top + 92, { size: 17, ground: dark, colour: ticks <= 0 ? GOOD : BAD, grown: Math.max(0.3 - age, 0) });
    context.globalAlpha = 1;
  }

  /** How far each edge is set, and where it will break away. */
  function drawEdges(context, state, thumbs) {
    const radius = Math.min(width * 0.125, 56);
    // Above the start button while the demonstration runs.
    const y = height - radius - (thumbs ? 112 : 34);
    const grip = clamp(gripAt(state) / FULL_EDGE, 0, 1);
    for (const side of [-1, 1]) {
      const x = side < 0 ? radius + 24 : width - radius - 24;
      const set = clamp((state.edge * side) / FULL_EDGE, 0, 1);
      const held = state.wish === side;
      context.globalAlpha = 0.55;
      context.fillStyle = dark;
      disc(context, x, y, radius * (held ? 0.94 : 1));
      context.globalAlpha = 1;
      const from = Math.PI * 0.75;
      const long = Math.PI * 1.5;
      context.lineCap = "round";
      arc(context, x, y, radius - 7, from, from + long, "rgb(255 255 255 / 22%)", 7);
      if (set > 0.02) arc(context, x, y, radius - 7, from, from + long * set, set > grip ? BAD : GOOD, 7);
      if (grip < 1 && state.phase === "run") arc(context, x, y, radius - 7, from + long * grip - 0.03, from + long * grip + 0.03, "#ffffff", 13);
      context.fillStyle = held ? "#ffffff" : "rgb(255 255 255 / 75%)";
      context.beginPath();
      context.moveTo(x + side * radius * 0.36, y);
      context.lineTo(x - side * radius * 0.2, y - radius * 0.32);
      context.lineTo(x - side * radius * 0.2, y + radius * 0.32);
      context.fill();
      if (thumbs && held) drawThumb(context, x, y - radius * 0.25, radius * 0.3, true, theme.accent);
    }
  }

  function drawCount(context, left, text) {
    const part = left % 1;
    context.globalAlpha = clamp(part * 2.5, 0, 1);
    outlined(context, text, width / 2, height * 0.25, { size: 58 + part * 26 });
    context.globalAlpha = 1;
  }

  return { drawRun, drawSplit, drawEdges, drawCount };
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

function arc(context, x, y, radius, from, to, colour, wide) {
  context.strokeStyle = colour;
  context.lineWidth = wide;
  context.beginPath();
  context.arc(x, y, radius, from, to);
  context.stroke();
}

