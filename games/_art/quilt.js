import { mix } from "./paint.js";

/** A quilt in the theme's dark, with stitched diamonds and a bound edge. */
export function paintQuilt(context, wide, high, theme) {
  const dark = mix(theme.ground, "#050b22", 0.35);
  context.fillStyle = "rgb(10 22 54 / 40%)";
  context.beginPath();
  context.roundRect(3, 8, wide - 6, high - 9, 26);
  context.fill();
  const cloth = new Path2D();
  cloth.roundRect(0, 0, wide, high - 8, 26);
  context.save();
  context.clip(cloth);
  context.fillStyle = dark;
  context.fillRect(0, 0, wide, high);
  const cell = 46;
  for (let row = 0, y = 0; y < high + cell; row++, y += cell / 2) {
    for (let x = (row % 2) * (cell / 2); x < wide + cell; x += cell) {
      const puff = context.createRadialGradient(x - 5, y - 7, 1, x, y, cell * 0.5);
      puff.addColorStop(0, `${mix(theme.ground, "#9cc0f4", 0.5)}55`);
      puff.addColorStop(1, `${dark}00`);
      context.fillStyle = puff;
      context.fillRect(x - cell / 2, y - cell / 2, cell, cell);
    }
  }
  context.restore();
  context.strokeStyle = theme.accent;
  context.lineWidth = 7;
  context.stroke(cloth);
  context.setLineDash([6, 6]);
  context.strokeStyle = "rgb(255 255 255 / 55%)";
  context.lineWidth = 1.4;
  const seam = new Path2D();
  seam.roundRect(9, 9, wide - 18, high - 26, 18);
  context.stroke(seam);
}
