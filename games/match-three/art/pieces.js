// The things on the board, each with its own outline and colour, and what is special about them.
import { GOODS } from "../../_art/goods.js";
import { mix, strip } from "../../_art/paint.js";
import { BURST, COLUMN, LIGHTS, PLAIN, ROW } from "../board.js";

const SIZE = 128;

/** Kind by kind: what it is, its cloth and trim, and the light behind it. */
function looks(theme) {
  return [
    ["jacket", theme.accent, "#fdf3e3", mix(theme.accent, "#ffffff", 0.3)],
    ["mitten", "#2f8fe0", "#ffffff", "#8cc8ff"],
    ["beanie", "#f3b62f", "#fff6df", "#ffe08a"],
    ["boot", "#35a775", "#eafff4", "#8fe6bf"],
    ["scarf", "#9a5fd0", "#f6e8ff", "#d4b0f5"],
    ["snowflake", "#dff1ff", "#ffffff", "#ffffff"],
  ];
}

/** @returns the picture of each piece, by its number */
export function createPieces(theme, picture) {
  const painted = new Map();
  const kinds = looks(theme);
  const all = [6 + 8 * LIGHTS];
  for (const special of [PLAIN, ROW, COLUMN, BURST]) for (let kind = 0; kind < 6; kind++) all.push(kind + 8 * special);
  const toPaint = all.reverse();

  return {
    /** The light in which a kind goes up. */
    light: (kind) => kinds[kind]?.[3] ?? "#a8f0d0",
    of,
    /** Paints one more piece ahead of its time; once for each frame, so that none is painted while things fly. */
    prepare: () => toPaint.length && of(toPaint.pop()),
  };

  function of(piece) {
    if (!painted.has(piece)) painted.set(piece, strip(SIZE, SIZE, (context) => paint(context, piece)).canvas);
    return painted.get(piece);
  }

  function paint(context, piece) {
    const [kind, special] = [piece & 7, piece >> 3];
    if (special === LIGHTS) return paintLights(context);
    if (kind > 5) return;
    const [name, cloth, trim, light] = kinds[kind];
    const behind = context.createRadialGradient(64, 66, 10, 64, 64, 62);
    behind.addColorStop(0, `${light}66`);
    behind.addColorStop(1, `${light}00`);
    context.fillStyle = behind;
    context.fillRect(0, 0, SIZE, SIZE);
    if (special === BURST) paintSnowball(context);
    context.save();
    if (kind === 0 && picture) context.drawImage(picture, 14, 14, 100, 100);
    else {
      // On a snowball there is less room.
      const scale = special === BURST ? 0.95 : 1.24;
      context.translate(64 - 50 * scale, 63 - 50 * scale);
      context.scale(scale, scale);
      GOODS[name](context, cloth, trim);
    }
    context.restore();
    if (special === ROW || special === COLUMN) paintComet(context, special === ROW);
  }
}

/** Bright streaks to both sides. */
function paintComet(context, across) {
  context.save();
  context.translate(64, 64);
  if (!across) context.rotate(Math.PI / 2);
  for (const [y, high] of [
    [-24, 6],
    [0, 9],
    [24, 6],
  ]) {
    const streak = context.createLinearGradient(-62, 0, 62, 0);
    streak.addColorStop(0, "rgb(255 255 255 / 0%)");
    streak.addColorStop(0.5, "rgb(255 255 255 / 88%)");
    streak.addColorStop(1, "rgb(255 255 255 / 0%)");
    context.fillStyle = streak;
    context.fillRect(-62, y - high / 2, 124, high);
  }
  context.fillStyle = "#ffffff";
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(side * 62, 0);
    context.lineTo(side * 44, -15);
    context.lineTo(side * 44, 15);
    context.fill();
  }
  context.restore();
}

function paintSnowball(context) {
  const ball = context.createRadialGradient(48, 44, 4, 64, 64, 60);
  ball.addColorStop(0, "#ffffff");
  ball.addColorStop(0.7, "#d6e8fb");
  ball.addColorStop(1, "#8fb4e2");
  context.fillStyle = ball;
  context.beginPath();
  context.arc(64, 64, 59, 0, 7);
  context.fill();
  context.setLineDash([8, 7]);
  context.strokeStyle = "#ffffff";
  context.lineWidth = 5;
  context.beginPath();
  context.arc(64, 64, 56, 0, 7);
  context.stroke();
  context.setLineDash([]);
}

/** A globe in which the northern lights burn. */
function paintLights(context) {
  const globe = context.createRadialGradient(50, 46, 6, 64, 64, 58);
  globe.addColorStop(0, "#4a7bd0");
  globe.addColorStop(1, "#0c1a44");
  context.fillStyle = globe;
  context.beginPath();
  context.arc(64, 64, 56, 0, 7);
  context.fill();
  context.save();
  context.clip();
  ["#3dffb5", "#58c8ff", "#b07bff", "#ff7bb0", "#ffd45e"].forEach((colour, n) => {
    const x = 22 + n * 21;
    const curtain = context.createLinearGradient(0, 14, 0, 112);
    curtain.addColorStop(0, `${colour}00`);
    curtain.addColorStop(0.6, colour);
    curtain.addColorStop(1, `${colour}00`);
    context.fillStyle = curtain;
    context.beginPath();
    context.moveTo(x - 12, 16);
    context.quadraticCurveTo(x + 10, 60, x - 8, 112);
    context.lineTo(x + 14, 112);
    context.quadraticCurveTo(x + 26, 60, x + 8, 16);
    context.fill();
  });
  context.restore();
  context.strokeStyle = "#ffffff";
  context.lineWidth = 4;
  context.beginPath();
  context.arc(64, 64, 56, 0, 7);
  context.stroke();
  context.fillStyle = "rgb(255 255 255 / 75%)";
  context.beginPath();
  context.ellipse(44, 36, 15, 8, -0.6, 0, 7);
  context.fill();
}
