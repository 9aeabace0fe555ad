// Night over the track: stars, northern lights that grow with the runner's flow, mountains and forest.
import { mix, roll, scatter, strip } from "./paint.js";

export function createSky(width, height, theme) {
  const deep = mix(theme.ground, "#030818", 0.55);
  const glow = mix(theme.ground, "#8fb4e8", 0.5);
  // Everything below is covered by the stand.
  const horizon = height * 0.45;
  const air = strip(width, horizon, (context) => {
    paintAir(context, width, horizon, [deep, theme.ground, glow]);
    paintStars(context, width, horizon);
  });
  const aurora = createAurora(width, height);
  const far = strip(width * 2, height * 0.22, (context, across, high) =>
    paintRidge(context, across, high, { seed: 7, rock: mix(glow, deep, 0.42), snow: mix(glow, "#ffffff", 0.35), peaks: 7 }),
  );
  const near = strip(width * 2, height * 0.14, (context, across, high) =>
    paintRidge(context, across, high, { seed: 23, rock: mix(glow, deep, 0.66), snow: mix(glow, "#ffffff", 0.12), peaks: 9 }),
  );
  const forest = strip(width * 2, height * 0.1, (context, across, high) =>
    paintForest(context, across, high, mix(deep, "#0d2a33", 0.4), glow),
  );

  return (context, way, time, flow) => {
    context.drawImage(air.canvas, 0, 0, width, horizon);
    aurora(context, time, 0.45 + flow * 0.55);
    roll(context, far, way * 1.2, height * 0.2, width);
    roll(context, near, way * 3, height * 0.28, width);
    roll(context, forest, way * 9, height * 0.345, width);
  };
}

function paintAir(context, width, height, colours) {
  const air = context.createLinearGradient(0, 0, 0, height);
  colours.forEach((colour, n) => air.addColorStop(n / (colours.length - 1), colour));
  context.fillStyle = air;
  context.fillRect(0, 0, width, height);
}

function paintStars(context, width, height) {
  const chance = scatter(3);
  context.fillStyle = "#fff";
  for (let n = 0; n < 90; n++) {
    context.globalAlpha = 0.25 + chance() * 0.6;
    const size = 0.5 + chance() ** 3 * 1.3;
    context.beginPath();
    context.arc(chance() * width, chance() ** 1.4 * height, size, 0, 7);
    context.fill();
  }
}

// Two curtains of northern light. Each is a row of beams one pixel wide on a small canvas, which the phone then
// stretches over the sky: soft, and cheap enough for every frame.
const BEAMS = 56;
const TALL = 96;
const CURTAINS = [
  { colours: ["#3dffb5", "#1f8f9a"], top: 0.24, tall: 0.46, pace: 0.31, bend: 3.1 },
  { colours: ["#6fb4ff", "#5a4bd0"], top: 0.12, tall: 0.58, pace: 0.19, bend: 2.2 },
];

function createAurora(width, height) {
  const beams = CURTAINS.map(({ colours }) => paintBeam(colours));
  const small = document.createElement("canvas");
  small.width = BEAMS;
  small.height = TALL;
  const curtain = small.getContext("2d");

  /** `strength` from 0 to 1. */
  return (context, time, strength) => {
    curtain.globalAlpha = 1;
    curtain.clearRect(0, 0, BEAMS, TALL);
    CURTAINS.forEach((shape, n) => {
      for (let beam = 0; beam < BEAMS; beam++) hang(curtain, beams[n], beam, shape, time, strength);
    });
    context.globalCompositeOperation = "lighter";
    context.drawImage(small, 0, 0, width, height * 0.42);
    context.globalCompositeOperation = "source-over";
  };
}

function hang(curtain, painted, beam, { top, tall, pace, bend }, time, strength) {
  const x = beam / BEAMS;
  const sway = Math.sin(x * bend * 2 + time * pace) + 0.5 * Math.sin(x * bend * 5 - time * pace * 1.7 + bend);
  const folds = 0.5 + 0.5 * Math.sin(x * 21 + sway * 3 + time * pace * 2.2);
  const long = TALL * tall * (0.75 + 0.25 * folds);
  const foot = TALL * (top + tall + sway * 0.06);
  curtain.globalAlpha = strength * (0.12 + 0.5 * folds * folds) * Math.sin(Math.min(x + 0.08, 1) * Math.PI);
  curtain.drawImage(painted, beam, foot - long, 1, long);
}

function paintBeam([low, high]) {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = TALL;
  const context = canvas.getContext("2d");
  const light = context.createLinearGradient(0, 0, 0, TALL);
  light.addColorStop(0, `${high}00`);
  light.addColorStop(0.45, `${high}55`);
  light.addColorStop(0.88, `${low}cc`);
  light.addColorStop(1, `${low}00`);
  context.fillStyle = light;
  context.fillRect(0, 0, 1, TALL);
  return canvas;
}

/** A ridge whose two ends meet, with snow on the side that the moon sees. */
function paintRidge(context, width, height, { seed, rock, snow, peaks }) {
  const chance = scatter(seed);
  const step = width / peaks;
  const tops = Array.from({ length: peaks }, () => [0.15 + chance() * 0.5, 0.35 + chance() * 0.3]);
  const at = (n) => tops[((n % peaks) + peaks) % peaks];
  for (let n = -1; n <= peaks; n++) {
    const [high, lean] = at(n);
    const [left, right, top] = [(n - 0.35) * step, (n + 1.35) * step, high * height];
    const peak = left + (right - left) * lean;
    fill(context, rock, [[left, height], [peak, top], [right, height]]);
    // Where the flanks lie at a given part of the height.
    const onLeft = (part) => [peak + (left - peak) * part, top + (height - top) * part];
    const onRight = (part) => [peak + (right - peak) * part, top + (height - top) * part];
    const inside = (part, aside) => [peak + (right - left) * aside, top + (height - top) * part];
    fill(context, snow, [[peak, top], onRight(0.42), inside(0.34, 0.1), inside(0.46, 0.03), inside(0.3, -0.02), inside(0.38, -0.07), onLeft(0.24)]);
  }
  const mist = context.createLinearGradient(0, height * 0.5, 0, height);
  mist.addColorStop(0, `${snow}00`);
  mist.addColorStop(1, `${snow}66`);
  context.fillStyle = mist;
  context.fillRect(0, height * 0.5, width, height * 0.5);
}

function paintForest(context, width, height, needles, light) {
  const chance = scatter(41);
  for (let row = 0; row < 2; row++) {
    for (let x = 0; x < width; x += 9 + chance() * 9) {
      const tall = height * (0.45 + chance() * 0.5) * (row ? 0.8 : 1);
      const tint = mix(needles, light, row ? 0.04 : 0.22);
      // Trees at one end are painted at the other too, so that the strip joins.
      for (const shift of [0, -width, width]) pine(context, x + shift, height, tall, tint, mix(tint, "#dcebff", 0.4));
    }
  }
}

function pine(context, x, ground, tall, needles, snow) {
  for (let tier = 0; tier < 3; tier++) {
    const top = ground - tall + tier * tall * 0.24;
    const wide = tall * (0.13 + tier * 0.07);
    const low = top + tall * 0.42;
    fill(context, needles, [[x, top], [x + wide, low], [x - wide, low]]);
    fill(context, snow, [[x, top], [x + wide * 0.5, top + tall * 0.21], [x + wide * 0.1, top + tall * 0.16], [x - wide * 0.25, top + tall * 0.19]]);
  }
}

function fill(context, colour, [[x, y], ...others]) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y);
  for (const [nextX, nextY] of others) context.lineTo(nextX, nextY);
  context.fill();
}
