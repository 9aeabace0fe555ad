// The sky that it rains from: a canvas on which the packets fall, with what rises from a caught one.
import { address, prizeThing } from "../_chance/prizes.js";
import { packet } from "./packet.js";
import { placeOf } from "./rain.js";

const SHARPEST = 2;
const LATE = 25; // milliseconds; a phone that is often this late for a frame gets fewer pixels
const OFTEN = 24;
const WIDE = 0.19; // a packet's width, in parts of the sky's
const RISES = 0.7; // seconds that a "+1" is seen

export function createSky(canvas, { theme, picture, calm, face }) {
  const context = canvas.getContext("2d");
  const sprites = {};
  let width = 0;
  let height = 0;
  let rising = [];
  let sharpness = Math.min(devicePixelRatio || 1, SHARPEST);
  let before = 0;
  let late = 0;

  async function paintSprites() {
    sprites.packet = await sprite(picture?.src ?? address(packet(theme), 72, 96), 72, 96);
    sprites.coin = await sprite(address(prizeThing("points"), 56, 56), 56, 56);
  }

  function keepPace(time) {
    late = Math.max(0, late + (time - before > LATE / 1000 ? 1 : -0.5));
    before = time;
    if (late < OFTEN || sharpness === 1) return;
    sharpness = 1;
    resize();
  }

  function resize() {
    const box = canvas.getBoundingClientRect();
    width = box.width;
    height = box.height;
    canvas.width = Math.round(width * sharpness);
    canvas.height = Math.round(height * sharpness);
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  }

  function paint(packets, time) {
    keepPace(time);
    context.clearRect(0, 0, width, height);
    if (!sprites.coin) return;
    const wide = size();
    for (const falling of packets) {
      const place = falling.caught ? null : placeOf(falling, time, calm);
      if (!place) continue;
      context.save();
      context.translate(place.x * width, place.y * height);
      // It comes out of the dark and goes into it: the sky has no edge.
      const seen = calm ? Math.min(place.part, 1 - place.part) * 6 : Math.min(place.y, 1 - place.y) * 9 + 0.4;
      context.globalAlpha = Math.max(0, Math.min(1, seen));
      if (!calm) context.rotate(Math.sin(place.part * 9 + falling.phase) * 0.22);
      context.drawImage(sprites.packet, -wide / 2, -wide * 0.667, wide, wide * 1.333);
      context.restore();
    }
    rising = rising.filter(({ at }) => time - at < RISES);
    for (const words of rising) rise(words, (time - words.at) / RISES);
    context.globalAlpha = 1;
  }

  function rise({ text, x, y }, part) {
    const up = calm ? 0 : (1 - (1 - part) ** 3) * 54;
    const coin = size() * 0.5;
    context.globalAlpha = 1 - part ** 2;
    context.drawImage(sprites.coin, x - coin / 2 - 14, y - up - coin / 2, coin, coin);
    context.font = `700 22px ${face()}`;
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.strokeStyle = "rgb(10 21 54 / 70%)";
    context.fillStyle = "#ffe3a0";
    context.strokeText(text, x + 4, y - up);
    context.fillText(text, x + 4, y - up);
  }

  const size = () => Math.min(width * WIDE, 84);

  return {
    paint,
    ready: paintSprites(),
    resize,
    /** Half a packet in parts of the sky, with some grace: fingers are thick and packets quick. */
    reach: () => [(size() * 0.72) / width, (size() * 0.95) / height],
    /** Words that rise where a packet was, at a place in parts of the sky. */
    tell: (text, { x, y }, at) => rising.push({ text, x: x * width, y: y * height, at }),
    clear: () => context.clearRect(0, 0, width, height),
  };
}

async function sprite(source, width, height) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARPEST * 1.2;
  canvas.height = height * SHARPEST * 1.2;
  const scale = Math.min(canvas.width / image.naturalWidth, canvas.height / image.naturalHeight);
  const [wide, high] = [image.naturalWidth * scale, image.naturalHeight * scale];
  canvas.getContext("2d").drawImage(image, (canvas.width - wide) / 2, (canvas.height - high) / 2, wide, high);
  return canvas;
}
