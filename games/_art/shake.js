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
      // A little larger, so that the edges of the picture stay outside.
      const { a } = context.getTransform();
      const [width, height] = [context.canvas.width / a, context.canvas.height / a];
      const larger = 1 + (power * 2.2) / Math.min(width, height);
      context.translate((width * (1 - larger)) / 2, (height * (1 - larger)) / 2);
      context.scale(larger, larger);
      context.translate(Math.sin(age * 71) * power, Math.cos(age * 53) * power * 0.7);
      power *= Math.exp(-seconds * 9);
    },
  };
}
