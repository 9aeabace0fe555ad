/** Sounds of the hill: skis in the track, and air. */
export const SOUNDS = {
  glide: [{ snow: 1100, seconds: 0.26, loud: 0.16 }],
  air: [{ snow: 520, seconds: 0.5, loud: 0.12 }],
};
