// What falls: feathers that sway and turn, golden ones with a shine, icicles; and what lies in the snow already.
import { featherSprite } from "../../_art/feather.js";
import { clamp, strip } from "../../_art/paint.js";
import { safeTop } from "../../_art/safe.js";
import { softDot } from "../../_art/snowfall.js";
import { WIDTH, xOf } from "../rules.js";

const HANGS = 46;
const LIES = 2.5; // seconds

export function createThings(width, rim, ground, picture) {
  const size = clamp(width * 0.155, 50, 78);
  const looks = {
    feather: picture ?? featherSprite("#f4f8ff", 96).canvas,
    gold: featherSprite("#ffce4a", 96).canvas,
    glow: featherSprite("#ffd970", 96).canvas,
  };
  const shine = softDot("#ffd45e", 64).canvas;
  const icicle = icicleSprite();
  const eave = 42 + safeTop();
  let lying = [];

  function drawFalling(context, state, between) {
    const tick = state.tick - 1 + between;
    for (const thing of state.falling) {
      if (thing.kind === "icicle") drawIcicle(context, thing, tick);
      else drawFeather(context, state, thing, tick);
    }
  }

  function drawFeather(context, state, thing, tick) {
    const part = (tick - thing.from) / (thing.lands - thing.from);
    const whole = Math.floor(tick);
    const [here, next] = [xOf(state, thing, whole), xOf(state, thing, whole + 1)];
    const x = ((here + (next - here) * (tick - whole)) / WIDTH) * width;
    const y = eave - size * 0.4 + (rim - eave + size * 0.4) * part;
    const turn = clamp((next - here) * 0.16, -1.1, 1.1) + 0.25;
    if (thing.kind !== "feather") {
      context.globalAlpha = 0.55 + 0.2 * Math.sin(tick * 0.2);
      context.drawImage(shine, x - size * 0.75, y - size * 0.75, size * 1.5, size * 1.5);
      context.globalAlpha = 1;
    }
    context.save();
    context.translate(x, y);
    context.rotate(turn);
    context.drawImage(looks[thing.kind], -size / 2, -size / 2, size, size);
    context.restore();
  }

  function drawIcicle(context, { x, from, lands }, tick) {
    const hanging = tick < from;
    const left = (x / WIDTH) * width;
    const long = size * 1.15;
    const part = clamp((tick - from) / (lands - from), 0, 1);
    const grown = clamp(1 - (from - tick - HANGS * 0.7) / (HANGS * 0.3), 0, 1);
    const shiver = hanging ? Math.sin(tick * 1.9) * 2.2 : 0;
    const y = eave + (rim - long * 0.7 - eave) * part * part;
    if (hanging) {
      // Where it will come down.
      context.globalAlpha = 0.35 + 0.25 * Math.sin(tick * 0.6);
      context.fillStyle = "#ff6b57";
      context.beginPath();
      context.ellipse(left, ground, size * 0.5, size * 0.09, 0, 0, 7);
      context.fill();
      context.globalAlpha = 1;
    }
    context.drawImage(icicle.canvas, left - size * 0.26 + shiver, y, size * 0.52, long * (hanging ? grown : 1));
  }

  return {
    drawFalling,
    /** A feather that was lost comes to lie in the snow for a while. */
    lie: (x, y) => lying.push({ x, y: y + 4 + (lying.length % 3) * 5, turn: (x * 7) % 3, age: 0 }),
    move(seconds) {
      for (const feather of lying) feather.age += seconds;
      lying = lying.filter(({ age }) => age < LIES);
    },
    drawLying(context) {
      for (const { x, y, turn, age } of lying) {
        context.globalAlpha = clamp((LIES - age) * 1.5, 0, 0.9);
        context.save();
        context.translate(x, y);
        context.scale(1, 0.45);
        context.rotate(turn);
        context.drawImage(looks.feather, -size * 0.4, -size * 0.4, size * 0.8, size * 0.8);
        context.restore();
      }
      context.globalAlpha = 1;
    },
  };
}

function icicleSprite() {
  return strip(32, 84, (context) => {
    const ice = context.createLinearGradient(0, 0, 32, 0);
    ice.addColorStop(0, "#e8f7ff");
    ice.addColorStop(0.45, "#9fd2f5");
    ice.addColorStop(1, "#5b9ad4");
    context.fillStyle = ice;
    context.beginPath();
    context.moveTo(2, 0);
    context.quadraticCurveTo(8, 44, 16, 84);
    context.quadraticCurveTo(25, 40, 30, 0);
    context.fill();
    context.fillStyle = "rgb(255 255 255 / 85%)";
    context.beginPath();
    context.moveTo(7, 2);
    context.quadraticCurveTo(10, 36, 15, 62);
    context.quadraticCurveTo(13, 30, 12, 2);
    context.fill();
  });
}
