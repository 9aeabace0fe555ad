/** Sounds of the slope: an edge that carves, one that scrapes, and a pole that is brushed aside. */
export const SOUNDS = {
  carve: [{ snow: 1500, seconds: 0.2, loud: 0.14 }],
  scrape: [{ snow: 700, seconds: 0.22, loud: 0.4 }],
  pole: [
    { tone: 880, to: 990, seconds: 0.12, loud: 0.16 },
    { snow: 3000, seconds: 0.05, loud: 0.35 },
  ],
  passed: [{ tone: 520, to: 560, seconds: 0.07, loud: 0.09 }],
};
