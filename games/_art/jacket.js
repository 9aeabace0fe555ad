// Quilted down jackets: hanging, as one sees them in a shop, and folded, as they lie on its shelf.
import { mix } from "./paint.js";

const DYED = new Map(); // the same few cloths are worn in every picture

/** The colours of one cloth: itself, where light falls on it, where it does not, and its seams. */
export function dye(colour) {
  if (!DYED.has(colour)) {
    DYED.set(colour, {
      colour,
      light: mix(colour, "#ffffff", 0.38),
      shade: mix(colour, "#150824", 0.28),
      seam: mix(colour, "#120620", 0.5),
    });
  }
  return DYED.get(colour);
}

/**
 * A jacket seen from the front in a square of 100 by 100 units, its middle at 50, 50.
 * @param {{colour: string, lining?: string, fur?: boolean, hood?: boolean, sleeveless?: boolean, long?: boolean, stripe?: string}} cut
 */
export function paintJacket(
  context,
  { colour, lining = "#f3e3cf", fur = false, hood = true, sleeveless = false, long = false, stripe },
) {
  const cloth = dye(colour);
  const hem = long ? 95 : 84;
  if (hood) paintHood(context, cloth, lining, fur);
  if (!sleeveless) for (const side of [-1, 1]) paintSleeve(context, cloth, side, stripe);
  const body = new Path2D();
  body.moveTo(34, 27);
  body.bezierCurveTo(42, 23, 58, 23, 66, 27);
  body.bezierCurveTo(74, 30, 76, 36, 76, 44);
  body.lineTo(77, hem - 6);
  body.quadraticCurveTo(77, hem, 70, hem);
  body.lineTo(30, hem);
  body.quadraticCurveTo(23, hem, 23, hem - 6);
  body.lineTo(24, 44);
  body.bezierCurveTo(24, 36, 26, 30, 34, 27);
  context.save();
  context.fillStyle = cloth.colour;
  context.fill(body);
  context.clip(body);
  const rows = long ? 6 : 5;
  for (let row = 0; row < rows; row++) {
    const top = 25 + (row * (hem - 25)) / rows;
    baffle(context, 20, top, 60, (hem - 25) / rows, cloth, stripe && row === 2 ? stripe : cloth.colour);
  }
  const side = context.createLinearGradient(22, 0, 78, 0);
  side.addColorStop(0, `${cloth.light}66`);
  side.addColorStop(0.3, `${cloth.light}00`);
  side.addColorStop(0.7, `${cloth.seam}00`);
  side.addColorStop(1, `${cloth.seam}88`);
  context.fillStyle = side;
  context.fillRect(20, 20, 60, 80);
  // The zip, with its flap.
  context.fillStyle = cloth.shade;
  context.fillRect(47.4, 24, 5.2, 76);
  context.fillStyle = cloth.light;
  context.fillRect(49.4, 24, 1.2, 76);
  context.restore();
  for (const x of [-1, 1]) {
    context.strokeStyle = cloth.seam;
    context.lineWidth = 1.6;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(50 + x * 21, 64);
    context.lineTo(50 + x * 13, 73);
    context.stroke();
  }
  paintCollar(context, cloth, lining, fur && !hood);
}

function baffle(context, x, y, wide, high, cloth, colour) {
  const puff = context.createLinearGradient(0, y, 0, y + high);
  puff.addColorStop(0, mix(colour, cloth.seam, 0.35));
  puff.addColorStop(0.22, mix(colour, "#ffffff", 0.26));
  puff.addColorStop(0.55, colour);
  puff.addColorStop(1, mix(colour, cloth.seam, 0.5));
  context.fillStyle = puff;
  context.fillRect(x, y, wide, high + 0.5);
  context.fillStyle = cloth.seam;
  context.globalAlpha = 0.55;
  context.fillRect(x, y + high - 0.5, wide, 0.9);
  context.globalAlpha = 1;
}

function paintSleeve(context, cloth, side, stripe) {
  context.save();
  context.translate(50, 0);
  context.scale(side, 1);
  const sleeve = new Path2D();
  sleeve.moveTo(17, 27);
  sleeve.bezierCurveTo(27, 29, 31, 37, 33, 47);
  sleeve.lineTo(40, 70);
  sleeve.quadraticCurveTo(41, 77, 35, 78);
  sleeve.quadraticCurveTo(29, 79, 27, 74);
  sleeve.lineTo(19, 50);
  context.fillStyle = cloth.shade;
  context.fill(sleeve);
  context.clip(sleeve);
  context.translate(24, 28);
  context.rotate(-0.31);
  for (let row = 0; row < 5; row++) {
    const colour = stripe && row === 2 ? stripe : side < 0 ? cloth.colour : mix(cloth.colour, cloth.shade, 0.45);
    baffle(context, -16, row * 10, 34, 10, cloth, colour);
  }
  context.fillStyle = cloth.seam;
  context.fillRect(-16, 46, 34, 12);
  context.restore();
}

function paintHood(context, cloth, lining, fur) {
  context.fillStyle = cloth.shade;
  context.beginPath();
  context.ellipse(50, 21, 17, 14, 0, 0, 7);
  context.fill();
  context.fillStyle = cloth.colour;
  context.beginPath();
  context.ellipse(50, 20, 16.5, 13, 0, Math.PI, 0);
  context.fill();
  if (fur) {
    for (let n = 0; n <= 22; n++) {
      const turn = Math.PI * 0.92 + (n / 22) * Math.PI * 1.16;
      context.fillStyle = n % 2 ? "#f6ead6" : "#e3cfb0";
      context.beginPath();
      context.arc(50 + Math.cos(turn) * 13.5, 22 + Math.sin(turn) * 12.5, 3.6, 0, 7);
      context.fill();
    }
  }
  context.fillStyle = lining;
  context.beginPath();
  context.ellipse(50, 23, 10.5, 9.5, 0, 0, 7);
  context.fill();
  context.fillStyle = "rgb(40 18 20 / 28%)";
  context.beginPath();
  context.ellipse(50, 25, 9.5, 7.5, 0, 0, 7);
  context.fill();
}

function paintCollar(context, cloth, lining, fur) {
  context.fillStyle = cloth.shade;
  context.beginPath();
  context.moveTo(35, 28);
  context.quadraticCurveTo(37, 19, 43, 20);
  context.lineTo(50, 31);
  context.lineTo(57, 20);
  context.quadraticCurveTo(63, 19, 65, 28);
  context.quadraticCurveTo(60, 37, 50, 38);
  context.quadraticCurveTo(40, 37, 35, 28);
  context.fill();
  context.fillStyle = fur ? "#f6ead6" : cloth.colour;
  context.beginPath();
  context.moveTo(36, 28);
  context.quadraticCurveTo(38, 21, 42.5, 21);
  context.lineTo(49, 32);
  context.lineTo(49, 36.5);
  context.quadraticCurveTo(40, 35, 36, 28);
  context.moveTo(64, 28);
  context.quadraticCurveTo(62, 21, 57.5, 21);
  context.lineTo(51, 32);
  context.lineTo(51, 36.5);
  context.quadraticCurveTo(60, 35, 64, 28);
  context.fill();
  context.fillStyle = lining;
  context.beginPath();
  context.moveTo(44, 22);
  context.lineTo(56, 22);
  context.lineTo(50, 31);
  context.fill();
}

/**
 * A folded jacket from the side, filling `width` by `height`: puffy rolls on top of each other, a seam, a hem of light.
 * @param {"quilt" | "stripe" | "dots" | "band"} pattern
 */
export function paintFolded(context, width, height, { colour, trim, pattern }) {
  const cloth = dye(colour);
  const round = Math.min(height * 0.34, width * 0.2);
  context.save();
  const whole = new Path2D();
  whole.roundRect(0, 0, width, height, [round * 0.8, round, round, round * 0.8]);
  context.clip(whole);
  for (let fold = 0; fold < 2; fold++) baffle(context, 0, fold * height * 0.5, width, height * 0.5, cloth, colour);
  const wide = height * 0.92;
  for (let n = 0, x = height * 0.5; x < width; n++, x += wide) {
    if (pattern === "quilt") {
      context.strokeStyle = cloth.seam;
      context.globalAlpha = 0.4;
      context.lineWidth = 1.2;
      context.beginPath();
      context.moveTo(x, 2);
      context.quadraticCurveTo(x - 4, height / 4, x, height / 2);
      context.moveTo(x + wide / 2, height / 2);
      context.quadraticCurveTo(x + wide / 2 - 4, height * 0.75, x + wide / 2, height - 2);
      context.stroke();
      context.globalAlpha = 1;
    } else if (pattern === "dots") {
      context.fillStyle = trim;
      context.globalAlpha = 0.85;
      for (const [dx, dy] of [
        [0, 0.26],
        [wide / 2, 0.76],
      ]) {
        context.beginPath();
        context.arc(x + dx, height * dy, height * 0.07, 0, 7);
        context.fill();
      }
      context.globalAlpha = 1;
    } else if (pattern === "stripe") {
      context.fillStyle = trim;
      context.globalAlpha = 0.72;
      context.fillRect(x, 0, height * 0.2, height);
      context.globalAlpha = 1;
    }
  }
  if (pattern === "band") {
    context.fillStyle = trim;
    context.globalAlpha = 0.85;
    context.fillRect(0, height * 0.16, width, height * 0.14);
    context.fillRect(0, height * 0.68, width, height * 0.1);
    context.globalAlpha = 1;
  }
  // Rounded at both ends: dark where the cloth turns away.
  const ends = context.createLinearGradient(0, 0, width, 0);
  const turn = Math.min((height * 0.5) / width, 0.5);
  ends.addColorStop(0, `${cloth.seam}99`);
  ends.addColorStop(turn, `${cloth.seam}00`);
  ends.addColorStop(1 - turn, `${cloth.seam}00`);
  ends.addColorStop(1, `${cloth.seam}bb`);
  context.fillStyle = ends;
  context.fillRect(0, 0, width, height);
  context.fillStyle = "rgb(255 255 255 / 34%)";
  context.beginPath();
  context.roundRect(round * 0.7, height * 0.07, width - round * 1.4, height * 0.09, height * 0.045);
  context.fill();
  context.restore();
}
