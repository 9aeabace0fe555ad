/** Sounds of the race: skis, the heart, the shot, and the plate that falls. */
export const SOUNDS = {
  push: [{ snow: 950, seconds: 0.16, loud: 0.3 }],
  heart: [
    { tone: 62, to: 48, seconds: 0.09, loud: 0.5 },
    { tone: 56, to: 44, seconds: 0.1, loud: 0.35, after: 0.13 },
  ],
  shot: [
    { snow: 1900, seconds: 0.2, loud: 0.8 },
    { tone: 160, to: 60, seconds: 0.16, loud: 0.35 },
  ],
  plate: [{ tone: 1900, to: 1750, seconds: 0.25, loud: 0.16, after: 0.12 }],
};
