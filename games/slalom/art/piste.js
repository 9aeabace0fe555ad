// The floodlit slope: rolled snow, ice, nets on both sides, lamps and firs beyond them.
import { firSprite } from "../../_art/fir.js";
import { lay, mix, scatter, strip } from "../../_art/paint.js";
import { lampSprite, nightOf, paintNight } from "../../_art/village.js";
import { FARTHEST, NEAREST } from "./view.js";

const BAND = 5; // metres
const LAMP_EACH = 26;
const POST_EACH = 6;
const FIR_EACH = 7;
const BEFORE = 60; // metres that one sees before the start, and runs out behind the finish

export function createPiste(width, height, theme, horizon) {
  const night = nightOf(theme);
  const sky = strip(width, horizon * 1.06, (context, wide) => paintNight(context, wide, horizon * 1.42, theme, { horizon: 0.72, moon: false }));
  const lamp = lampSprite(150);
  const fir = firSprite(night);
  const snow = mix(night.snowShade, "#ffffff", 0.66);
  const bands = [0, 1].map((n) => Array.from({ length: 12 }, (_, far) => mix(mix(snow, n ? "#ffffff" : night.snowShade, n ? 0.3 : 0.09), night.glow, (far / 11) ** 1.5 * 0.62)));
  const beyond = mix(night.snowShade, night.ground, 0.3);

  function drawGround(context, view, half) {
    lay(context, sky);
    context.fillStyle = bands[0][11];
    context.fillRect(0, horizon, width, height - horizon);
    const first = Math.floor((view.y + NEAREST) / BAND);
    const last = Math.ceil((view.y + FARTHEST) / BAND);
    for (let band = last; band >= first; band--) {
      const far = band * BAND - view.y;
      const [top, low] = [view.line(far + BAND), Math.min(view.line(far), height)];
      if (low - top < 0.5) continue;
      context.fillStyle = bands[band & 1][Math.min(Math.floor((Math.max(far, 0) / FARTHEST) * 12), 11)];
      context.fillRect(0, top, width, low - top + 1);
    }
    drawGrooves(context, view, half);
    drawBanks(context, view, half);
  }

  /** The snow cat has left its lines all the way down. */
  function drawGrooves(context, view, half) {
    context.strokeStyle = "rgb(70 110 180 / 13%)";
    context.lineWidth = 1.5;
    context.beginPath();
    for (let x = -half; x <= half; x += 1.3) {
      const far = view.place(x, view.y + FARTHEST - 1);
      const near = view.place(x, view.y + NEAREST + 0.1);
      context.moveTo(far.x, far.y);
      context.lineTo(near.x, near.y);
    }
    context.stroke();
  }

  /** Deep snow beyond the nets. */
  function drawBanks(context, view, half) {
    context.fillStyle = beyond;
    for (const side of [-1, 1]) {
      const far = view.place(side * half, view.y + FARTHEST - 1);
      const near = view.place(side * half, view.y + NEAREST + 0.1);
      context.beginPath();
      context.moveTo(far.x, far.y);
      context.lineTo(near.x, near.y);
      context.lineTo(side < 0 ? -10 : width + 10, near.y);
      context.lineTo(side < 0 ? -10 : width + 10, far.y);
      context.fill();
    }
  }

  /** Ice: blue, with streaks of lamp light. */
  function drawIce(context, view, half, [from, to]) {
    const [near, far] = [Math.max(from, view.y + NEAREST + 0.1), Math.min(to, view.y + FARTHEST - 1)];
    if (near >= far) return;
    const [a, b] = [view.place(-half, near), view.place(half, near)];
    const [c, d] = [view.place(half, far), view.place(-half, far)];
    context.fillStyle = "rgb(96 172 232 / 62%)";
    context.beginPath();
    for (const { x, y } of [a, b, c, d]) context.lineTo(x, y);
    context.fill();
    context.fillStyle = "rgb(255 255 255 / 42%)";
    const chance = scatter(Math.round(from));
    for (let n = 0; n < 16; n++) {
      const at = from + chance() * (to - from - 1.5);
      const aside = (chance() - 0.5) * half * 2;
      const long = 0.6 + chance() * 2.4;
      const [p, q] = [view.place(aside, at), view.place(aside + long, at)];
      if (p && q) context.fillRect(p.x, p.y, q.x - p.x, Math.max(p.metre * 0.07, 1));
    }
  }

  /** What stands beside a course `half` as wide, as far as one sees from its finish: each at its metre. */
  function beside(view, half, finish) {
    const row = (each, behind, paint) => {
      const first = Math.floor(-BEFORE / each);
      const count = Math.ceil((finish + FARTHEST + BEFORE) / each) - first;
      return Array.from({ length: count }, (_, n) => ({ y: (first + n) * each + behind, paint, n: first + n }));
    };
    return [...row(POST_EACH, 0, drawNet), ...row(LAMP_EACH, 0.3, drawLamps), ...row(FIR_EACH, 0.6, drawFirs)];

    function drawNet(context, n) {
      for (const side of [-1, 1]) {
        const here = view.place(side * half, n * POST_EACH);
        const next = view.place(side * half, (n + 1) * POST_EACH);
        if (!here || !next) continue;
        const [tall, far] = [here.metre * 1.15, next.metre * 1.15];
        context.fillStyle = n % 4 ? "rgb(226 92 52 / 46%)" : theme.accent;
        context.beginPath();
        context.moveTo(here.x, here.y - tall * 0.12);
        context.lineTo(next.x, next.y - far * 0.12);
        context.lineTo(next.x, next.y - far);
        context.lineTo(here.x, here.y - tall);
        context.fill();
        context.fillStyle = "#2a3350";
        context.fillRect(here.x - here.metre * 0.04, here.y - tall * 1.1, here.metre * 0.08, tall * 1.1);
      }
    }

    function drawLamps(context, n) {
      for (const side of [-1, 1]) {
        const place = view.place(side * (half + 1.6), n * LAMP_EACH);
        if (!place) continue;
        const size = (place.metre * 6.5) / 150;
        context.drawImage(lamp.canvas, place.x - lamp.middle * size, place.y - lamp.foot * size, lamp.width * size, lamp.height * size);
      }
    }

    function drawFirs(context, n) {
      const chance = scatter(n * 17 + 3);
      for (const side of [-1, 1]) {
        const place = view.place(side * (half + 3.5 + chance() * 9), n * FIR_EACH);
        if (!place) continue;
        const tall = place.metre * (4 + chance() * 4.5);
        context.drawImage(fir.canvas, place.x - tall * 0.33, place.y - tall, tall * 0.66, tall);
      }
    }
  }

  return { drawGround, drawIce, beside };
}
