// Dark firs right before the picture's lower edge: they pass by quickest of all, and give the night its depth.
import { firSprite } from "./fir.js";
import { mix, roll, scatter, strip } from "./paint.js";
import { nightOf } from "./village.js";

/** The picture is drawn for a way of `shift` pixels; `low` moves it down out of the picture. */
export function createThicket(width, height, theme) {
  const night = nightOf(theme);
  const fir = firSprite({ ...night, deep: mix(night.deep, "#000000", 0.35) });
  const high = Math.min(height * 0.2, 170);
  const wide = Math.max(Math.ceil(width / 320), 2) * 320;
  const firs = strip(wide, high, (context) => {
    const chance = scatter(63);
    for (let x = 0; x < wide; x += 26 + chance() * 46) {
      const tall = high * (0.45 + chance() * 0.5);
      context.globalAlpha = 1;
      const stand = (at) => context.drawImage(fir.canvas, at - tall * 0.33, high - tall + 6, tall * 0.66, tall);
      stand(x);
      // Firs that reach over one end are painted at the other too, so that the strip joins.
      if (x < tall * 0.33) stand(x + wide);
      if (x > wide - tall * 0.33) stand(x - wide);
    }
    context.globalCompositeOperation = "source-atop";
    const shade = context.createLinearGradient(0, 0, 0, high);
    shade.addColorStop(0, `${mix(night.deep, night.ground, 0.3)}b0`);
    shade.addColorStop(1, `${mix(night.deep, "#000000", 0.2)}f2`);
    context.fillStyle = shade;
    context.fillRect(0, 0, wide, high);
  });
  return (context, shift, low = 0) => {
    if (low < high) roll(context, firs, shift, height - high + low, width);
  };
}
