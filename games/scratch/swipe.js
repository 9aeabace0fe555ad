// The strokes that the button makes, for keys and switches, until nothing is left.

// The radius of a stroke, in parts of the cover's width.
export const BRUSHES = { coin: 0.055, finger: 0.085, mitten: 0.13 };

/**
 * Where the button's stroke of number `n` is, `part` of its way from the left to the right, in parts of the cover's width:
 * first through the middle of each band of the card, then along the edges of the bands, over what the first ones left.
 */
export function swipeAt(n, part, { tall, radius }) {
  const bands = Math.ceil(tall / (radius * 2.6));
  const turn = n % (bands * 2 + 1);
  const y = (turn < bands ? turn + 0.5 : turn - bands) * (tall / bands);
  return [part, y + (part - 0.5) * radius * 0.6];
}
