/** Sounds of the range: the string, and an arrow in straw. */
export const SOUNDS = {
  loose: [
    { tone: 190, to: 95, seconds: 0.16, loud: 0.3 },
    { snow: 2600, seconds: 0.12, loud: 0.3 },
  ],
  strike: [
    { snow: 500, seconds: 0.12, loud: 0.6 },
    { tone: 150, to: 80, seconds: 0.14, loud: 0.3 },
  ],
};
