// Northern lights.
// Two curtains. Each is a row of beams one pixel wide on a small canvas, which is then stretched over the sky: soft, but
// too dear for every picture. So a piece of the sky is stretched for each, and what was stretched before is copied.
import { lay, strip } from "./paint.js";

const PIECES = 8;
const BEAMS = 56;
const TALL = 96;
const CURTAINS = [
  { colours: ["#3dffb5", "#1f8f9a"], top: 0.24, tall: 0.46, pace: 0.31, bend: 3.1 },
  { colours: ["#6fb4ff", "#5a4bd0"], top: 0.12, tall: 0.58, pace: 0.19, bend: 2.2 },
];

export function createAurora(width, height) {
  const beams = CURTAINS.map(({ colours }) => paintBeam(colours));
  const small = document.createElement("canvas");
  small.width = BEAMS;
  small.height = TALL;
  const curtain = small.getContext("2d");
  const high = height * 0.42;
  const sky = strip(width, high, () => {});
  const stretched = sky.canvas.getContext("2d");
  let pictures = 0;

  /** `strength` from 0 to 1. */
  return (context, time, strength) => {
    const piece = pictures % PIECES;
    if (piece === 0) paint(time, strength);
    if (pictures > 0) stretch(piece, piece + 1);
    else stretch(0, PIECES);
    pictures += 1;
    context.globalCompositeOperation = "lighter";
    lay(context, sky);
    context.globalCompositeOperation = "source-over";
  };

  /** It moves so slowly that nobody sees how much older the neighbouring piece is. */
  function stretch(from, to) {
    const left = Math.floor((from * width) / PIECES);
    const right = Math.ceil((to * width) / PIECES);
    stretched.save();
    stretched.beginPath();
    stretched.rect(left, 0, right - left, high);
    stretched.clip();
    stretched.clearRect(0, 0, width, high);
    stretched.drawImage(small, 0, 0, width, high);
    stretched.restore();
  }

  function paint(time, strength) {
    curtain.globalAlpha = 1;
    curtain.clearRect(0, 0, BEAMS, TALL);
    CURTAINS.forEach((shape, n) => {
      for (let beam = 0; beam < BEAMS; beam++) hang(curtain, beams[n], beam, shape, time, strength);
    });
  }
}

function hang(curtain, painted, beam, { top, tall, pace, bend }, time, strength) {
  const x = beam / BEAMS;
  const sway = Math.sin(x * bend * 2 + time * pace) + 0.5 * Math.sin(x * bend * 5 - time * pace * 1.7 + bend);
  const folds = 0.5 + 0.5 * Math.sin(x * 21 + sway * 3 + time * pace * 2.2);
  const long = TALL * tall * (0.75 + 0.25 * folds);
  const foot = TALL * (top + tall + sway * 0.06);
  curtain.globalAlpha = strength * (0.12 + 0.5 * folds * folds) * Math.sin(Math.min(x + 0.08, 1) * Math.PI);
  curtain.drawImage(painted, beam, foot - long, 1, long);
}

function paintBeam([low, high]) {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = TALL;
  const context = canvas.getContext("2d");
  const light = context.createLinearGradient(0, 0, 0, TALL);
  light.addColorStop(0, `${high}00`);
  light.addColorStop(0.45, `${high}55`);
  light.addColorStop(0.88, `${low}cc`);
  light.addColorStop(1, `${low}00`);
  context.fillStyle = light;
  context.fillRect(0, 0, 1, TALL);
  return canvas;
}
