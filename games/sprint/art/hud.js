// What is written over the picture: the clock, the way with its grounds, calls of the starter, and each judgement.
import { hudTop } from "../../_art/hud.js";
import { clamp, mix } from "../../_art/paint.js";
import { FACE, widthOf } from "../../_art/words.js";

const JUDGED = { perfect: "#8ff0c4", good: "#bfe0ff", late: "#ffe1a6", miss: "#ffb3a8", stumble: "#ff8f7d", "false start": "#ff8f7d" };

export function createHud(width, height, theme, texts) {
  const top = hudTop();
  const rim = mix(theme.ground, "#000000", 0.4);

  /** @param {{seconds: number, metres: number, hare: number, state: object}} race */
  function drawRace(context, { seconds, metres, hare, state }) {
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.fillStyle = "#ffffff";
    context.font = `700 44px ${FACE}`;
    context.fillText(seconds.toFixed(2), 20, top + 40);
    context.textAlign = "right";
    context.font = `600 20px ${FACE}`;
    context.fillText(`${Math.min(Math.floor(metres), state.metres)} m`, width - 20, top + 40);
    drawWay(context, metres / state.metres, hare / state.metres, state.ground);
  }

  /** Both places are parts of the whole. */
  function drawWay(context, runner, hare, ground) {
    const [left, wide, y] = [20, width - 40, top + 62];
    context.fillStyle = "rgb(6 14 40 / 55%)";
    context.beginPath();
    context.roundRect(left - 4, y - 7, wide + 8, 14, 7);
    context.fill();
    const colours = { packed: "#8fa8d0", powder: "#ffffff", ice: "#4fb4ff" };
    ground.forEach((kind, section) => {
      context.fillStyle = colours[kind];
      context.fillRect(left + wide * (section / ground.length) + 1, y - 3, wide / ground.length - 2, 6);
    });
    dot(context, left + wide * Math.min(hare, 1), y, 5, "#ffffff", "#7d90b5");
    dot(context, left + wide * Math.min(runner, 1), y, 8, theme.accent, "#ffffff");
  }

  /** A word over everything; `age` in seconds since it was said. */
  function drawCall(context, text, age, size = 46) {
    const grown = 1 + 0.25 * Math.exp(-age * 9);
    context.save();
    context.translate(width / 2, height * 0.245);
    context.scale(grown, grown);
    context.font = `800 ${size}px ${FACE}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 7;
    context.lineJoin = "round";
    context.strokeStyle = rim;
    context.strokeText(text, 0, 0);
    context.fillStyle = "#ffffff";
    context.fillText(text, 0, 0);
    context.restore();
  }

  /** How the last step was judged, below its boot; it rises and fades. */
  function drawJudgement(context, quality, x, y, age) {
    if (age > 0.7 || !JUDGED[quality]) return;
    context.save();
    context.globalAlpha = clamp(1.6 - age * 2.4, 0, 1);
    context.translate(clamp(x, 90, width - 90), y + 44 - age * 24);
    context.font = `800 ${quality === "perfect" ? 25 : 21}px ${FACE}`;
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.lineWidth = 5;
    context.lineJoin = "round";
    context.strokeStyle = "rgb(6 12 34 / 75%)";
    context.strokeText(texts[quality.replace(" ", "_")], 0, 0);
    context.fillStyle = JUDGED[quality];
    context.fillText(texts[quality.replace(" ", "_")], 0, 0);
    context.restore();
  }

  /** What the ground ahead will do to the beat. */
  function drawNotice(context, kind) {
    const text = texts[kind];
    const wide = widthOf(context, text, `600 15px ${FACE}`) + 28;
    const y = top + 96;
    context.fillStyle = kind === "ice" ? "#2f86d0" : "#f4f8fd";
    context.beginPath();
    context.roundRect(width / 2 - wide / 2, y - 15, wide, 30, 15);
    context.fill();
    context.fillStyle = kind === "ice" ? "#ffffff" : "#16305f";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, width / 2, y + 1);
  }

  return { drawRace, drawCall, drawJudgement, drawNotice };
}

function dot(context, x, y, size, colour, rim) {
  context.fillStyle = colour;
  context.strokeStyle = rim;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.fill();
  context.stroke();
}
