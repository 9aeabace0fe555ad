// The night behind the tower: from the village over the mountains up to the stars, as high as one builds.
import { createAurora } from "../../_art/aurora.js";
import { paintStars } from "../../_art/landscape.js";
import { lay, mix, scatter, strip } from "../../_art/paint.js";
import { lampSprite, nightOf, paintNight } from "../../_art/village.js";

const SLOWER = 0.4; // how much less the sky moves than the tower

export function createSky(width, height, theme, calm) {
  const night = nightOf(theme);
  const low = strip(width, height, (context) =>
    paintNight(context, width, height, theme, { horizon: 0.8, moon: false }),
  );
  const high = strip(width, height + 1, (context) => paintHigh(context, width, height, night));
  const moon = moonSprite(Math.min(width * 0.42, 190));
  const aurora = createAurora(width, height);
  const lamp = lampSprite(Math.min(height * 0.26, 210));

  return {
    /** @param {number} camera pixels that the tower has been let down */
    draw(context, camera, now) {
      const shift = camera * SLOWER;
      const part = shift % height;
      if (shift < height) lay(context, low, 0, shift);
      const upper = shift < height ? shift - height : part - height;
      lay(context, high, 0, upper);
      if (shift >= height) lay(context, high, 0, part);
      const moonY = height * 0.16 + shift * 0.28;
      if (moonY < height) lay(context, moon, width * 0.76 - moon.width / 2, moonY - moon.height / 2);
      aurora(context, calm ? 0 : now, Math.min(0.5 + shift / height, 1));
      if (shift > height * 0.4) return;
      for (const x of [0.09, 0.91]) lay(context, lamp, x * width - lamp.middle, height * 0.83 + shift - lamp.foot);
    },
  };
}

/** High up there are only stars, and thin clouds that the moon lights. */
function paintHigh(context, width, height, night) {
  context.fillStyle = night.deep;
  context.fillRect(0, 0, width, height + 1);
  paintStars(context, width, height);
  const chance = scatter(17);
  for (let n = 0; n < 5; n++) {
    const [x, y, wide] = [chance() * width, chance() * height, width * (0.3 + chance() * 0.4)];
    const cloud = context.createRadialGradient(0, 0, 0, 0, 0, wide);
    cloud.addColorStop(0, `${mix(night.glow, "#ffffff", 0.3)}22`);
    cloud.addColorStop(1, `${night.glow}00`);
    context.save();
    context.translate(x, y);
    context.scale(1, 0.13);
    context.fillStyle = cloud;
    context.fillRect(-wide, -wide, wide * 2, wide * 2);
    context.restore();
  }
}

function moonSprite(size) {
  return strip(size, size, (context) => {
    const middle = size / 2;
    const halo = context.createRadialGradient(middle, middle, size * 0.1, middle, middle, middle);
    halo.addColorStop(0, "rgb(255 244 214 / 45%)");
    halo.addColorStop(1, "rgb(255 240 214 / 0%)");
    context.fillStyle = halo;
    context.fillRect(0, 0, size, size);
    context.fillStyle = "#fff3d4";
    context.beginPath();
    context.arc(middle, middle, size * 0.16, 0, 7);
    context.fill();
    context.fillStyle = "rgb(222 196 148 / 40%)";
    for (const [x, y, far] of [
      [-0.05, -0.03, 0.04],
      [0.04, 0.05, 0.05],
      [0.06, -0.06, 0.025],
    ]) {
      context.beginPath();
      context.arc(middle + x * size, middle + y * size, far * size, 0, 7);
      context.fill();
    }
  });
}
