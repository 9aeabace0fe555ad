// The stand: rows of people in warm jackets who jump when the runner flies, lamps above and boards before them.
import { mix, roll, scatter, strip } from "../../_art/paint.js";

const WIDE = 560;
const BOARD_SHAPE = 4; // as wide as high
const JACKETS = ["#e5533d", "#f2b63c", "#3f8fd6", "#57b58c", "#e8eef7", "#8f6fd0", "#d6577f", "#2f4d86"];
const SKINS = ["#f6d3b5", "#e9b98f", "#c68a5e", "#8a5a3c"];

/** A brand's `picture` may stand on every second of the boards. */
export function createCrowd(height, theme, picture) {
  const rows = [0, 1, 2].map((row) =>
    strip(WIDE, 46, (context) => paintRow(context, row, mix(theme.ground, "#0a1230", 0.4))),
  );
  const boardHigh = height * 0.05;
  const boardWide = boardHigh * BOARD_SHAPE;
  const boards = strip(boardWide * 2, boardHigh, (context) => {
    paintBoard(context, 0, boardWide, boardHigh, mix(theme.ground, "#1a3a78", 0.4), picture);
    paintBoard(context, boardWide, boardWide, boardHigh, theme.accent);
    paintHeaps(context, boardWide * 2);
  });
  const lamps = strip(WIDE / 2, 64, paintLamps);
  const top = height * 0.385;
  const back = mix(theme.ground, "#040a1f", 0.35);

  return (context, way, time, flow, width) => {
    const shift = way * 34;
    context.fillStyle = back;
    context.fillRect(0, top + 8, width, height * 0.1);
    rows.forEach((row, n) => {
      const jump = Math.abs(Math.sin(time * (5 + n * 0.7) + n * 1.9)) * (1.5 + flow * 7);
      roll(context, row, shift + n * 97, top + n * 19 - jump, width);
    });
    roll(context, boards, shift * 1.12, height * 0.475, width);
    context.save();
    context.globalCompositeOperation = "lighter";
    roll(context, lamps, shift * 0.9, top - 52, width);
    context.restore();
  };
}

function paintRow(context, row, shade) {
  const chance = scatter(row * 17 + 5);
  const size = 0.8 + row * 0.14;
  const count = Math.round(WIDE / (19 * size));
  for (let n = 0; n < count; n++) {
    const x = (n + 0.5) * (WIDE / count) + (chance() - 0.5) * 5;
    const dim = 0.34 - row * 0.14;
    const pick = (list) => mix(list[Math.floor(chance() * list.length)], shade, dim);
    person(context, x, 46, size * (0.92 + chance() * 0.16), pick(JACKETS), pick(SKINS), pick(JACKETS), chance());
  }
}

function person(context, x, ground, size, jacket, skin, hat, mood) {
  const line = (width, colour, ...points) => {
    context.strokeStyle = colour;
    context.lineWidth = width * size;
    context.lineCap = "round";
    context.beginPath();
    for (const [dx, dy] of points) context.lineTo(x + dx * size, ground - dy * size);
    context.stroke();
  };
  // Some wave with one arm, some with both, some hold a little flag.
  if (mood > 0.55) line(4.5, jacket, [7, 20], [11, 33]);
  if (mood > 0.75) line(4.5, jacket, [-7, 20], [-11, 32]);
  if (mood > 0.9) {
    line(1.2, "#e9eef6", [11, 33], [13, 44]);
    context.fillStyle = hat;
    context.fillRect(x + 13 * size, ground - 44 * size, 9 * size, 6 * size);
  }
  context.fillStyle = jacket;
  context.beginPath();
  context.roundRect(x - 9 * size, ground - 24 * size, 18 * size, 30 * size, 8 * size);
  context.fill();
  context.fillStyle = skin;
  context.beginPath();
  context.arc(x, ground - 29 * size, 5.6 * size, 0, 7);
  context.fill();
  context.fillStyle = hat;
  context.beginPath();
  context.arc(x, ground - 30.5 * size, 6 * size, Math.PI, 0);
  context.fill();
  context.beginPath();
  context.arc(x, ground - 37.5 * size, 2.2 * size, 0, 7);
  context.fill();
}

function paintBoard(context, x, wide, high, ground, picture) {
  context.fillStyle = ground;
  context.fillRect(x, 0, wide + 1, high);
  if (picture) {
    context.drawImage(picture, x, 0, wide, high);
    return;
  }
  context.strokeStyle = "rgb(255 255 255 / 85%)";
  context.lineWidth = 2;
  context.lineCap = "round";
  for (const at of [0.22, 0.5, 0.78]) crystal(context, x + wide * at, high * 0.52, high * 0.26);
}

/** Snow lies on the boards in soft heaps. */
function paintHeaps(context, wide) {
  context.fillStyle = "#eef4fb";
  context.fillRect(0, 0, wide, 3);
  const chance = scatter(9);
  for (let x = 0; x < wide; x += 14) {
    context.beginPath();
    context.ellipse(x, 3, 11 + chance() * 6, 2.5 + chance() * 2.5, 0, 0, 7);
    context.fill();
  }
}

function crystal(context, x, y, size) {
  context.beginPath();
  for (let arm = 0; arm < 6; arm++) {
    const turn = (arm * Math.PI) / 3;
    const [dx, dy] = [Math.sin(turn) * size, Math.cos(turn) * size];
    context.moveTo(x, y);
    context.lineTo(x + dx, y + dy);
  }
  context.stroke();
}

function paintLamps(context, width, height) {
  for (let n = 0; n < 5; n++) {
    const x = (n + 0.5) * (width / 5);
    const y = 32 + Math.sin((n / 5) * Math.PI * 2) * 6;
    const light = context.createRadialGradient(x, y, 0, x, y, 24);
    light.addColorStop(0, "rgb(255 226 170 / 95%)");
    light.addColorStop(0.12, "rgb(255 196 110 / 55%)");
    light.addColorStop(1, "rgb(255 170 80 / 0%)");
    context.fillStyle = light;
    context.fillRect(x - 24, y - 24, 48, height);
  }
}
