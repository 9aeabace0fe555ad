// The cover: frost on a window with crystals grown in it, painted on a canvas and rubbed away from it.
import { mix } from "../_chance/colour.js";

const CRYSTALS = 26;

/** Paints a whole cover on `context`, which is `width` by `height`. */
export function paintFrost(context, width, height, { theme, words, face, picture }) {
  context.globalCompositeOperation = "source-over";
  // Under a picture too: one with holes in it must not show what lies beneath.
  paintIce(context, width, height, theme);
  if (picture) {
    const scale = Math.max(width / picture.naturalWidth, height / picture.naturalHeight);
    const [wide, high] = [picture.naturalWidth * scale, picture.naturalHeight * scale];
    context.drawImage(picture, (width - wide) / 2, (height - high) / 2, wide, high);
    return;
  }
  const chance = scatter(7);
  for (let n = 0; n < CRYSTALS; n++) {
    const [x, y, size] = [chance() * width, chance() * height, width * (0.02 + chance() ** 3 * 0.13)];
    crystal(context, x, y, size, chance() * 3, 0.2 + chance() * 0.4);
  }
  context.font = `600 ${Math.round(width * 0.105)}px ${face}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = "rgb(255 255 255 / 75%)";
  context.fillText(words, width / 2, height / 2 + 2);
  context.fillStyle = mix(theme.ground, "#35598f", 0.5);
  context.fillText(words, width / 2, height / 2);
}

function paintIce(context, width, height, { ground }) {
  const ice = context.createLinearGradient(0, 0, width, height);
  ice.addColorStop(0, "#e9f1fa");
  ice.addColorStop(0.3, mix("#b7cde8", ground, 0.08));
  ice.addColorStop(0.5, "#f1f6fc");
  ice.addColorStop(0.72, mix("#a9c2e2", ground, 0.1));
  ice.addColorStop(1, "#dfeaf6");
  context.fillStyle = ice;
  context.fillRect(0, 0, width, height);
  // Rime grows inwards from the edges.
  const chance = scatter(3);
  context.fillStyle = "rgb(255 255 255 / 40%)";
  for (let n = 0; n < 260; n++) {
    const deep = chance() ** 3 * height * 0.22;
    const along = chance();
    const [x, y] = [
      [along * width, deep],
      [along * width, height - deep],
      [deep, along * height],
      [width - deep, along * height],
    ][n % 4];
    context.beginPath();
    context.arc(x, y, 1 + chance() * width * 0.011, 0, 7);
    context.fill();
  }
}

function crystal(context, x, y, size, turn, strong) {
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  context.strokeStyle = `rgb(255 255 255 / ${strong})`;
  context.lineWidth = Math.max(size * 0.07, 1);
  context.lineCap = "round";
  context.beginPath();
  for (let arm = 0; arm < 6; arm++) {
    context.rotate(Math.PI / 3);
    context.moveTo(0, 0);
    context.lineTo(0, size);
    for (const [at, long] of [[0.45, 0.28], [0.72, 0.2]]) {
      context.moveTo(-size * long, size * (at + long * 0.6));
      context.lineTo(0, size * at);
      context.lineTo(size * long, size * (at + long * 0.6));
    }
  }
  context.stroke();
  context.restore();
}

/** One stroke of the finger: what it passes over is really gone, with a ragged edge. */
export function rub(context, x0, y0, x1, y1, radius) {
  context.globalCompositeOperation = "destination-out";
  context.lineCap = "round";
  context.lineWidth = radius * 2;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1 + 0.01, y1);
  context.stroke();
  context.beginPath();
  for (let n = 0; n < 5; n++) {
    const turn = Math.random() * Math.PI * 2;
    const [x, y] = [x1 + Math.cos(turn) * radius, y1 + Math.sin(turn) * radius];
    const size = radius * (0.08 + Math.random() * 0.16);
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 7);
  }
  context.fill();
}

/** Numbers from 0 to 1, the same for each card. */
function scatter(seed) {
  let word = seed;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) | 0;
    return (word >>> 8) / 16777216;
  };
}
