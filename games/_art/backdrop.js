// A winter night seen from the side: sky, northern lights, mountains and forest, which pass by the slower the further.
import { createAurora } from "./aurora.js";
import { paintAir, paintForest, paintRidge, paintStars } from "./landscape.js";
import { clamp, lay, mix, roll, strip } from "./paint.js";
import { nightOf } from "./village.js";

/** The picture is drawn for a place `x` and `y` metres along and down; `ridge` is where the mountains' foot lies. */
export function createBackdrop(width, height, theme, ridge = 0.78) {
  const night = nightOf(theme);
  const air = strip(width, height, (context) => {
    paintAir(context, width, height, [night.deep, night.ground, night.glow]);
    paintStars(context, width, height * 0.6);
  });
  const far = strip(width * 2, height * 0.26, (context, wide, high) =>
    paintRidge(context, wide, high, { seed: 7, rock: mix(night.glow, night.deep, 0.42), snow: mix(night.glow, "#ffffff", 0.35), peaks: 6 }),
  );
  const needles = mix(night.deep, "#0d2a33", 0.4);
  const near = strip(width * 2, height * 0.16, (context, wide, high) => paintForest(context, wide, high, needles, night.glow));
  const aurora = createAurora(width, height);
  return (context, x, y, time) => {
    const down = clamp(y, -20, 60);
    lay(context, air);
    aurora(context, time, 0.55);
    roll(context, far, x * 1.1, height * (ridge - 0.26) - down * 1.2, width);
    const low = height * (ridge - 0.1) - down * 2;
    roll(context, near, x * 3, low, width);
    context.fillStyle = needles;
    context.fillRect(0, low + height * 0.155, width, height);
  };
}
