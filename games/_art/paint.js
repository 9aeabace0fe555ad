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

/** The stage's pixels for each CSS pixel: a phone that does not keep up has fewer, and paints its strips anew. */
function stageSharpness() {
  const stage = document.querySelector("[data-stage] canvas[data-sharpness]");
  return stage ? Number(stage.dataset.sharpness) : Math.min(devicePixelRatio || 1, 2);
}

/** A piece of landscape painted once, to be drawn side by side for ever. */
export function strip(width, height, paint) {
  const canvas = document.createElement("canvas");
  const sharpness = stageSharpness();
  canvas.width = Math.round(width * sharpness);
  canvas.height = Math.round(height * sharpness);
  const context = canvas.getContext("2d");
  context.scale(sharpness, sharpness);
  paint(context, width, height);
  return { canvas, width, height, sharpness, wide: canvas.width / sharpness, high: canvas.height / sharpness };
}

/**
 * Draws a strip as large as it was painted, each of its pixels on one of the picture's. What lies between pixels, or is
 * stretched ever so little, has to be filtered, which costs ten times as much as copying. So whatever moves the picture
 * before (a shake, say) moves it by whole pixels.
 */
export function lay(context, { canvas, sharpness, wide, high }, x = 0, y = 0) {
  context.drawImage(canvas, Math.round(x * sharpness) / sharpness, Math.round(y * sharpness) / sharpness, wide, high);
}

/** Draws a strip across the whole width, moved to the left by `shift`. */
export function roll(context, piece, shift, y, across) {
  const { wide } = piece;
  for (let x = -(((shift % wide) + wide) % wide); x < across; x += wide) lay(context, piece, x, y);
}

export function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}
