// The snowy track: lanes, the ground of each section, metre marks, footprints, start and finish.
import { FACE } from "../../_art/words.js";
import { lay, mix, roll, scatter, strip } from "../../_art/paint.js";

const SECTION = 10; // metres
const OVER = { left: 28, right: 92, top: 10, bottom: 16 }; // how far a section's heaps and streaks reach beyond it
const FINISH = 24; // pixels wide, beside those by which its foot leans
const LEANS = 14;

export function createTrack(width, height, theme, texts) {
  const top = height * 0.52;
  const bottom = height * 0.685;
  const high = bottom - top;
  const shadow = mix(theme.ground, "#6f93c9", 0.55);
  const snow = strip(480, high, (context, wide) => paintSnow(context, wide, high, shadow));
  const pillar = mix(theme.accent, "#000000", 0.25);
  const finish = strip(FINISH + LEANS, high, (context) => paintFinishLine(context, high));
  const grounds = {}; // a section of each, painted when the first one comes

  /** @param {number} left the metre at the left edge of the picture @param {number} scale pixels for each metre */
  function draw(context, left, scale, { ground, metres }, prints) {
    const x = (metre) => (metre - left) * scale;
    roll(context, snow, left * scale, top, width);
    for (let section = 0; section < ground.length; section++) {
      const from = x(section * SECTION);
      if (ground[section] === "packed" || from + SECTION * scale < -OVER.right || from > width + OVER.left) continue;
      lay(context, groundOf(ground[section], SECTION * scale), from - OVER.left, top - OVER.top);
    }
    context.fillStyle = "rgb(60 96 160 / 22%)";
    for (const lane of [0, 0.34, 0.68, 1]) context.fillRect(0, top + high * lane - 1, width, 2);
    drawMetres(context, x, top, high, width, metres);
    for (const { metre, lane, old } of prints) drawPrint(context, x(metre), top + high * lane, 1 - old);
    drawLine(context, x(0), top, high);
    if (x(metres) < width + LEANS) lay(context, finish, x(metres) - LEANS, top);
  }

  function groundOf(kind, wide) {
    return (grounds[kind] ??= strip(OVER.left + wide + OVER.right, OVER.top + high + OVER.bottom, (context) => {
      context.translate(OVER.left, OVER.top);
      GROUNDS[kind](context, wide, high);
    }));
  }

  /** The arch over the finish, drawn after the runners it stands before. */
  function drawArch(context, left, scale, metres) {
    const x = (metres - left) * scale;
    if (x < -120 || x > width + 120) return;
    const [foot, head] = [bottom - high * 0.1, height * 0.3];
    context.fillStyle = pillar;
    context.fillRect(x + 44, head + 12, 9, foot - head - high * 0.7);
    context.fillStyle = theme.accent;
    context.fillRect(x - 5, head, 11, foot - head + high * 0.1);
    context.beginPath();
    context.roundRect(x - 46, head - 12, 144, 44, 8);
    context.fill();
    context.fillStyle = theme.onAccent;
    context.font = `700 20px ${FACE}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(texts.finish, x + 26, head + 11);
    context.fillStyle = "#f4f8fd";
    for (let n = 0; n < 9; n++) {
      context.beginPath();
      context.ellipse(x - 40 + n * 16.5, head - 12, 12, 4 + (n % 3), 0, 0, 7);
      context.fill();
    }
  }

  return { draw, drawArch, laneY: (lane) => top + high * lane, bottom };
}

const GROUNDS = {
  /** Deep snow: soft heaps. */
  powder(context, wide, high) {
    context.fillStyle = "rgb(255 255 255 / 92%)";
    context.fillRect(0, 0, wide, high);
    const chance = scatter(Math.abs(Math.round(wide)) + 11);
    for (let n = 0; n < 46; n++) {
      const [hx, hy, size] = [chance() * wide, chance() * high, 9 + chance() * 16];
      context.fillStyle = "rgb(150 178 218 / 42%)";
      context.beginPath();
      context.ellipse(hx, hy + size * 0.2, size, size * 0.3, 0, 0, 7);
      context.fill();
      context.fillStyle = "#ffffff";
      context.beginPath();
      context.ellipse(hx, hy, size, size * 0.27, 0, 0, 7);
      context.fill();
    }
  },
  /** Ice: a dark mirror with the lamps' streaks on it. */
  ice(context, wide, high) {
    const mirror = context.createLinearGradient(0, 0, 0, high);
    mirror.addColorStop(0, "#7fb7e6");
    mirror.addColorStop(0.5, "#a9d6f5");
    mirror.addColorStop(1, "#5f9bd4");
    context.fillStyle = mirror;
    context.fillRect(0, 0, wide, high);
    context.fillStyle = "rgb(255 255 255 / 55%)";
    const chance = scatter(5);
    for (let n = 0; n < 14; n++) {
      const [sx, sy, long] = [chance() * wide, chance() * high, 20 + chance() * 60];
      context.beginPath();
      context.moveTo(sx, sy);
      context.lineTo(sx + long, sy - 5);
      context.lineTo(sx + long + 10, sy - 5);
      context.lineTo(sx + 10, sy);
      context.fill();
    }
  },
};

function paintSnow(context, width, height, shadow) {
  const light = context.createLinearGradient(0, 0, 0, height);
  light.addColorStop(0, mix(shadow, "#ffffff", 0.45));
  light.addColorStop(0.3, mix(shadow, "#ffffff", 0.8));
  light.addColorStop(1, "#f6faff");
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  const chance = scatter(77);
  for (let n = 0; n < 130; n++) {
    const [x, y] = [chance() * width, chance() * height];
    context.fillStyle = chance() > 0.5 ? "rgb(255 255 255 / 80%)" : "rgb(110 145 200 / 20%)";
    context.fillRect(x, y, 5 + chance() * 16, 1.4);
  }
}

function drawMetres(context, x, top, high, width, metres) {
  context.font = `800 ${Math.round(high * 0.22)}px ${FACE}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (let metre = SECTION; metre < metres; metre += SECTION) {
    const at = x(metre);
    if (at < -80 || at > width) continue;
    context.fillStyle = "rgb(40 78 146 / 30%)";
    slanted(context, at, top, high, 3);
    context.save();
    context.transform(1, 0, -0.2, 1, at + 12, top + high * 0.86);
    context.fillText(String(metre), 0, 0);
    context.restore();
  }
}

function drawLine(context, x, top, high) {
  context.fillStyle = "rgb(200 63 20 / 80%)";
  slanted(context, x, top, high, 6);
}

/** Three columns of chequers that lean to the left. */
function paintFinishLine(context, high) {
  for (let row = 0; row < 10; row++) {
    for (let column = 0; column < 3; column++) {
      context.fillStyle = (row + column) % 2 ? "#14213f" : "#ffffff";
      context.fillRect(LEANS + column * 8 - row * 1.4, (row * high) / 10, 8, high / 10);
    }
  }
}

/** A line across the lanes, leaning as the camera sees it. */
function slanted(context, x, top, high, wide) {
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x + wide, top);
  context.lineTo(x + wide - 14, top + high);
  context.lineTo(x - 14, top + high);
  context.fill();
}

function drawPrint(context, x, y, fresh) {
  context.fillStyle = `rgb(70 108 172 / ${Math.round(fresh * 55)}%)`;
  context.beginPath();
  context.ellipse(x, y, 9, 2.6, 0, 0, 7);
  context.fill();
}
