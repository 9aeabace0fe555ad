// People in warm jackets behind a rope, painted once each, to be set along any slope.
import { strip } from "./paint.js";

const JACKETS = ["#e5533d", "#f2b63c", "#3f8fd6", "#57b58c", "#e8eef7", "#8f6fd0", "#d6577f"];
const SKINS = ["#f6d3b5", "#e9b98f", "#c68a5e", "#8a5a3c"];
const KINDS = 12;
const [WIDE, HIGH] = [30, 52];

/** Draws the spectator with number `n`; it stands at x, ground and hops with `excitement` 0 to 1. */
export function createSpectators() {
  const sprites = Array.from({ length: KINDS }, (_, n) => strip(WIDE, HIGH, (context) => paintPerson(context, n)));
  return (context, n, x, ground, time, excitement) => {
    const sprite = sprites[(mingled(n) >>> 8) % KINDS];
    const hop = Math.abs(Math.sin(time * (4.5 + (n % 5) * 0.6) + n * 1.7)) * (1 + excitement * 8);
    context.drawImage(sprite.canvas, x - WIDE / 2, ground - HIGH - hop, WIDE, HIGH);
  };
}

/** Neighbours get numbers far apart. */
function mingled(n) {
  return Math.imul(n + 1, 0x9e3779b1);
}

function paintPerson(context, n) {
  const [jacket, hat, skin] = [JACKETS[n % JACKETS.length], JACKETS[(n * 3 + 2) % JACKETS.length], SKINS[n % SKINS.length]];
  context.strokeStyle = jacket;
  context.lineWidth = 5;
  context.lineCap = "round";
  for (const side of [[-1, 1], [1], []][n % 3]) {
    context.beginPath();
    context.moveTo(15 + side * 7, 30);
    context.lineTo(15 + side * 11, 15);
    context.stroke();
  }
  context.fillStyle = jacket;
  context.beginPath();
  context.roundRect(5, 25, 20, 30, 9);
  context.fill();
  context.fillStyle = "rgb(255 255 255 / 22%)";
  context.fillRect(6, 34, 18, 1.5);
  context.fillRect(6, 42, 18, 1.5);
  context.fillStyle = skin;
  circle(context, 15, 19, 6);
  context.fillStyle = hat;
  context.beginPath();
  context.arc(15, 17.5, 6.5, Math.PI, 0);
  context.fill();
  circle(context, 15, 10.5, 2.5);
}

function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}
