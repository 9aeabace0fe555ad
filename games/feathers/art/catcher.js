// The hare with its basket: it leans into the run, is pressed down by each catch, and freezes under an icicle.
import { GHOSTLY, ICE } from "../../_art/ghost.js";
import { drawHareFront } from "../../_art/hare.js";
import { clamp, mix, scatter, strip } from "../../_art/paint.js";
import { featherSprite } from "../../_art/feather.js";
import { HALF_BASKET, WARMTH, WIDTH } from "../rules.js";

export function createCatcher(width, ground, tall, theme) {
  const half = (HALF_BASKET / WIDTH) * width;
  const basket = basketSprite(half * 2.3, tall * 0.34);
  const down = featherSprite("#f7faff", 48);
  const golden = featherSprite("#ffd45e", 48);
  const pile = scatter(5);
  const heap = Array.from({ length: 14 }, () => [pile() - 0.5, pile(), pile() * 6]);
  let before = null;
  let speed = 0;
  let pressed = 0;
  let joyUntil = 0;
  let clock = 0;
  let wide = 1;

  function draw(context, state, seconds, now, after) {
    clock = now;
    const x = (state.x / WIDTH) * width;
    const moved = before === null || seconds <= 0 ? 0 : (x - before) / Math.max(seconds, 1 / 120) / width;
    before = x;
    speed += (clamp(moved, -2.5, 2.5) - speed) * Math.min(seconds * 14, 1);
    pressed *= Math.exp(-seconds * 8);
    const frozen = state.tick < state.frozenUntil;
    const glowing = state.tick < state.glowUntil;
    wide += ((glowing ? 1.45 : 1) - wide) * Math.min(seconds * 10, 1);
    const shiver = frozen ? Math.sin(now * 60) * 1.6 : 0;
    const hop = frozen ? 0 : Math.abs(Math.sin(now * 16)) * Math.min(Math.abs(speed), 1) * tall * 0.05;
    const mood = frozen ? "hurt" : after || now < joyUntil || glowing ? "joy" : "calm";
    shadow(context, x, ground, tall * 0.36 * wide);
    const squash = pressed * Math.cos(pressed * 9) + (hop > 0 ? -0.08 : 0);
    drawHareFront(context, x + shiver, ground - hop, tall, theme.accent, {
      lean: clamp(speed * 0.13, -0.3, 0.3),
      squash,
      mood,
      ears: clamp(-speed * 0.22, -0.6, 0.6),
      arms: after ? 0.9 : 0.32,
      time: now,
    });
    drawBasket(context, x + shiver, ground - hop - tall * (0.42 - squash * 0.08), state, glowing);
    if (frozen) drawIce(context, x, ground, tall, (state.frozenUntil - state.tick) / 48);
  }

  function drawBasket(context, x, rim, { warmth }, glowing) {
    const full = glowing ? heap.length : Math.round((warmth / WARMTH) * heap.length);
    context.save();
    context.translate(x, rim);
    context.rotate(clamp(speed * 0.07, -0.16, 0.16));
    context.scale(wide, 1 + pressed * 0.15);
    for (let n = 0; n < full; n++) {
      const [aside, up, turn] = heap[n];
      context.save();
      context.translate(aside * half * 1.5, -up * 7);
      context.rotate(turn);
      context.drawImage((glowing ? golden : down).canvas, -13, -13, 26, 26);
      context.restore();
    }
    context.drawImage(basket.canvas, -basket.width / 2, -basket.height * 0.16, basket.width, basket.height);
    context.restore();
  }

  return {
    draw,
    /** Whoever we race against, with their basket: a hare of mist. */
    drawGhost(context, { x, tick, frozenUntil }) {
      const at = (x / WIDTH) * width;
      context.globalAlpha = GHOSTLY;
      drawHareFront(context, at, ground, tall, ICE, { mood: tick < frozenUntil ? "hurt" : "calm", arms: 0.32 });
      context.drawImage(basket.canvas, at - basket.width / 2, ground - tall * 0.42 - basket.height * 0.16, basket.width, basket.height);
      context.globalAlpha = 1;
    },
    squash: (by) => (pressed = Math.max(pressed, by)),
    cheer: () => (joyUntil = clock + 0.8),
  };
}

function shadow(context, x, y, wide) {
  context.fillStyle = "rgb(28 54 104 / 30%)";
  context.beginPath();
  context.ellipse(x, y + 2, wide, wide * 0.17, 0, 0, 7);
  context.fill();
}

/** Woven willow, with a rim that is wider than its bottom. */
function basketSprite(wide, high) {
  return strip(wide, high * 1.2, (context) => {
    const rim = high * 0.2;
    const path = new Path2D();
    path.moveTo(wide * 0.05, rim * 0.8);
    path.lineTo(wide * 0.95, rim * 0.8);
    path.quadraticCurveTo(wide * 0.9, high * 1.06, wide * 0.74, high * 1.08);
    path.lineTo(wide * 0.26, high * 1.08);
    path.quadraticCurveTo(wide * 0.1, high * 1.06, wide * 0.05, rim * 0.8);
    context.save();
    context.clip(path);
    const willow = context.createLinearGradient(0, 0, wide, 0);
    willow.addColorStop(0, "#d39a55");
    willow.addColorStop(0.4, "#c08442");
    willow.addColorStop(1, "#8a5526");
    context.fillStyle = willow;
    context.fillRect(0, 0, wide, high * 1.2);
    const rows = 5;
    const cell = wide / 12;
    for (let row = 0; row < rows; row++) {
      for (let column = -1; column < 13; column++) {
        const x = column * cell + (row % 2) * (cell / 2);
        const y = rim + (row * high) / rows;
        context.fillStyle = (row + column) % 2 ? "rgb(255 224 168 / 34%)" : "rgb(74 40 14 / 26%)";
        context.beginPath();
        context.roundRect(x, y, cell * 0.94, (high / rows) * 0.86, 4);
        context.fill();
      }
    }
    context.restore();
    for (const [y, colour] of [
      [rim * 0.66, "#7a4a20"],
      [rim * 0.5, "#dca763"],
    ]) {
      context.strokeStyle = colour;
      context.lineWidth = rim * 0.62;
      context.lineCap = "round";
      context.beginPath();
      context.moveTo(wide * 0.05, y);
      context.lineTo(wide * 0.95, y);
      context.stroke();
    }
    context.strokeStyle = mix("#dca763", "#ffffff", 0.45);
    context.lineWidth = 1.4;
    for (let x = wide * 0.06; x < wide * 0.94; x += cell * 0.6) {
      context.beginPath();
      context.moveTo(x, rim * 0.72);
      context.lineTo(x + cell * 0.35, rim * 0.3);
      context.stroke();
    }
  });
}

/** A block of ice around the hare, which thins as it thaws. */
function drawIce(context, x, ground, tall, left) {
  const wide = tall * 0.44;
  context.globalAlpha = 0.35 + 0.4 * left;
  context.fillStyle = "#a9dcff";
  context.beginPath();
  context.moveTo(x - wide, ground + 4);
  context.lineTo(x - wide * 0.9, ground - tall * 0.7);
  context.lineTo(x - wide * 0.3, ground - tall * 1.12);
  context.lineTo(x + wide * 0.5, ground - tall * 1.05);
  context.lineTo(x + wide * 0.95, ground - tall * 0.6);
  context.lineTo(x + wide, ground + 4);
  context.fill();
  context.fillStyle = "#ffffff";
  context.beginPath();
  context.moveTo(x - wide * 0.7, ground - tall * 0.1);
  context.lineTo(x - wide * 0.62, ground - tall * 0.72);
  context.lineTo(x - wide * 0.42, ground - tall * 0.84);
  context.lineTo(x - wide * 0.5, ground - tall * 0.1);
  context.fill();
  context.globalAlpha = 1;
}
