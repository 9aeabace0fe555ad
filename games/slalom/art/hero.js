// The hare on its skis from behind: it lies into the turn, tucks on the straight, and leaves two lines in the snow.
import { drawHareBack } from "../../_art/hare.js";

/** @param {{heading: number, edge: number, tuck: number, slip: number, time: number}} body heading in radians; edge -1 to 1 */
export function drawHero(context, x, y, tall, theme, { heading, edge, tuck, slip, time }) {
  const lean = edge * 0.46;
  context.fillStyle = "rgb(20 40 90 / 26%)";
  context.beginPath();
  context.ellipse(x - edge * tall * 0.1, y + 2, tall * 0.4, tall * 0.08, 0, 0, 7);
  context.fill();
  for (const side of [-1, 1]) drawSki(context, x + side * tall * 0.15, y, tall, heading * 1.15 + side * 0.02, theme.accent);
  const shiver = slip ? Math.sin(time * 70) * slip * 2.5 : 0;
  for (const side of [-1, 1]) drawPole(context, x + shiver, y, tall, side, lean, tuck);
  drawHareBack(context, x + shiver, y - tall * 0.03, tall, theme.accent, {
    stride: 0,
    lean,
    squash: 0.12 + Math.abs(edge) * 0.25,
    crouch: tuck * 0.55,
    ears: -edge * 1.1,
    air: true,
  });
}

/** Foreshortened: its tip is further down the slope, and so higher in the picture. */
function drawSki(context, x, y, tall, turn, colour) {
  const [dx, dy] = [Math.sin(turn) * tall * 0.62, -Math.cos(turn) * tall * 0.36];
  for (const [wide, shade, shift] of [[0.115, "#23304f", 1.5], [0.095, "#f6f9fd", 0], [0.03, colour, 0]]) {
    context.strokeStyle = shade;
    context.lineWidth = wide * tall;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(x - dx * 0.62, y - dy * 0.62 + shift);
    context.lineTo(x + dx, y + dy + shift);
    context.stroke();
  }
}

function drawPole(context, x, y, tall, side, lean, tuck) {
  const [handX, handY] = [x + side * tall * 0.3 + lean * tall * 0.4, y - tall * (0.36 - tuck * 0.08)];
  const [tipX, tipY] = [handX + side * tall * (0.2 - tuck * 0.1), handY + tall * (0.34 + tuck * 0.02)];
  context.strokeStyle = "#cfd8ea";
  context.lineWidth = Math.max(tall * 0.028, 1.5);
  context.beginPath();
  context.moveTo(handX, handY);
  context.lineTo(tipX, tipY);
  context.stroke();
  context.fillStyle = "#2a3350";
  context.beginPath();
  context.ellipse(tipX, tipY - 2, tall * 0.045, tall * 0.02, 0, 0, 7);
  context.fill();
}

/** Two lines behind the skis, wide where they have scraped. `trail` holds [x, y, slip] in metres, up to the `skier`. */
export function drawTrail(context, view, trail, skier) {
  context.lineCap = "butt";
  for (const side of [-0.16, 0.16]) {
    let from = null;
    for (let n = 0; n <= trail.length; n++) {
      const [x, y, slip] = trail[n] ?? [skier.x, skier.y, 0];
      const place = view.place(x + side, y);
      if (from && place) {
        context.strokeStyle = slip ? "rgb(70 110 180 / 42%)" : "rgb(70 110 180 / 30%)";
        context.lineWidth = Math.max(place.metre * (0.06 + slip * 0.3), 1);
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(place.x, place.y);
        context.stroke();
      }
      from = place;
    }
  }
}
