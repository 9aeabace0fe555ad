// Northern lights.
// Two curtains. Each is a row of beams one pixel wide on a small canvas, which is then stretched over the sky: soft, but
// too dear for every picture. So each picture stretches a piece of the sky, and copies the others as they were; and it
// hangs a part of the beams of the next curtains, which show when all of them hang.
import { lay, strip } from "./paint.js";

const PIECES = 8;
const BEAMS = 56;
const HUNG = BEAMS / PIECES; // beams of each curtain, with each picture
const TALL = 96;
const CURTAINS = [
  { colours: ["#3dffb5", "#1f8f9a"], top: 0.24, tall: 0.46, pace: 0.31, bend: 3.1 },
  { colours: ["#6fb4ff", "#5a4bd0"], top: 0.12, tall: 0.58, pace: 0.19, bend: 2.2 },
];

export function createAurora(width, height) {
  const beams = CURTAINS.map(({ colours }) => paintBeam(colours));
  const high = height * 0.42;
  const sky = strip(width, high, () => {});
  const stretched = sky.canvas.getContext("2d");
  let hanging = createCurtains();
  let coming = createCurtains();
  let begun = null; // the time and the strength for which the next curtains are hung
  let piece = 0;

  /** `strength` from 0 to 1. */
  return (context, time, strength) => {
    if (!begun) {
      hang(hanging, 0, BEAMS, time, strength);
      stretch(0, PIECES);
    }
    if (piece === 0) begun = [time, strength];
    hang(coming, piece * HUNG, (piece + 1) * HUNG, ...begun);
    stretch(piece, piece + 1);
    piece = (piece + 1) % PIECES;
    if (piece === 0) [hanging, coming] = [coming, hanging];
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
    stretched.drawImage(hanging.canvas, 0, 0, width, high);
    stretched.restore();
  }

  function hang(curtains, from, to, time, strength) {
    curtains.clearRect(from, 0, to - from, TALL);
    CURTAINS.forEach((shape, n) => {
      for (let beam = from; beam < to; beam++) hangBeam(curtains, beams[n], beam, shape, time, strength);
    });
  }
}

function createCurtains() {
  const canvas = document.createElement("canvas");
  canvas.width = BEAMS;
  canvas.height = TALL;
  return canvas.getContext("2d");
}

function hangBeam(curtains, painted, beam, { top, tall, pace, bend }, time, strength) {
  const x = beam / BEAMS;
  const sway = Math.sin(x * bend * 2 + time * pace) + 0.5 * Math.sin(x * bend * 5 - time * pace * 1.7 + bend);
  const folds = 0.5 + 0.5 * Math.sin(x * 21 + sway * 3 + time * pace * 2.2);
  const long = TALL * tall * (0.75 + 0.25 * folds);
  const foot = TALL * (top + tall + sway * 0.06);
  curtains.globalAlpha = strength * (0.12 + 0.5 * folds * folds) * Math.sin(Math.min(x + 0.08, 1) * Math.PI);
  curtains.drawImage(painted, beam, foot - long, 1, long);
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
