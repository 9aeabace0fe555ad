// What flies through the picture: falling snow, snow kicked up by boots, breath in the cold, streaks of speed.
import { scatter } from "./paint.js";
import { grow } from "./sparks.js";

const FLAKES = 70;

export function createEffects(width, height, calm) {
  const chance = scatter(99);
  const flakes = Array.from({ length: calm ? 24 : FLAKES }, () => ({ x: chance(), y: chance(), near: 0.35 + chance() * 0.65 }));
  const kicked = [];

  return {
    /** Snow sprays up where a boot came down. */
    kick(x, y, count, power) {
      for (let n = 0; n < count; n++) {
        kicked.push({
          x,
          y,
          dx: (-0.3 - chance()) * power,
          dy: (-0.2 - chance()) * power * 0.75,
          size: 1.2 + chance() * 2.8,
          age: 0,
          life: 0.7,
        });
      }
    },
    /** @param {number} seconds since the last picture @param {number} wind pixels a second that the picture moves on */
    move(seconds, wind) {
      for (const flake of calm ? [] : flakes) {
        flake.y = (flake.y + seconds * (0.05 + flake.near * 0.07)) % 1;
        flake.x = (flake.x - (seconds * (12 + wind * 0.55) * flake.near) / width + 2) % 1;
      }
      grow(kicked, seconds);
      for (const bit of kicked) {
        bit.x += (bit.dx - wind * 0.7) * seconds;
        bit.y += bit.dy * seconds;
        bit.dy += 620 * seconds;
      }
    },
    drawKicked(context) {
      context.fillStyle = "#ffffff";
      for (const { x, y, size, age } of kicked) {
        context.globalAlpha = Math.max(1 - age * 1.5, 0);
        context.beginPath();
        context.arc(x, y, size, 0, 7);
        context.fill();
      }
      context.globalAlpha = 1;
    },
    drawFalling(context, low, wind) {
      const long = calm ? 0 : wind * 0.012;
      context.strokeStyle = "#ffffff";
      context.lineCap = "round";
      for (const { x, y, near } of flakes) {
        context.globalAlpha = near * 0.75;
        context.lineWidth = near * 3.2;
        context.beginPath();
        context.moveTo(x * width, y * low);
        context.lineTo(x * width + long * near + 0.1, y * low - 0.6);
        context.stroke();
      }
      context.globalAlpha = 1;
    },
    drawStreaks(context, top, bottom, strength, time) {
      if (strength <= 0 || calm) return;
      context.fillStyle = `rgb(255 255 255 / ${Math.round(strength * 34)}%)`;
      for (let n = 0; n < 9; n++) {
        const y = top + (((n * 61) % 97) / 97) * (bottom - top);
        const x = (1.2 - ((time * (1.6 + (n % 3) * 0.5) + n * 0.37) % 1.4)) * width;
        context.fillRect(x, y, width * (0.18 + (n % 4) * 0.06), 1.6);
      }
    },
  };
}
