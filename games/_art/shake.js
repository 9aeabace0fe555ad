/** A picture that trembles for a moment after a hit; not for those who asked for less motion. */
export function createShake(calm) {
  let power = 0;
  let age = 0;
  return {
    hit(pixels) {
      if (!calm) [power, age] = [Math.max(power, pixels), 0];
    },
    /** To be called between save and restore, with the seconds since the last picture. */
    apply(context, seconds) {
      if (power < 0.2) return;
      age += seconds;
      // By whole pixels, which can be copied; at the edges the picture before this one is still there.
      context.translate(Math.round(Math.sin(age * 71) * power), Math.round(Math.cos(age * 53) * power * 0.7));
      power *= Math.exp(-seconds * 9);
    },
  };
}
