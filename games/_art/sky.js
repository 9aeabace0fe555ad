// Night over the track: stars, northern lights that grow with the runner's flow, mountains and forest.
import { createAurora } from "./aurora.js";
import { paintAir, paintForest, paintRidge, paintStars } from "./landscape.js";
import { lay, mix, roll, strip } from "./paint.js";

export function createSky(width, height, theme) {
  const deep = mix(theme.ground, "#030818", 0.55);
  const glow = mix(theme.ground, "#8fb4e8", 0.5);
  // Everything below is covered by the stand.
  const horizon = height * 0.45;
  const air = strip(width, horizon, (context) => {
    paintAir(context, width, horizon, [deep, theme.ground, glow]);
    paintStars(context, width, horizon);
  });
  const aurora = createAurora(width, height);
  const far = strip(width * 2, height * 0.22, (context, across, high) =>
    paintRidge(context, across, high, { seed: 7, rock: mix(glow, deep, 0.42), snow: mix(glow, "#ffffff", 0.35), peaks: 7 }),
  );
  const near = strip(width * 2, height * 0.14, (context, across, high) =>
    paintRidge(context, across, high, { seed: 23, rock: mix(glow, deep, 0.66), snow: mix(glow, "#ffffff", 0.12), peaks: 9 }),
  );
  const forest = strip(width * 2, height * 0.1, (context, across, high) =>
    paintForest(context, across, high, mix(deep, "#0d2a33", 0.4), glow),
  );

  return (context, way, time, flow) => {
    lay(context, air);
    aurora(context, time, 0.45 + flow * 0.55);
    roll(context, far, way * 1.2, height * 0.2, width);
    roll(context, near, way * 3, height * 0.28, width);
    roll(context, forest, way * 9, height * 0.345, width);
  };
}
