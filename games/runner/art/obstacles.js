// What stands or floats on the street: heaps to jump, lanterns to slide under, things to go around, feathers, jackets.
import { featherSprite } from "../../_art/feather.js";
import { pine } from "../../_art/landscape.js";
import { paintJacket } from "../../_art/jacket.js";
import { clamp, mix, scatter, strip } from "../../_art/paint.js";
import { softDot } from "../../_art/snowfall.js";
import { ARCH, HEAP, WALL } from "../rules.js";

const SIZE = 200;
const FOOT = 184;

export function createObstacles(view, theme, picture) {
  const paint = (painter) => strip(SIZE, SIZE, (context) => painter(context, theme)).canvas;
  const walls = [paintSnowman, paintFir, paintCrates, paintBarrel].map(paint);
  const looks = { [HEAP]: [paint(paintHeap)], [ARCH]: [paint(paintArch)], [WALL]: walls };
  const feather = picture ?? featherSprite("#f4f8ff", 96).canvas;
  const gold = featherSprite("#ffce4a", 96).canvas;
  const jacket = strip(100, 100, (context) => paintJacket(context, { colour: theme.accent, fur: true })).canvas;
  const shine = softDot("#ffd45e", 64).canvas;
  const warmth = softDot("#ff9d5c", 64).canvas;

  return {
    drawRow(context, row, ahead) {
      const scale = view.scale(ahead);
      const wide = view.lane * 1.06 * scale;
      context.globalAlpha = clamp((46000 - ahead) / 7000, 0, 1);
      for (let lane = 0; lane < 3; lane++) {
        const cell = row[lane + 1];
        if (!cell) continue;
        const kinds = looks[cell];
        const [x, y] = [view.x(lane - 1, scale), view.y(scale)];
        context.drawImage(kinds[(row[4] + lane) % kinds.length], x - wide / 2, y - wide * (FOOT / SIZE), wide, wide);
      }
      context.globalAlpha = 1;
    },
    drawThing(context, [, lane, height, what], ahead, now) {
      const scale = view.scale(ahead);
      const lift = (0.26 + height * 0.44 + Math.sin(now * 4 + ahead / 900) * 0.03) * view.lane;
      const [x, y] = [view.x(lane - 1, scale), view.y(scale) - lift * scale];
      const size = view.lane * (what === "jacket" ? 0.6 : 0.42) * scale;
      context.globalAlpha = clamp((46000 - ahead) / 7000, 0, 1);
      if (what !== "feather")
        context.drawImage(what === "gold" ? shine : warmth, x - size, y - size, size * 2, size * 2);
      context.drawImage(
        what === "feather" ? feather : what === "gold" ? gold : jacket,
        x - size / 2,
        y - size / 2,
        size,
        size,
      );
      context.globalAlpha = 1;
    },
  };
}

function shadow(context, wide) {
  context.fillStyle = "rgb(28 54 104 / 34%)";
  context.beginPath();
  context.ellipse(100, FOOT, wide, 9, 0, 0, 7);
  context.fill();
}

function ball(context, x, y, size) {
  const light = context.createRadialGradient(x - size * 0.35, y - size * 0.4, size * 0.1, x, y, size);
  light.addColorStop(0, "#ffffff");
  light.addColorStop(0.6, "#e9f1fb");
  light.addColorStop(1, "#a9c2e4");
  context.fillStyle = light;
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.fill();
}

/** Low and soft, with a shovel that somebody left in it. */
function paintHeap(context, { accent }) {
  shadow(context, 88);
  context.strokeStyle = "#8a5a33";
  context.lineWidth = 7;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(128, 150);
  context.lineTo(152, 88);
  context.stroke();
  context.strokeStyle = accent;
  context.beginPath();
  context.moveTo(142, 86);
  context.lineTo(163, 92);
  context.stroke();
  for (const [x, y, size] of [
    [46, 164, 26],
    [152, 166, 24],
    [76, 150, 34],
    [122, 152, 33],
    [100, 142, 34],
  ])
    ball(context, x, y, size);
  context.fillStyle = "#c9daf0";
  context.beginPath();
  context.ellipse(100, 180, 80, 8, 0, 0, 7);
  context.fill();
}

/** Two posts, a beam with snow on it, and lanterns so low that one has to slide. */
function paintArch(context, { accent }) {
  context.fillStyle = "rgb(28 54 104 / 34%)";
  for (const x of [17, 183]) {
    context.beginPath();
    context.ellipse(x, FOOT, 17, 6, 0, 0, 7);
    context.fill();
  }
  for (const x of [10, 176]) {
    context.fillStyle = "#5b3b22";
    context.fillRect(x, 30, 14, 154);
    context.fillStyle = "#8a5a33";
    context.fillRect(x, 30, 5, 154);
  }
  context.fillStyle = "#6d4527";
  context.fillRect(2, 34, 196, 14);
  context.fillStyle = "#f4f8fd";
  context.beginPath();
  context.roundRect(-2, 24, 204, 14, 7);
  context.fill();
  context.fillStyle = accent;
  context.beginPath();
  context.moveTo(24, 48);
  context.lineTo(176, 48);
  context.lineTo(176, 92);
  for (let n = 0; n < 8; n++) context.lineTo(166.5 - n * 19, n % 2 ? 92 : 108);
  context.lineTo(24, 92);
  context.fill();
  context.fillStyle = "rgb(255 255 255 / 88%)";
  for (const x of [52, 100, 148]) {
    context.beginPath();
    for (let n = 0; n < 12; n++) {
      const far = n % 2 ? 5 : 13;
      context.lineTo(x + Math.cos((n * Math.PI) / 6) * far, 71 + Math.sin((n * Math.PI) / 6) * far);
    }
    context.fill();
  }
  for (const x of [34, 66, 100, 134, 166]) {
    const light = context.createRadialGradient(x, 118, 0, x, 118, 24);
    light.addColorStop(0, "rgb(255 238 180 / 100%)");
    light.addColorStop(0.3, "rgb(255 202 104 / 80%)");
    light.addColorStop(1, "rgb(255 180 80 / 0%)");
    context.fillStyle = light;
    context.fillRect(x - 24, 94, 48, 48);
  }
}

function paintSnowman(context, { accent }) {
  shadow(context, 56);
  ball(context, 100, 148, 44);
  ball(context, 100, 92, 33);
  ball(context, 100, 46, 25);
  context.fillStyle = "#222a3e";
  for (const [x, y, size] of [
    [91, 41, 3.6],
    [109, 41, 3.6],
    [100, 84, 4],
    [100, 100, 4],
    [100, 116, 4],
  ]) {
    context.beginPath();
    context.arc(x, y, size, 0, 7);
    context.fill();
  }
  context.fillStyle = "#f08a3c";
  context.beginPath();
  context.moveTo(99, 46);
  context.lineTo(122, 53);
  context.lineTo(99, 54);
  context.fill();
  context.fillStyle = accent;
  context.beginPath();
  context.roundRect(74, 64, 52, 13, 6);
  context.roundRect(112, 68, 13, 34, 5);
  context.fill();
  context.beginPath();
  context.roundRect(74, 22, 52, 11, 5);
  context.fill();
  context.beginPath();
  context.ellipse(100, 24, 22, 16, 0, Math.PI, 0);
  context.fill();
  ball(context, 100, 6, 7);
  context.strokeStyle = "#5b3b22";
  context.lineWidth = 5;
  context.lineCap = "round";
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(100 + side * 30, 92);
    context.lineTo(100 + side * 64, 70);
    context.moveTo(100 + side * 54, 77);
    context.lineTo(100 + side * 66, 84);
    context.stroke();
  }
}

function paintFir(context) {
  shadow(context, 60);
  context.fillStyle = "#6d4527";
  context.fillRect(91, 160, 18, 24);
  pine(context, 100, 176, 172, "#1d5148", "#eef6ff");
  const chance = scatter(6);
  for (let n = 0; n < 12; n++) {
    context.fillStyle = n % 2 ? "#ffd98a" : "#ff9d7a";
    context.beginPath();
    const down = chance();
    context.arc(100 + (chance() - 0.5) * 84 * (0.3 + down), 60 + down * 90, 4, 0, 7);
    context.fill();
  }
}

/** Parcels on their way to the shop. */
function paintCrates(context, { accent, ground }) {
  shadow(context, 78);
  for (const [x, y, size, colour] of [
    [26, 102, 82, "#b98049"],
    [104, 112, 72, mix("#b98049", ground, 0.25)],
    [56, 34, 72, mix("#d39a5c", "#ffffff", 0.1)],
  ]) {
    context.fillStyle = colour;
    context.fillRect(x, y, size, size);
    context.fillStyle = "rgb(255 255 255 / 20%)";
    context.fillRect(x, y, size, size * 0.1);
    context.fillStyle = "rgb(60 30 10 / 25%)";
    context.fillRect(x + size * 0.88, y, size * 0.12, size);
    context.fillStyle = accent;
    context.fillRect(x + size * 0.42, y, size * 0.16, size);
    context.fillRect(x, y + size * 0.42, size, size * 0.14);
  }
  context.fillStyle = "#f4f8fd";
  for (const [x, y, wide] of [
    [92, 33, 40],
    [142, 112, 36],
  ]) {
    context.beginPath();
    context.ellipse(x, y, wide, 7, 0, 0, 7);
    context.fill();
  }
}

/** A water butt under its hood of snow. */
function paintBarrel(context) {
  shadow(context, 56);
  const wood = context.createLinearGradient(46, 0, 154, 0);
  wood.addColorStop(0, "#9a6a3e");
  wood.addColorStop(0.4, "#b98049");
  wood.addColorStop(1, "#5b3b22");
  context.fillStyle = wood;
  context.beginPath();
  context.moveTo(54, 56);
  context.quadraticCurveTo(38, 120, 54, 184);
  context.lineTo(146, 184);
  context.quadraticCurveTo(162, 120, 146, 56);
  context.fill();
  context.strokeStyle = "rgb(50 26 10 / 35%)";
  context.lineWidth = 3;
  for (const x of [72, 90, 110, 128]) {
    context.beginPath();
    context.moveTo(x, 58);
    context.quadraticCurveTo(100 + (x - 100) * 1.22, 120, x, 184);
    context.stroke();
  }
  context.fillStyle = "#3c4658";
  for (const [y, x, wide] of [
    [82, 48, 104],
    [150, 47, 106],
  ])
    context.fillRect(x, y, wide, 10);
  for (const [x, y, size] of [
    [70, 52, 20],
    [130, 52, 20],
    [100, 44, 30],
  ])
    ball(context, x, y, size);
}
