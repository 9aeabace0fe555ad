// The winter night far away: air, stars, mountains and forest, painted once into strips.
import { mix, scatter } from "./paint.js";

export function paintAir(context, width, height, colours) {
  const air = context.createLinearGradient(0, 0, 0, height);
  colours.forEach((colour, n) => air.addColorStop(n / (colours.length - 1), colour));
  context.fillStyle = air;
  context.fillRect(0, 0, width, height);
}

export function paintStars(context, width, height) {
  const chance = scatter(3);
  context.fillStyle = "#fff";
  for (let n = 0; n < 90; n++) {
    context.globalAlpha = 0.25 + chance() * 0.6;
    const size = 0.5 + chance() ** 3 * 1.3;
    context.beginPath();
    context.arc(chance() * width, chance() ** 1.4 * height, size, 0, 7);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** A ridge whose two ends meet, with snow on the side that the moon sees. */
export function paintRidge(context, width, height, { seed, rock, snow, peaks }) {
  const chance = scatter(seed);
  const step = width / peaks;
  const tops = Array.from({ length: peaks }, () => [0.15 + chance() * 0.5, 0.35 + chance() * 0.3]);
  const at = (n) => tops[((n % peaks) + peaks) % peaks];
  for (let n = -1; n <= peaks; n++) {
    const [high, lean] = at(n);
    const [left, right, top] = [(n - 0.35) * step, (n + 1.35) * step, high * height];
    const peak = left + (right - left) * lean;
    fill(context, rock, [
      [left, height],
      [peak, top],
      [right, height],
    ]);
    // Where the flanks lie at a given part of the height.
    const onLeft = (part) => [peak + (left - peak) * part, top + (height - top) * part];
    const onRight = (part) => [peak + (right - peak) * part, top + (height - top) * part];
    const inside = (part, aside) => [peak + (right - left) * aside, top + (height - top) * part];
    fill(context, snow, [
      [peak, top],
      onRight(0.42),
      inside(0.34, 0.1),
      inside(0.46, 0.03),
      inside(0.3, -0.02),
      inside(0.38, -0.07),
      onLeft(0.24),
    ]);
  }
  const mist = context.createLinearGradient(0, height * 0.5, 0, height);
  mist.addColorStop(0, `${snow}00`);
  mist.addColorStop(1, `${snow}66`);
  context.fillStyle = mist;
  context.fillRect(0, height * 0.5, width, height * 0.5);
}

export function paintForest(context, width, height, needles, light) {
  const chance = scatter(41);
  for (let row = 0; row < 2; row++) {
    const tint = mix(needles, light, row ? 0.04 : 0.22);
    const snow = mix(tint, "#dcebff", 0.4);
    for (let x = 0; x < width; x += 9 + chance() * 9) {
      const tall = height * (0.45 + chance() * 0.5) * (row ? 0.8 : 1);
      pine(context, x, height, tall, tint, snow);
      // Trees that reach over one end are painted at the other too, so that the strip joins.
      if (x < tall * BROAD) pine(context, x + width, height, tall, tint, snow);
      if (x > width - tall * BROAD) pine(context, x - width, height, tall, tint, snow);
    }
  }
}

const BROAD = 0.28; // half a pine, beside its height

export function pine(context, x, ground, tall, needles, snow) {
  for (let tier = 0; tier < 3; tier++) {
    const top = ground - tall + tier * tall * 0.24;
    const wide = tall * (0.13 + tier * 0.07);
    const low = top + tall * 0.42;
    fill(context, needles, [
      [x, top],
      [x + wide, low],
      [x - wide, low],
    ]);
    fill(context, snow, [
      [x, top],
      [x + wide * 0.5, top + tall * 0.21],
      [x + wide * 0.1, top + tall * 0.16],
      [x - wide * 0.25, top + tall * 0.19],
    ]);
  }
}

function fill(context, colour, [[x, y], ...others]) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y);
  for (const [nextX, nextY] of others) context.lineTo(nextX, nextY);
  context.fill();
}
