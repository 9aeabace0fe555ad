// What all pictures share: mixing colours, chance that never changes, and sprites painted once.

/** `part` (0 to 1) of the way from one #rrggbb colour to another. */
export function mix(from, to, part) {
  const [a, b] = [from, to].map((colour) => parseInt(colour.slice(1), 16));
  const channel = (shift) => {
    const [x, y] = [(a >> shift) & 255, (b >> shift) & 255];
    return Math.round(x + (y - x) * part) << shift;
  };
  return `#${(channel(16) | channel(8) | channel(0)).toString(16).padStart(6, "0")}`;
}

/** Numbers from 0 to 1, the same ones for each visit: the landscape stands where it stood. */
export function scatter(seed) {
  let word = seed;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) | 0;
    return (word >>> 8) / 16777216;
  };
}

/** A piece of landscape painted once, to be drawn side by side for ever. */
export function strip(width, height, paint) {
  const canvas = document.createElement("canvas");
  const sharpness = Math.min(devicePixelRatio || 1, 2);
  canvas.width = Math.round(width * sharpness);
  canvas.height = Math.round(height * sharpness);
  const context = canvas.getContext("2d");
  context.scale(sharpness, sharpness);
  paint(context, width, height);
  return { canvas, width, height };
}

/** Draws a strip across the whole width, moved to the left by `shift`. */
export function roll(context, { canvas, width, height }, shift, y, across) {
  for (let x = -(((shift % width) + width) % width); x < across; x += width) {
    context.drawImage(canvas, Math.round(x * 2) / 2, y, width, height);
  }
}

export function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
