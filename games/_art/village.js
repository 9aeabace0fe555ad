// A village in the snow: houses with lit windows, lamps, firs; and the whole night with it as one painted picture.
import { paintAir, paintForest, paintRidge, paintStars, pine } from "./landscape.js";
import { mix, scatter, strip } from "./paint.js";

/** The colours of a theme's night. */
export function nightOf(theme) {
  const deep = mix(theme.ground, "#030818", 0.55);
  return {
    deep,
    ground: theme.ground,
    glow: mix(theme.ground, "#8fb4e8", 0.5),
    snow: "#eef4fc",
    snowShade: mix(theme.ground, "#9dbbe6", 0.72),
  };
}

/**
 * Sky, moon, mountains, forest and, if wanted, houses, with snow from `horizon` (0 to 1 of the height) downwards.
 * @param {{horizon: number, houses?: boolean, moon?: boolean}} view
 */
export function paintNight(context, width, height, theme, { horizon, houses = true, moon = true }) {
  const night = nightOf(theme);
  const ground = height * horizon;
  paintAir(context, width, ground, [night.deep, night.ground, night.glow]);
  paintStars(context, width, ground * 0.8);
  if (moon) paintMoon(context, width * 0.78, height * 0.2, Math.min(width, height) * 0.075);
  at(context, 0, ground - height * 0.24, () =>
    paintRidge(context, width, height * 0.2, {
      seed: 7,
      rock: mix(night.glow, night.deep, 0.42),
      snow: mix(night.glow, "#ffffff", 0.35),
      peaks: 4,
    }),
  );
  at(context, 0, ground - height * 0.155, () =>
    paintRidge(context, width, height * 0.13, {
      seed: 23,
      rock: mix(night.glow, night.deep, 0.66),
      snow: mix(night.glow, "#ffffff", 0.12),
      peaks: 5,
    }),
  );
  at(context, 0, ground - height * 0.1, () =>
    paintForest(context, width, height * 0.105, mix(night.deep, "#0d2a33", 0.4), night.glow),
  );
  if (houses) paintHouses(context, width, ground, Math.min(height * 0.085, 76), night);
  paintSnow(context, width, height, ground, night);
}

function at(context, x, y, paint) {
  context.save();
  context.translate(x, y);
  paint();
  context.restore();
}

function paintMoon(context, x, y, size) {
  const halo = context.createRadialGradient(x, y, size * 0.6, x, y, size * 4);
  halo.addColorStop(0, "rgb(255 244 214 / 42%)");
  halo.addColorStop(0.3, "rgb(255 240 214 / 14%)");
  halo.addColorStop(1, "rgb(255 240 214 / 0%)");
  context.fillStyle = halo;
  context.fillRect(x - size * 4, y - size * 4, size * 8, size * 8);
  context.fillStyle = "#fff3d4";
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.fill();
  context.fillStyle = "rgb(222 196 148 / 40%)";
  for (const [dx, dy, part] of [
    [-0.3, -0.2, 0.24],
    [0.25, 0.3, 0.3],
    [0.35, -0.35, 0.15],
    [-0.35, 0.42, 0.14],
  ]) {
    context.beginPath();
    context.arc(x + dx * size, y + dy * size, part * size, 0, 7);
    context.fill();
  }
}

/** Houses in a row, with gaps, as wide as the picture. */
export function paintHouses(context, width, ground, tall, night, seed = 31) {
  const chance = scatter(seed);
  let x = -tall * 0.3;
  while (x < width) {
    const wide = tall * (0.8 + chance() * 0.7);
    const high = tall * (0.55 + chance() * 0.4);
    if (chance() > 0.28) paintHouse(context, x, ground, wide, high, night, chance);
    else pine(context, x + wide / 2, ground, tall * 1.1, mix(night.deep, "#0d2a33", 0.4), "#c9dbf2");
    x += wide * 1.12;
  }
}

/** One house whose left lower corner is at x, ground. */
export function paintHouse(context, x, ground, wide, high, night, chance) {
  const wall = mix(night.deep, ["#7a3b2e", "#5b4636", "#46506e"][Math.floor(chance() * 3)], 0.5);
  const roof = high * 0.72;
  context.fillStyle = wall;
  context.fillRect(x, ground - high, wide, high + 4);
  context.beginPath();
  context.moveTo(x, ground - high);
  context.lineTo(x + wide / 2, ground - high - roof);
  context.lineTo(x + wide, ground - high);
  context.fill();
  context.strokeStyle = "#eef4fc";
  context.lineWidth = high * 0.16;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  context.moveTo(x - wide * 0.06, ground - high + 2);
  context.lineTo(x + wide / 2, ground - high - roof);
  context.lineTo(x + wide * 1.06, ground - high + 2);
  context.stroke();
  context.fillStyle = mix(night.deep, "#4a3b36", 0.6);
  context.fillRect(x + wide * 0.7, ground - high - roof * 0.95, wide * 0.1, roof * 0.5);
  const columns = wide > high * 1.3 ? 3 : 2;
  for (let n = 0; n < columns; n++) {
    const lit = chance() > 0.2;
    const size = high * 0.24;
    const wx = x + (wide * (n + 0.5)) / columns - size / 2;
    const wy = ground - high * 0.72;
    if (lit) {
      const light = context.createRadialGradient(
        wx + size / 2,
        wy + size / 2,
        0,
        wx + size / 2,
        wy + size / 2,
        size * 2.2,
      );
      light.addColorStop(0, "rgb(255 200 110 / 55%)");
      light.addColorStop(1, "rgb(255 190 90 / 0%)");
      context.fillStyle = light;
      context.fillRect(wx - size * 2, wy - size * 2, size * 5, size * 5);
    }
    context.fillStyle = lit ? "#ffd98a" : mix(wall, "#0a1230", 0.5);
    context.fillRect(wx, wy, size, size * 1.15);
    context.fillStyle = wall;
    context.fillRect(wx + size * 0.45, wy, size * 0.1, size * 1.15);
    context.fillRect(wx, wy + size * 0.5, size, size * 0.1);
  }
}

/** Snow from the horizon down: soft waves, lighter towards us. */
export function paintSnow(context, width, height, ground, night) {
  const light = context.createLinearGradient(0, ground, 0, height);
  light.addColorStop(0, night.snowShade);
  light.addColorStop(0.25, mix(night.snowShade, "#ffffff", 0.55));
  light.addColorStop(1, mix(night.snowShade, "#ffffff", 0.2));
  context.fillStyle = light;
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width + 12; x += 12)
    context.lineTo(x, ground + Math.sin(x * 0.021 + 1) * 4 + Math.sin(x * 0.053) * 2);
  context.lineTo(width, height);
  context.fill();
  const chance = scatter(77);
  for (let n = 0; n < 90; n++) {
    const [x, y] = [chance() * width, ground + 10 + chance() ** 1.4 * (height - ground)];
    context.fillStyle = chance() > 0.5 ? "rgb(255 255 255 / 75%)" : "rgb(80 120 190 / 16%)";
    context.fillRect(x, y, 6 + chance() * 18, 1.5);
  }
}

/** A street lamp as tall as `tall`, with its light and the pool of it on the snow; `foot` and `middle` say where it stands. */
export function lampSprite(tall) {
  const [wide, x, head, foot] = [tall * 1.1, tall * 0.55, tall * 0.5, tall * 1.36];
  const sprite = strip(wide, tall * 1.5, (context) => {
    const light = context.createRadialGradient(x, head, 0, x, head, tall * 0.5);
    light.addColorStop(0, "rgb(255 226 160 / 85%)");
    light.addColorStop(0.18, "rgb(255 205 120 / 30%)");
    light.addColorStop(1, "rgb(255 190 90 / 0%)");
    context.fillStyle = light;
    context.fillRect(0, 0, wide, tall * 1.1);
    context.save();
    context.scale(1, 0.25);
    const pool = context.createRadialGradient(x, foot * 4, 0, x, foot * 4, tall * 0.5);
    pool.addColorStop(0, "rgb(255 228 164 / 62%)");
    pool.addColorStop(1, "rgb(255 222 150 / 0%)");
    context.fillStyle = pool;
    context.fillRect(0, foot * 3, wide, tall * 4);
    context.restore();
    context.fillStyle = "#1b2338";
    context.fillRect(x - tall * 0.014, head + tall * 0.06, tall * 0.028, foot - head - tall * 0.06);
    context.beginPath();
    context.roundRect(x - tall * 0.035, foot - tall * 0.09, tall * 0.07, tall * 0.09, 3);
    context.fill();
    context.fillStyle = "#fff1c9";
    context.beginPath();
    context.moveTo(x - tall * 0.05, head - tall * 0.055);
    context.lineTo(x + tall * 0.05, head - tall * 0.055);
    context.lineTo(x + tall * 0.032, head + tall * 0.06);
    context.lineTo(x - tall * 0.032, head + tall * 0.06);
    context.closePath();
    context.fill();
    context.strokeStyle = "#1b2338";
    context.lineWidth = tall * 0.014;
    context.stroke();
    context.fillStyle = "#f3f8ff";
    context.beginPath();
    context.ellipse(x, head - tall * 0.06, tall * 0.066, tall * 0.034, 0, Math.PI, 0);
    context.fill();
  });
  return { ...sprite, middle: x, foot };
}
