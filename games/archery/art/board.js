// What is written over the range: points, the arrows shot and still to shoot, the wind, and the time for this shot.
import { filled, hudTop } from "../../_art/hud.js";
import { clamp, mix } from "../../_art/paint.js";
import { FACE, outlined } from "../../_art/words.js";
import { arrowsOf, SHOT_CLOCK } from "../rules.js";

const GOLD = "#f8cb3f";

export function createBoard(width, theme, texts, score) {
  const top = hudTop();
  const dark = mix(theme.ground, "#040a1f", 0.55);

  /** A line for each distance. */
  function drawArrows(context, state) {
    const { rings, arrow, each } = state;
    const [size, gap] = [20, 4];
    for (let n = 0; n < arrowsOf(state); n++) {
      const end = Math.floor(n / each);
      const x = width - 18 - (each - (n % each)) * (size + gap) + size / 2;
      const y = top + 8 + end * (size + gap);
      context.fillStyle = dark;
      context.globalAlpha = 0.7;
      disc(context, x, y, size / 2 + 1);
      context.globalAlpha = 1;
      if (n < rings.length) {
        context.fillStyle = ringColour(rings[n]);
        disc(context, x, y, size / 2 - 1);
        context.fillStyle = rings[n] >= 9 || rings[n] === 1 || rings[n] === 2 ? "#3b2a05" : "#ffffff";
        context.font = `800 ${rings[n] === 10 ? 11 : 12}px ${FACE}`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(rings[n] === 0 ? "–" : String(rings[n]), x, y + 0.5);
      } else if (n === arrow) {
        context.strokeStyle = GOLD;
        context.lineWidth = 2;
        context.beginPath();
        context.arc(x, y, size / 2 - 2, 0, 7);
        context.stroke();
      }
    }
  }

  /** An arrow as long as the wind is strong, and its speed. */
  function drawWind(context, wind, metres) {
    const [x, y] = [width / 2, top + 12];
    const half = 52;
    context.fillStyle = dark;
    context.globalAlpha = 0.62;
    context.beginPath();
    context.roundRect(x - half - 10, y - 17, half * 2 + 20, 58, 14);
    context.fill();
    context.globalAlpha = 1;
    const long = clamp(wind / 66, -1, 1) * half;
    const colour = Math.abs(wind) < 15 ? "#bfe0ff" : Math.abs(wind) < 40 ? "#ffe1a6" : "#ffb3a8";
    context.strokeStyle = "rgb(255 255 255 / 30%)";
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, y - 8);
    context.lineTo(x, y + 8);
    context.stroke();
    context.fillStyle = colour;
    const side = Math.sign(long) || 1;
    context.beginPath();
    context.moveTo(x, y - 3.5);
    context.lineTo(x + long - side * 9, y - 3.5);
    context.lineTo(x + long - side * 9, y - 9);
    context.lineTo(x + long + side * 2, y);
    context.lineTo(x + long - side * 9, y + 9);
    context.lineTo(x + long - side * 9, y + 3.5);
    context.lineTo(x, y + 3.5);
    context.fill();
    outlined(context, `${filled(texts.wind, { speed: (Math.abs(wind) / 10).toFixed(1) })}  ·  ${filled(texts.metres, { metres })}`, x, y + 26, { size: 13, weight: 700 });
  }

  /** Below the wind, a bar that empties. */
  function drawTime(context, left) {
    const part = clamp(left / SHOT_CLOCK, 0, 1);
    const [wide, x, y] = [112, width / 2 - 56, top + 60];
    context.fillStyle = "rgb(6 14 40 / 50%)";
    context.beginPath();
    context.roundRect(x, y - 3, wide, 6, 3);
    context.fill();
    context.fillStyle = part < 0.3 ? "#ff8f7d" : "#8ff0c4";
    context.beginPath();
    context.roundRect(x, y - 3, Math.max(wide * part, 6), 6, 3);
    context.fill();
  }

  return {
    top,
    draw(context, state, wind, metres, seconds) {
      score.draw(context, state.points, 20, top + 22, seconds, { size: 44 });
      drawArrows(context, state);
      drawWind(context, wind, metres);
      if (state.phase === "aim" || state.phase === "draw") drawTime(context, state.clock - state.tick);
    },
  };
}

export function ringColour(ring) {
  if (ring >= 9) return GOLD;
  if (ring >= 7) return "#e2483a";
  if (ring >= 5) return "#3f9be0";
  if (ring >= 3) return "#3a4463";
  return ring ? "#f6f8fb" : "#6b7590";
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}
