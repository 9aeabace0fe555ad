// The street as one sees it from behind the hare: which point of it lies where on the screen, its snow, what stands
// beside it. Distances are in millimetres ahead of the hare, sideways in lanes from the middle one.
import { paintAir, paintForest, paintRidge, paintStars, pine } from "../../_art/landscape.js";
import { clamp, lay, mix, scatter, strip } from "../../_art/paint.js";
import { lampSprite, nightOf, paintHouse } from "../../_art/village.js";

const FOCUS = 5600;
const HORIZON = 0.37;
const FEET = 0.8;
const NEAREST = -2400;
const FARTHEST = 46000;
const BAND = 3600; // bands of trodden snow, which show how fast one runs
const PLOT = 6200; // from one thing beside the street to the next
const BANK = 2100; // and from one heap at its edge to the next

export function createView(width, height) {
  const horizon = height * HORIZON;
  const feet = height * FEET;
  const lane = width * 0.275;
  let bend = 0;
  return {
    horizon,
    feet,
    lane,
    /** The street bends slowly to and fro. */
    turn: (at) => (bend = Math.sin(at / 61000) * 0.7 + Math.sin(at / 23000) * 0.3),
    scale: (ahead) => FOCUS / (Math.max(ahead, NEAREST) + FOCUS),
    x(aside, scale) {
      const far = 1 - Math.min(scale, 1);
      return width / 2 + aside * lane * scale + bend * far * far * width * 0.34;
    },
    y: (scale) => horizon + (feet - horizon) * scale,
  };
}

export function createStreet(width, height, theme, calm) {
  const view = createView(width, height);
  const night = nightOf(theme);
  const sky = strip(width * 1.4, view.horizon + 6, (context, wide, high) =>
    paintSky(context, wide, high, height, night),
  );
  const ground = strip(width, height - view.horizon, (context, wide, high) => paintGround(context, wide, high, night));
  const plots = paintPlots(Math.min(width * 0.72, 380), night);
  const bank = strip(120, 44, paintBank);

  return {
    view,
    drawGround(context, at) {
      view.turn(calm ? 0 : at);
      const shift = view.x(0, 0) - width / 2;
      lay(context, sky, -width * 0.2 + shift * 0.6, 0);
      lay(context, ground, 0, view.horizon);
      drawTrodden(context);
      drawBands(context, at);
      drawRuts(context, at);
      drawBanks(context, at);
    },
    /** What stands beside the street, from far to near between two distances. */
    drawPlots(context, at, from, to) {
      const first = Math.floor((at + from) / PLOT);
      for (let n = Math.floor((at + to) / PLOT); n > first; n--) {
        for (const side of [-1, 1]) drawPlot(context, n, side, n * PLOT - at);
      }
    },
    nearest: NEAREST,
    farthest: FARTHEST,
  };

  /** Between its edges the snow is trodden, and darker. */
  function drawTrodden(context) {
    context.fillStyle = "rgb(96 136 206 / 20%)";
    for (let near = NEAREST; near < FARTHEST; near = near * 1.7 + 5200)
      patch(context, near, Math.min(near * 1.7 + 5200, FARTHEST), -1.62, 1.62);
  }

  function drawBands(context, at) {
    const first = Math.ceil((at + NEAREST) / BAND);
    context.fillStyle = "rgb(84 126 196 / 11%)";
    for (let n = first; n * BAND < at + FARTHEST; n++) {
      if (n % 2) continue;
      patch(context, n * BAND - at, (n + 1) * BAND - at, -1.62, 1.62);
    }
  }

  /** The ruts of sledges between the lanes. */
  function drawRuts(context, at) {
    context.fillStyle = "rgb(70 108 180 / 34%)";
    const first = Math.ceil((at + NEAREST) / 2600);
    for (let n = first; n * 2600 < at + FARTHEST * 0.7; n++) {
      for (const aside of [-0.5, 0.5])
        patch(context, n * 2600 - at, n * 2600 + 1500 - at, aside - 0.014, aside + 0.014);
    }
  }

  /** Heaps of cleared snow along both edges, from far to near. */
  function drawBanks(context, at) {
    for (let n = Math.floor((at + 30000) / BANK); n * BANK > at + NEAREST; n--) {
      const scale = view.scale(n * BANK - at);
      const [wide, high] = [width * 0.34 * scale, width * 0.125 * scale];
      for (const side of [-1, 1]) {
        const x = view.x(side * (1.74 + (n % 3) * 0.05), scale);
        context.drawImage(bank.canvas, x - wide / 2, view.y(scale) - high * 0.8, wide, high);
      }
    }
  }

  function patch(context, near, far, left, right) {
    const [a, b] = [view.scale(Math.max(near, NEAREST)), view.scale(far)];
    context.beginPath();
    context.moveTo(view.x(left, a), view.y(a));
    context.lineTo(view.x(right, a), view.y(a));
    context.lineTo(view.x(right, b), view.y(b));
    context.lineTo(view.x(left, b), view.y(b));
    context.fill();
  }

  function drawPlot(context, n, side, ahead) {
    if (ahead < NEAREST * 0.8) return;
    const chance = ((Math.imul(n * 2 + (side > 0 ? 1 : 0), 2654435761) >>> 8) % 1000) / 1000;
    const scale = view.scale(ahead);
    const lamp = n % 3 === 0;
    const plot = lamp ? plots.lamp : plots.others[Math.floor(chance * plots.others.length)];
    const aside = side * ((lamp ? 1.85 : plot.aside) + chance * 0.25);
    const [x, y] = [view.x(aside, scale), view.y(scale)];
    const [wide, high] = [plot.width * scale, plot.height * scale];
    if (x + wide < 0 || x - wide > width) return;
    // Far things come out of the dark.
    context.globalAlpha = clamp((FARTHEST - ahead) / 9000, 0, 1);
    context.drawImage(plot.canvas, x - plot.middle * scale, y - plot.foot * scale, wide, high);
    context.globalAlpha = 1;
  }
}

function paintSky(context, wide, high, height, night) {
  paintAir(context, wide, high, [night.deep, night.ground, night.glow]);
  paintStars(context, wide, high);
  const [x, y, size] = [wide * 0.62, height * 0.2, wide * 0.045];
  const halo = context.createRadialGradient(x, y, size * 0.6, x, y, size * 4);
  halo.addColorStop(0, "rgb(255 244 214 / 42%)");
  halo.addColorStop(1, "rgb(255 240 214 / 0%)");
  context.fillStyle = halo;
  context.fillRect(x - size * 4, y - size * 4, size * 8, size * 8);
  context.fillStyle = "#fff3d4";
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.fill();
  below(context, high - height * 0.15, () =>
    paintRidge(context, wide, height * 0.15, {
      seed: 7,
      rock: mix(night.glow, night.deep, 0.42),
      snow: mix(night.glow, "#ffffff", 0.35),
      peaks: 5,
    }),
  );
  below(context, high - height * 0.06, () =>
    paintForest(context, wide, height * 0.06, mix(night.deep, "#0d2a33", 0.4), night.glow),
  );
}

function below(context, y, paint) {
  context.save();
  context.translate(0, y);
  paint();
  context.restore();
}

function paintGround(context, wide, high, night) {
  const light = context.createLinearGradient(0, 0, 0, high);
  light.addColorStop(0, mix(night.snowShade, night.deep, 0.35));
  light.addColorStop(0.16, night.snowShade);
  light.addColorStop(0.6, "#e6effa");
  light.addColorStop(1, "#c3d6f0");
  context.fillStyle = light;
  context.fillRect(0, 0, wide, high);
}

/** Houses, firs and lamps as they stand beside the street, each with where its foot is. */
function paintPlots(wide, night) {
  const others = [3, 11, 27, 52].map((seed, n) => {
    const [across, high, foot] = [wide * (0.42 + (n % 2) * 0.14), wide * (0.42 + (n % 3) * 0.05), wide * 0.93];
    const sprite = strip(wide, wide, (context) => {
      const light = context.createRadialGradient(wide / 2, wide, 0, wide / 2, wide, wide * 0.5);
      light.addColorStop(0, "rgb(255 210 130 / 40%)");
      light.addColorStop(1, "rgb(255 210 130 / 0%)");
      context.save();
      context.translate(0, wide * 0.74);
      context.scale(1, 0.2);
      context.fillStyle = light;
      context.fillRect(0, wide * 0.5, wide, wide);
      context.restore();
      paintHouse(context, (wide - across) / 2, foot, across, high, night, scatter(seed));
      paintDrift(context, wide, foot, across);
    });
    return { ...sprite, middle: wide / 2, foot, aside: 2.75 };
  });
  for (const tall of [0.85, 1.1]) {
    const high = wide * tall;
    const sprite = strip(high * 0.7, high, (context) => {
      context.fillStyle = "rgb(30 60 110 / 30%)";
      context.beginPath();
      context.ellipse(high * 0.35, high * 0.95, high * 0.26, high * 0.035, 0, 0, 7);
      context.fill();
      pine(context, high * 0.35, high * 0.97, high * 0.95, "#163d3a", "#dfecfb");
    });
    others.push({ ...sprite, middle: high * 0.35, foot: high * 0.95, aside: 2.35 });
  }
  return { others, lamp: lampSprite(wide * 0.78) };
}

function paintBank(context, wide, high) {
  const light = context.createLinearGradient(0, 0, 0, high);
  light.addColorStop(0, "#ffffff");
  light.addColorStop(0.55, "#eaf2fc");
  light.addColorStop(1, "#b4cbea");
  context.fillStyle = light;
  context.beginPath();
  context.moveTo(2, high - 4);
  context.bezierCurveTo(14, high * 0.3, 34, high * 0.5, 46, high * 0.22);
  context.bezierCurveTo(60, -4, 82, high * 0.1, 88, high * 0.4);
  context.bezierCurveTo(104, high * 0.34, 112, high * 0.6, wide - 2, high - 4);
  context.quadraticCurveTo(wide / 2, high + 3, 2, high - 4);
  context.fill();
}

/** Snow that was swept against the wall. */
function paintDrift(context, wide, foot, across) {
  context.fillStyle = "#eef4fc";
  for (const [x, size] of [
    [-0.52, 0.16],
    [-0.2, 0.1],
    [0.24, 0.13],
    [0.54, 0.17],
  ]) {
    context.beginPath();
    context.ellipse(wide / 2 + x * across, foot + 3, size * wide * 0.9, size * wide * 0.3, 0, Math.PI, 0);
    context.fill();
  }
}
