// What is written over the hill: the jumps, the wind, how far one has flown, and the balance.
import { filled, hudTop } from "../../_art/hud.js";
import { clamp, mix } from "../../_art/paint.js";
import { FACE, outlined } from "../../_art/words.js";
import { bestLean, COUNTED, headwindAt, leanAt, worth } from "../rules.js";

const GOOD = "#35c98a";
const BAD = "#ff8f7d";

export function createBoard(width, height, theme, texts) {
  const top = hudTop();
  const dark = mix(theme.ground, "#040a1f", 0.55);

  function plate(context, x, y, wide, high) {
    context.globalAlpha = 0.62;
    context.fillStyle = dark;
    context.beginPath();
    context.roundRect(x, y, wide, high, 14);
    context.fill();
    context.globalAlpha = 1;
  }

  /** Each jump with its distance and its worth; those that count are bright. */
  function drawJumps(context, { jumps, jump, planned }) {
    const [wide, line] = [112, 24];
    const x = width - 16 - wide;
    plate(context, x, top - 8, wide, line * planned + 10);
    const counted = jumps.map(worth).sort((a, b) => b - a)[COUNTED - 1] ?? 0;
    for (let n = 0; n < planned; n++) {
      const y = top + 9 + n * line;
      const done = jumps[n];
      context.textBaseline = "middle";
      context.textAlign = "left";
      context.font = `700 13px ${FACE}`;
      context.fillStyle = n === jump && !done ? "#ffd98a" : "rgb(255 255 255 / 70%)";
      context.fillText(String(n + 1), x + 12, y);
      if (!done) continue;
      const counts = worth(done) >= counted;
      context.fillStyle = counts ? "#ffffff" : "rgb(255 255 255 / 45%)";
      context.textAlign = "right";
      context.fillText((done[0] / 10).toFixed(1), x + 64, y);
      context.fillStyle = counts ? "#8ff0c4" : "rgb(255 255 255 / 45%)";
      context.fillText(String(worth(done)), x + wide - 10, y);
    }
  }

  /** From the front it carries. */
  function drawWind(context, state) {
    const wind = headwindAt(state);
    const x = 20;
    const y = top + 8;
    plate(context, 12, top - 8, 128, 46);
    const long = clamp(Math.abs(wind) / 56, 0, 1) * 44 + 8;
    const side = wind > 0 ? -1 : 1;
    context.fillStyle = wind > 4 ? GOOD : wind < -4 ? BAD : "#bfe0ff";
    const from = side < 0 ? x + 54 : x + 2;
    context.beginPath();
    context.moveTo(from, y - 3);
    context.lineTo(from + side * (long - 8), y - 3);
    context.lineTo(from + side * (long - 8), y - 9);
    context.lineTo(from + side * long, y);
    context.lineTo(from + side * (long - 8), y + 9);
    context.lineTo(from + side * (long - 8), y + 3);
    context.lineTo(from, y + 3);
    context.fill();
    outlined(context, (Math.abs(wind) / 10).toFixed(1), x + 66, y, { size: 17, align: "left" });
    context.fillStyle = "rgb(255 255 255 / 80%)";
    context.font = `600 12px ${FACE}`;
    context.textAlign = "left";
    context.fillText(wind < 0 ? texts.tailwind : texts.headwind, x, y + 20);
  }

  function drawFlown(context, metres, over) {
    outlined(context, filled(texts.metres, { metres: metres.toFixed(1) }), width / 2, top + 104, { size: 48, colour: over ? "#ffe27a" : "#ffffff" });
  }

  /** A bar on which a mark has to stay in the green; a thumb's breadth below, where the finger slides. */
  function drawBalance(context, state, hint) {
    const [half, x, y] = [Math.min(width * 0.4, 190), width / 2, height * 0.83];
    const place = (lean) => x + (clamp(lean, 0, 1000) / 1000 - 0.5) * 2 * half;
    plate(context, x - half - 14, y - 26, half * 2 + 28, 52);
    const best = bestLean(state);
    const wide = (state.hill.width / 1000) * half;
    for (const [part, colour] of [[2, "rgb(255 217 138 / 35%)"], [1.1, "rgb(53 201 138 / 55%)"], [0.45, GOOD]]) {
      context.fillStyle = colour;
      context.beginPath();
      const from = Math.max(place(best) - wide * part * 0.5, x - half);
      const to = Math.min(place(best) + wide * part * 0.5, x + half);
      context.roundRect(from, y - 12, Math.max(to - from, 2), 24, 12);
      context.fill();
    }
    const lean = leanAt(state);
    const off = Math.abs(lean - best) / state.hill.width;
    context.fillStyle = "#ffffff";
    context.strokeStyle = off < 0.3 ? GOOD : off < 0.8 ? "#ffb84d" : "#e2483a";
    context.lineWidth = 5;
    context.beginPath();
    context.arc(place(lean), y, 14, 0, 7);
    context.fill();
    context.stroke();
    if (hint) outlined(context, hint, x, y - 48, { size: 20, colour: "#8ff0c4" });
  }

  /** Three lamps at the gate: red, and then green for a while. */
  function drawLights(context, x, y, green, left) {
    plate(context, x - 58, y - 22, 116, 44);
    for (let n = 0; n < 3; n++) {
      context.fillStyle = green ? (left * 3 > n ? GOOD : "#2a3a50") : "#e2483a";
      context.beginPath();
      context.arc(x + (n - 1) * 34, y, 12, 0, 7);
      context.fill();
    }
  }

  return { top, drawJumps, drawWind, drawFlown, drawBalance, drawLights };
}
