// The range through the sights: five plates on their stand, which sway as the barrel does; a ring, and the breath around it.
import { clamp, lay, mix, strip } from "../../_art/paint.js";
import { nightOf, paintNight } from "../../_art/village.js";
import { BREATH, RANGE, TARGETS } from "../rules.js";

export const PIXELS = 0.62; // of one unit of sight, on a picture 390 wide
const APART = 250; // units between two plates

/** A brand's `picture` may hang above the plates. */
export function createRange(width, height, theme, picture) {
  const night = nightOf(theme);
  const size = Math.min(width / 390, height / 760);
  const unit = PIXELS * size;
  const [wide, high] = [width * 2.6, height * 1.3];
  const place = strip(wide, high, (context) => {
    paintNight(context, wide, high, theme, { horizon: 0.36, moon: false });
    paintBerm(context, wide, high, night);
  });
  const clear = Math.min(width * 0.47, height * 0.31); // how far one sees around the middle
  const dark = strip(width, height, (context) => paintDiopter(context, width, height, clear));
  const rim = mix(night.deep, "#000000", 0.4);
  const stand = mix(night.deep, "#2a3350", 0.5);

  /** @param {number[]} sight where it stands, from the plate that is next @param {number} aimedAt its number, with parts while the barrel moves on */
  function draw(context, { sight, aimedAt, hits, target, stance, kick, flash }) {
    const [cx, cy] = [width / 2, height * 0.42];
    const shift = (aimedAt - (TARGETS - 1) / 2) * APART * unit;
    const [x, y] = [cx - sight[0] * unit - shift, cy - sight[1] * unit - kick];
    lay(context, place, x - wide / 2, y - high * 0.42);
    const radius = RANGE[stance].size * unit;
    context.fillStyle = "#eef2f8";
    context.beginPath();
    context.roundRect(x - APART * unit * 2.62, y - 82 * size, APART * unit * 5.24, 164 * size, 12);
    context.fill();
    if (picture) context.drawImage(picture, x - 128 * size, y - 152 * size, 256 * size, 64 * size);
    context.fillStyle = stand;
    context.fillRect(x - APART * unit * 2.62, y + 82 * size, APART * unit * 5.24, 9 * size);
    for (const leg of [-2.2, 0, 2.2]) context.fillRect(x + leg * APART * unit - 5, y + 88 * size, 10, 120 * size);
    for (let n = 0; n < TARGETS; n++) {
      const px = x + (n - (TARGETS - 1) / 2) * APART * unit;
      drawPlate(context, px, y, radius, hits[n], n === target, n === hits.length - 1 ? flash : 0);
    }
    for (let n = 0; n < hits.length; n++) {
      const [hit, hx, hy] = hits[n];
      if (!hit) drawHole(context, x + (hx + (n - (TARGETS - 1) / 2) * APART) * unit, y + hy * unit);
    }
  }

  function drawPlate(context, x, y, radius, result, next, flash) {
    context.fillStyle = "#cdd6e6";
    disc(context, x, y, radius + 7 * size);
    context.fillStyle = result?.[0] ? "#ffffff" : "#141a2e";
    disc(context, x, y, radius);
    if (result?.[0]) {
      context.strokeStyle = "#35c98a";
      context.lineWidth = 5;
      context.beginPath();
      context.arc(x, y, radius * (1 + flash * 0.5), 0, 7);
      context.stroke();
    } else if (!result && next) {
      context.strokeStyle = "rgb(255 226 122 / 80%)";
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, radius + 12 * size, 0, 7);
      context.stroke();
    }
  }

  function drawHole(context, x, y) {
    context.fillStyle = "#e2483a";
    disc(context, x, y, 5 * size);
    context.fillStyle = "#3a0f0a";
    disc(context, x, y, 2.8 * size);
  }

  /** The diopter, the front ring, and how much breath is left. */
  function drawSight(context, { held, gasping, ready, beat }) {
    const [x, y] = [width / 2, height * 0.42];
    lay(context, dark);
    // Only the rim swells with the heart: to stretch the dark, too, the whole picture would have to be filtered.
    context.strokeStyle = rim;
    context.lineWidth = 10;
    circle(context, x, y, clear * 1.02 * (1 + beat * 0.03));
    const ring = 46 * size;
    context.strokeStyle = "#0b1020";
    context.lineWidth = 9 * size;
    circle(context, x, y, ring);
    context.strokeStyle = !ready ? "#6b7590" : gasping ? "#ff8f7d" : held >= 0 ? "#8ff0c4" : "#ffffff";
    context.lineWidth = 2.5;
    circle(context, x, y, ring);
    context.fillStyle = "#0b1020";
    context.fillRect(x - 3 * size, y + ring, 6 * size, height);
    context.fillStyle = context.strokeStyle;
    disc(context, x, y, 2.4);
    if (held < 0) return;
    context.lineWidth = 6;
    context.lineCap = "round";
    context.beginPath();
    context.arc(x, y, ring + 13 * size, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * clamp(1 - held / BREATH, 0.001, 1));
    context.stroke();
  }

  return { draw, drawSight };
}

/** The bank of snow behind the targets, lit by a row of lamps. */
function paintBerm(context, width, height, night) {
  const top = height * 0.33;
  const bank = context.createLinearGradient(0, top, 0, height * 0.62);
  bank.addColorStop(0, mix(night.snowShade, "#ffffff", 0.55));
  bank.addColorStop(1, mix(night.snowShade, "#ffffff", 0.2));
  context.fillStyle = bank;
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width; x += 20) context.lineTo(x, top + Math.sin(x * 0.012) * 10 + Math.sin(x * 0.04) * 4);
  context.lineTo(width, height);
  context.fill();
  for (let x = width * 0.04; x < width; x += width * 0.115) {
    const light = context.createRadialGradient(x, top - 30, 0, x, top - 30, 130);
    light.addColorStop(0, "rgb(255 230 170 / 85%)");
    light.addColorStop(0.1, "rgb(255 214 140 / 34%)");
    light.addColorStop(1, "rgb(255 200 120 / 0%)");
    context.fillStyle = light;
    context.fillRect(x - 130, top - 160, 260, 260);
    context.fillStyle = "#1b2338";
    context.fillRect(x - 2, top - 28, 4, 46);
    context.fillStyle = "#fff1c9";
    context.fillRect(x - 12, top - 36, 24, 8);
  }
}

/** Dark around the eye, clear in the middle. */
function paintDiopter(context, width, height, clear) {
  const [x, y] = [width / 2, height * 0.42];
  const shade = context.createRadialGradient(x, y, clear * 0.86, x, y, clear * 1.35);
  shade.addColorStop(0, "rgb(4 8 24 / 0%)");
  shade.addColorStop(0.35, "rgb(4 8 24 / 74%)");
  shade.addColorStop(1, "rgb(4 8 24 / 93%)");
  context.fillStyle = shade;
  context.fillRect(0, 0, width, height);
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.stroke();
}
