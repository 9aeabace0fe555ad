// Winter things in a square of 100 by 100 units: what lies in the shop, on the cards and on the board.
import { dye, paintJacket } from "./jacket.js";
import { mix } from "./paint.js";

/** @typedef {(context: CanvasRenderingContext2D, colour: string, trim: string) => void} Painter */

/** @type {Record<string, Painter>} */
export const GOODS = {
  jacket: (context, colour, trim) => paintJacket(context, { colour, lining: trim }),
  parka: (context, colour, trim) => paintJacket(context, { colour, lining: trim, fur: true, long: true }),
  vest: (context, colour, trim) => paintJacket(context, { colour, lining: trim, hood: false, sleeveless: true }),
  striped: (context, colour, trim) => paintJacket(context, { colour, lining: trim, hood: false, stripe: trim }),
  sweater: paintSweater,
  beanie: paintBeanie,
  mitten: paintMitten,
  scarf: paintScarf,
  sock: paintSock,
  boot: paintBoot,
  snowflake: paintSnowflake,
  lantern: paintLantern,
  cocoa: paintCocoa,
};

/** Wool: rows of little Vs within a path. */
function knit(context, path, cloth, { top, bottom, rows = 9, wide = 5 }) {
  context.save();
  const light = context.createLinearGradient(20, top, 80, bottom);
  light.addColorStop(0, mix(cloth.colour, "#ffffff", 0.2));
  light.addColorStop(0.5, cloth.colour);
  light.addColorStop(1, cloth.shade);
  context.fillStyle = light;
  context.fill(path);
  context.clip(path);
  context.strokeStyle = cloth.seam;
  context.globalAlpha = 0.3;
  context.lineWidth = 1;
  const high = (bottom - top) / rows;
  for (let row = 0; row <= rows; row++) {
    const y = top + row * high;
    context.beginPath();
    for (let x = 0; x <= 100; x += wide) {
      context.moveTo(x, y);
      context.lineTo(x + wide / 2, y + high * 0.7);
      context.lineTo(x + wide, y);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
  context.restore();
}

/** A cuff or hem, ribbed. */
function rib(context, x, y, wide, high, cloth, turn = 0) {
  context.save();
  context.translate(x + wide / 2, y + high / 2);
  context.rotate(turn);
  const band = new Path2D();
  band.roundRect(-wide / 2, -high / 2, wide, high, Math.min(high * 0.4, 4));
  context.fillStyle = cloth.colour;
  context.fill(band);
  context.clip(band);
  context.fillStyle = cloth.seam;
  context.globalAlpha = 0.35;
  for (let at = -wide / 2 + 2; at < wide / 2; at += 5) context.fillRect(at, -high / 2, 1.6, high);
  context.fillStyle = "#ffffff";
  context.globalAlpha = 0.28;
  context.fillRect(-wide / 2, -high / 2, wide, high * 0.3);
  context.restore();
}

function paintSweater(context, colour, trim) {
  const [cloth, other] = [dye(colour), dye(trim)];
  for (const side of [-1, 1]) {
    context.save();
    context.translate(50, 0);
    context.scale(side, 1);
    const sleeve = new Path2D();
    sleeve.moveTo(14, 21);
    sleeve.bezierCurveTo(28, 23, 32, 32, 35, 46);
    sleeve.lineTo(41, 70);
    sleeve.lineTo(29, 73);
    sleeve.lineTo(20, 46);
    context.translate(-50, 0);
    const moved = new Path2D();
    moved.addPath(sleeve, new DOMMatrix().translate(50, 0));
    knit(context, moved, side < 0 ? cloth : { ...cloth, colour: mix(cloth.colour, cloth.shade, 0.5) }, {
      top: 20,
      bottom: 74,
    });
    rib(context, 78, 69, 14, 8, other, -0.22);
    context.restore();
  }
  const body = new Path2D();
  body.moveTo(35, 20);
  body.quadraticCurveTo(50, 27, 65, 20);
  body.bezierCurveTo(73, 23, 74, 34, 74, 44);
  body.lineTo(74, 84);
  body.lineTo(26, 84);
  body.lineTo(26, 44);
  body.bezierCurveTo(26, 34, 27, 23, 35, 20);
  knit(context, body, cloth, { top: 20, bottom: 84, rows: 11 });
  // A band of the north across the chest.
  context.save();
  context.clip(body);
  context.fillStyle = trim;
  context.fillRect(20, 43, 60, 3);
  context.fillRect(20, 60, 60, 3);
  for (let x = 26; x < 80; x += 12) star(context, x, 53, 5);
  context.restore();
  rib(context, 26, 80, 48, 9, other);
  rib(context, 39, 16, 22, 8, other);
}

function star(context, x, y, size) {
  context.beginPath();
  for (let n = 0; n < 8; n++) {
    const far = n % 2 ? size * 0.4 : size;
    context.lineTo(x + Math.cos((n * Math.PI) / 4) * far, y + Math.sin((n * Math.PI) / 4) * far);
  }
  context.fill();
}

function paintBeanie(context, colour, trim) {
  const [cloth, other] = [dye(colour), dye(trim)];
  const cap = new Path2D();
  cap.moveTo(18, 68);
  cap.bezierCurveTo(16, 36, 34, 26, 50, 26);
  cap.bezierCurveTo(66, 26, 84, 36, 82, 68);
  knit(context, cap, cloth, { top: 24, bottom: 70, rows: 8, wide: 7 });
  rib(context, 13, 62, 74, 20, other);
  for (let n = 0; n < 26; n++) {
    const turn = n * 2.4;
    const far = Math.sqrt(n / 26) * 11;
    context.fillStyle = n % 3 ? other.colour : other.light;
    context.beginPath();
    context.arc(50 + Math.cos(turn) * far, 20 + Math.sin(turn) * far, 4, 0, 7);
    context.fill();
  }
}

function paintMitten(context, colour, trim) {
  const [cloth, other] = [dye(colour), dye(trim)];
  const hand = new Path2D();
  hand.moveTo(32, 68);
  hand.lineTo(30, 40);
  hand.bezierCurveTo(30, 6, 68, 8, 68, 38);
  hand.lineTo(67, 46);
  hand.bezierCurveTo(76, 34, 90, 40, 85, 52);
  hand.quadraticCurveTo(80, 64, 66, 68);
  hand.closePath();
  knit(context, hand, cloth, { top: 10, bottom: 70, rows: 9, wide: 6 });
  context.fillStyle = trim;
  star(context, 49, 42, 11);
  rib(context, 26, 66, 46, 20, other);
}

function paintScarf(context, colour, trim) {
  const cloth = dye(colour);
  for (const [x, turn, long] of [
    [57, -0.12, 50],
    [38, 0.14, 42],
  ]) {
    context.save();
    context.translate(x, 40);
    context.rotate(turn);
    const tail = new Path2D();
    tail.roundRect(-9, 0, 18, long, 3);
    context.translate(-50, -40);
    const moved = new Path2D();
    moved.addPath(tail, new DOMMatrix().translate(50, 40));
    knit(context, moved, cloth, { top: 40, bottom: 40 + long, rows: 9, wide: 6 });
    context.fillStyle = trim;
    context.fillRect(41, 40 + long - 17, 18, 4);
    context.fillRect(41, 40 + long - 9, 18, 4);
    context.strokeStyle = trim;
    context.lineWidth = 2;
    for (let fringe = 0; fringe < 5; fringe++) {
      context.beginPath();
      context.moveTo(43 + fringe * 3.6, 40 + long);
      context.lineTo(43 + fringe * 3.6, 46 + long);
      context.stroke();
    }
    context.restore();
  }
  const loop = new Path2D();
  loop.ellipse(50, 31, 32, 18, 0, 0, 7);
  knit(context, loop, cloth, { top: 12, bottom: 52, rows: 7, wide: 7 });
  context.fillStyle = mix(colour, "#120620", 0.62);
  context.beginPath();
  context.ellipse(50, 25, 20, 7.5, 0, 0, 7);
  context.fill();
}

function paintSock(context, colour, trim) {
  const [cloth, other] = [dye(colour), dye(trim)];
  const sock = new Path2D();
  sock.moveTo(34, 18);
  sock.lineTo(62, 18);
  sock.lineTo(62, 52);
  sock.bezierCurveTo(66, 60, 84, 64, 84, 77);
  sock.bezierCurveTo(84, 90, 68, 88, 58, 87);
  sock.bezierCurveTo(40, 86, 33, 74, 34, 60);
  sock.closePath();
  knit(context, sock, cloth, { top: 18, bottom: 90, rows: 12, wide: 6 });
  context.save();
  context.clip(sock);
  context.fillStyle = other.colour;
  for (const y of [36, 46]) context.fillRect(30, y, 40, 5);
  context.beginPath();
  context.arc(82, 80, 13, 0, 7);
  context.arc(38, 76, 11, 0, 7);
  context.fill();
  context.restore();
  rib(context, 31, 12, 34, 14, other);
}

function paintBoot(context, colour, trim) {
  const cloth = dye(colour);
  context.fillStyle = mix(colour, "#1b0f10", 0.72);
  context.beginPath();
  context.roundRect(24, 79, 64, 10, 5);
  context.fill();
  const boot = new Path2D();
  boot.moveTo(28, 24);
  boot.lineTo(60, 24);
  boot.lineTo(60, 52);
  boot.bezierCurveTo(68, 58, 88, 58, 87, 80);
  boot.lineTo(26, 80);
  boot.closePath();
  const light = context.createLinearGradient(26, 20, 84, 84);
  light.addColorStop(0, cloth.light);
  light.addColorStop(0.4, cloth.colour);
  light.addColorStop(1, cloth.shade);
  context.fillStyle = light;
  context.fill(boot);
  context.strokeStyle = trim;
  context.lineWidth = 3;
  context.lineCap = "round";
  for (const y of [38, 47, 56]) {
    context.beginPath();
    context.moveTo(48, y);
    context.lineTo(62 + (y - 38) * 0.25, y + 3);
    context.stroke();
  }
  for (let n = 0; n < 9; n++) {
    context.fillStyle = n % 2 ? "#f8eeda" : "#e7d5b6";
    context.beginPath();
    context.arc(28 + n * 4.1, 22 + (n % 2) * 2, 6.4, 0, 7);
    context.fill();
  }
}

function paintSnowflake(context, colour, trim) {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const [wide, stroke] of [
    [13, mix(colour, "#0c2350", 0.42)],
    [7.5, colour],
    [3, trim],
  ]) {
    context.lineWidth = wide;
    context.strokeStyle = stroke;
    context.beginPath();
    for (let arm = 0; arm < 6; arm++) {
      const turn = (arm * Math.PI) / 3;
      const at = (far, aside) => [50 + Math.sin(turn + aside) * far, 50 + Math.cos(turn + aside) * far];
      context.moveTo(50, 50);
      context.lineTo(...at(38, 0));
      context.moveTo(...at(31, 0.36));
      context.lineTo(...at(21, 0));
      context.lineTo(...at(31, -0.36));
    }
    context.stroke();
  }
}

function paintLantern(context, colour, trim) {
  const cloth = dye(colour);
  context.strokeStyle = mix(colour, "#20100a", 0.6);
  context.lineWidth = 4;
  context.beginPath();
  context.arc(50, 21, 9, Math.PI * 0.9, Math.PI * 2.1);
  context.stroke();
  const glass = context.createRadialGradient(50, 58, 2, 50, 56, 32);
  glass.addColorStop(0, "#fffbe2");
  glass.addColorStop(0.4, trim);
  glass.addColorStop(1, cloth.colour);
  context.fillStyle = glass;
  context.beginPath();
  context.ellipse(50, 55, 31, 28, 0, 0, 7);
  context.fill();
  context.strokeStyle = cloth.shade;
  context.globalAlpha = 0.6;
  context.lineWidth = 2;
  for (const wide of [10, 21]) {
    context.beginPath();
    context.ellipse(50, 55, wide, 28, 0, 0, 7);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.fillStyle = mix(colour, "#20100a", 0.55);
  for (const y of [25, 78]) {
    context.beginPath();
    context.roundRect(36, y, 28, 8, 3);
    context.fill();
  }
  context.fillStyle = cloth.colour;
  context.fillRect(48, 86, 4, 10);
}

function paintCocoa(context, colour, trim) {
  const cloth = dye(colour);
  context.lineWidth = 8;
  context.strokeStyle = cloth.shade;
  context.beginPath();
  context.arc(73, 58, 13, -1.4, 1.6);
  context.stroke();
  const cup = new Path2D();
  cup.moveTo(24, 36);
  cup.lineTo(76, 36);
  cup.lineTo(72, 80);
  cup.quadraticCurveTo(71, 88, 62, 88);
  cup.lineTo(38, 88);
  cup.quadraticCurveTo(29, 88, 28, 80);
  cup.closePath();
  const light = context.createLinearGradient(24, 0, 76, 0);
  light.addColorStop(0, cloth.light);
  light.addColorStop(0.45, cloth.colour);
  light.addColorStop(1, cloth.shade);
  context.fillStyle = light;
  context.fill(cup);
  context.fillStyle = trim;
  star(context, 50, 64, 13);
  context.fillStyle = "#5a2f1c";
  context.beginPath();
  context.ellipse(50, 36, 26, 8, 0, 0, 7);
  context.fill();
  for (const [x, y] of [
    [42, 33],
    [54, 31],
    [60, 36],
    [48, 38],
  ]) {
    context.fillStyle = "#fff7ec";
    context.beginPath();
    context.roundRect(x - 6, y - 5, 12, 10, 4);
    context.fill();
  }
}
