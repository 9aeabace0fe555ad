// A down feather: a bent shaft, soft barbs, and the fluff at its foot. Painted once, drawn turned as it sways.
import { mix, scatter, strip } from "./paint.js";

/** @param {string} colour of the vane; the light side is whiter, the far side darker */
export function featherSprite(colour, size = 72) {
  return strip(size, size, (context) => {
    context.scale(size / 100, size / 100);
    const shade = mix(colour, "#2b4a86", 0.22);
    const light = mix(colour, "#ffffff", 0.6);
    const chance = scatter(12);
    context.lineCap = "round";
    // Fluff first: short curls at the foot of the shaft.
    for (let n = 0; n < 34; n++) {
      const at = chance();
      const [x, y] = along(0.02 + at * 0.22);
      context.strokeStyle = n % 2 ? light : shade;
      context.globalAlpha = 0.75;
      context.lineWidth = 1.1;
      context.beginPath();
      context.moveTo(x, y);
      const aside = (n % 2 ? 1 : -1) * (8 + chance() * 11);
      context.quadraticCurveTo(x + aside * 0.7, y - 2, x + aside, y + 5 + chance() * 7);
      context.stroke();
    }
    context.globalAlpha = 1;
    vane(context, shade, 21, 1);
    vane(context, colour, 20, -1);
    context.strokeStyle = light;
    context.lineWidth = 1;
    for (let n = 0; n < 15; n++) {
      const part = 0.24 + (n / 15) * 0.68;
      const [x, y] = along(part);
      const wide = 17 * Math.sin(Math.min(part * 1.02, 1) * Math.PI) + 2;
      for (const side of [-1, 1]) {
        context.globalAlpha = side < 0 ? 0.85 : 0.35;
        context.beginPath();
        context.moveTo(x, y);
        context.quadraticCurveTo(x + side * wide * 0.6, y - 3, x + side * wide, y - 8);
        context.stroke();
      }
    }
    context.globalAlpha = 1;
    context.strokeStyle = mix(colour, "#ffffff", 0.85);
    context.lineWidth = 2;
    context.beginPath();
    for (let n = 0; n <= 12; n++) context.lineTo(...along(n / 12));
    context.stroke();
  });
}

/** A point of the shaft, from the foot (0) to the tip (1). */
function along(part) {
  const bend = (part - 0.1) ** 2;
  return [38 + bend * 30, 94 - part * 86];
}

function vane(context, colour, wide, side) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(...along(0.12));
  for (let n = 1; n <= 14; n++) {
    const part = 0.12 + (n / 14) * 0.88;
    const [x, y] = along(part);
    // The edge is frayed.
    const fray = n % 3 ? 1 : 0.84;
    context.lineTo(x + side * wide * Math.sin(Math.min((part - 0.12) / 0.88, 1) ** 0.8 * Math.PI) * fray, y);
  }
  for (let n = 14; n >= 0; n--) context.lineTo(...along(0.12 + (n / 14) * 0.88));
  context.fill();
}
