// Snow that falls before the picture: three depths, each flake a painted dot.
import { scatter, strip } from "./paint.js";

export function createSnowfall(width, height, { calm, count = 64 }) {
  const chance = scatter(99);
  const dot = softDot("#ffffff");
  const flakes = Array.from({ length: calm ? count / 3 : count }, () => ({
    x: chance(),
    y: chance(),
    near: 0.3 + chance() ** 2 * 0.7,
    sway: chance() * 6,
  }));
  let time = 0;

  return {
    /** @param {number} wind pixels a second to the right @param {number} rush pixels a second downwards, beside falling */
    move(seconds, wind = 0, rush = 0) {
      if (calm) return;
      time += seconds;
      for (const flake of flakes) {
        const aside = wind + Math.sin(time * 0.9 + flake.sway) * 14;
        flake.x = (flake.x + (aside * flake.near * seconds) / width + 1) % 1;
        flake.y = (flake.y + ((34 + rush) * flake.near * seconds) / height + 1) % 1;
      }
    },
    draw(context) {
      for (const { x, y, near } of flakes) {
        context.globalAlpha = 0.25 + near * 0.6;
        const size = 2 + near * 6;
        context.drawImage(dot.canvas, x * width - size / 2, y * height - size / 2, size, size);
      }
      context.globalAlpha = 1;
    },
  };
}

/** A round spot of light that fades outwards. */
export function softDot(colour, size = 32) {
  const dot = strip(size, size, (context) => {
    const light = context.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
    light.addColorStop(0, colour);
    light.addColorStop(0.35, `${colour}cc`);
    light.addColorStop(1, `${colour}00`);
    context.fillStyle = light;
    context.fillRect(0, 0, size, size);
  });
  return { ...dot, round: true };
}
