// The shooting range at night: a lane of snow between lamps, the target on its stand, and the flag that tells the wind.
import { mix, strip } from "../../_art/paint.js";
import { lampSprite, nightOf, paintNight } from "../../_art/village.js";

const HORIZON = 0.44;

/** Everything that does not move, painted once. `middle` is where the target hangs. */
export function createRange(width, height, theme) {
  const night = nightOf(theme);
  const lamp = lampSprite(height * 0.16);
  return strip(width, height, (context) => {
    paintNight(context, width, height, theme, { horizon: HORIZON, moon: false });
    paintLane(context, width, height, night);
    for (const far of [0.06, 0.24, 0.62]) {
      for (const side of [-1, 1]) {
        const size = 0.34 + far * 1.15;
        const x = width / 2 + side * width * (0.27 + far * 0.42);
        const y = height * (HORIZON + 0.015 + far * 0.34);
        context.drawImage(lamp.canvas, x - lamp.middle * size, y - lamp.foot * size, lamp.width * size, lamp.height * size);
      }
    }
  });
}

function paintLane(context, width, height, night) {
  const top = height * (HORIZON + 0.012);
  context.fillStyle = mix(night.snowShade, "#ffffff", 0.72);
  context.beginPath();
  context.moveTo(width * 0.4, top);
  context.lineTo(width * 0.6, top);
  context.lineTo(width * 1.35, height);
  context.lineTo(width * -0.35, height);
  context.fill();
  context.fillStyle = mix(night.snowShade, night.ground, 0.25);
  for (const side of [-1, 1]) {
    for (let row = 0; row < 7; row++) {
      const far = (row / 7) ** 1.7;
      const y = top + (height - top) * far;
      const x = width / 2 + side * width * (0.1 + far * 0.75);
      const tall = 5 + far * 46;
      context.fillRect(x - 1 - far * 2, y - tall, 2 + far * 4, tall);
    }
  }
  context.strokeStyle = "rgb(200 63 20 / 70%)";
  for (const side of [-1, 1]) {
    context.lineWidth = 1.5;
    context.beginPath();
    for (let row = 0; row <= 8; row++) {
      const far = (row / 7) ** 1.7;
      context.lineTo(width / 2 + side * width * (0.1 + far * 0.75), top + (height - top) * far - (5 + far * 46) * 0.8);
    }
    context.stroke();
  }
}

const RINGS = ["#f6f8fb", "#f6f8fb", "#232b45", "#232b45", "#3f9be0", "#3f9be0", "#e2483a", "#e2483a", "#f8cb3f", "#f8cb3f"];
const FACE_PIXELS = 240;

/** The face with its ring lines, and around it straw; its radius is half of its width less the straw. */
export function createTarget(picture) {
  const straw = 1.14;
  const size = FACE_PIXELS * 2 * straw;
  const face = strip(size, size, (context) => {
    const middle = size / 2;
    disc(context, "#b98d4f", middle, middle * 0.995);
    disc(context, "#d9b071", middle, middle * 0.955);
    context.strokeStyle = "rgb(120 84 40 / 35%)";
    context.lineWidth = 3;
    for (let ring = 1; ring < 8; ring++) circle(context, middle, middle * (0.88 + ring * 0.014));
    RINGS.forEach((colour, n) => {
      const radius = (FACE_PIXELS * (10 - n)) / 10;
      disc(context, colour, middle, radius);
      context.lineWidth = 1.6;
      context.strokeStyle = n === 2 || n === 3 ? "rgb(255 255 255 / 55%)" : "rgb(20 26 46 / 50%)";
      circle(context, middle, radius);
    });
    circle(context, middle, FACE_PIXELS / 20);
    context.fillStyle = "#7c5a12";
    context.fillRect(middle - 5, middle - 1, 10, 2);
    context.fillRect(middle - 1, middle - 5, 2, 10);
    // Lamp light from above, dusk below.
    const light = context.createLinearGradient(0, 0, 0, size);
    light.addColorStop(0, "rgb(255 236 190 / 26%)");
    light.addColorStop(0.5, "rgb(255 236 190 / 0%)");
    light.addColorStop(1, "rgb(10 20 60 / 30%)");
    context.globalCompositeOperation = "source-atop";
    context.fillStyle = light;
    context.fillRect(0, 0, size, size);
  });

  /** @param {number} radius of the face in pixels @param {number} tilt how far it is struck back, -1 to 1 */
  return (context, x, y, radius, tilt) => {
    drawStand(context, x, y, radius, picture);
    const half = radius * straw;
    context.save();
    context.translate(x, y - radius * 0.9);
    context.rotate(tilt * 0.02);
    context.drawImage(face.canvas, -half, radius * 0.9 - half, half * 2, half * 2);
    context.restore();
  };
}

function drawStand(context, x, y, radius, picture) {
  const foot = y + radius * 2.15;
  context.fillStyle = "rgb(24 44 92 / 34%)";
  context.beginPath();
  context.ellipse(x, foot, radius * 1.5, radius * 0.14, 0, 0, 7);
  context.fill();
  context.lineCap = "round";
  for (const [from, to, colour] of [[0, 0.1, "#4a3322"], [-0.55, -1.15, "#6d4a2e"], [0.55, 1.15, "#6d4a2e"]]) {
    context.strokeStyle = colour;
    context.lineWidth = radius * 0.13;
    context.beginPath();
    context.moveTo(x + from * radius, y - radius * 1.25);
    context.lineTo(x + to * radius, foot);
    context.stroke();
  }
  context.fillStyle = "#5b3d27";
  context.beginPath();
  context.roundRect(x - radius * 1.05, y + radius * 1.2, radius * 2.1, radius * 0.13, 4);
  context.fill();
  context.fillStyle = "#f3f8ff";
  context.beginPath();
  context.ellipse(x, y - radius * 1.27, radius * 0.72, radius * 0.1, 0, Math.PI, 0);
  context.fill();
  if (picture) context.drawImage(picture, x - radius * 0.3, y + radius * 1.4, radius * 0.6, radius * 0.6);
}

/** A flag on its pole: `wind` in tenths of a metre a second, to the right positive. */
export function drawFlag(context, x, ground, tall, wind, time, colour) {
  const strength = Math.min(Math.abs(wind) / 45, 1);
  const side = wind < 0 ? -1 : 1;
  context.strokeStyle = "#2a3350";
  context.lineWidth = tall * 0.035;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x, ground);
  context.lineTo(x, ground - tall);
  context.stroke();
  const [long, high] = [tall * 0.62, tall * 0.26];
  const edge = (part, low) => {
    const droop = (1 - strength) * part * part * tall * 0.5;
    const wave = Math.sin(part * 6 - time * (3 + strength * 11)) * high * 0.16 * part;
    return [x + side * long * part * (0.25 + strength * 0.75), ground - tall + droop + wave + low * high * (1 - part * 0.25)];
  };
  context.fillStyle = colour;
  context.beginPath();
  for (let part = 0; part <= 1.01; part += 0.125) context.lineTo(...edge(part, 0));
  for (let part = 1; part >= -0.01; part -= 0.125) context.lineTo(...edge(Math.max(part, 0), 1));
  context.fill();
  context.fillStyle = "rgb(255 255 255 / 35%)";
  context.beginPath();
  for (let part = 0; part <= 1.01; part += 0.125) context.lineTo(...edge(part, 0.36));
  for (let part = 1; part >= -0.01; part -= 0.125) context.lineTo(...edge(Math.max(part, 0), 0.6));
  context.fill();
}

function disc(context, colour, middle, radius) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(middle, middle, radius, 0, 7);
  context.fill();
}

function circle(context, middle, radius) {
  context.beginPath();
  context.arc(middle, middle, radius, 0, 7);
  context.stroke();
}
