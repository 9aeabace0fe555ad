// Words over a picture: big enough and outlined, so that they can be read on snow and on night alike.

export const FACE =
  '-apple-system, "Helvetica Neue", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';

const MOST_MEASURED = 200;
const measured = new Map(); // the width of each line, by its font

/** How wide a line of text is: asked for with every picture, and seldom another than before. Leaves `font` set. */
export function widthOf(context, text, font) {
  context.font = font;
  const line = `${font} ${text}`;
  if (!measured.has(line)) {
    if (measured.size >= MOST_MEASURED) measured.clear();
    measured.set(line, context.measureText(text).width);
  }
  return measured.get(line);
}

/** A line of text with a dark rim, its middle at x, y. */
export function outlined(
  context,
  text,
  x,
  y,
  { size, colour = "#ffffff", rim = "rgb(6 12 34 / 75%)", weight = 800, align = "center" },
) {
  context.font = `${weight} ${Math.round(size)}px ${FACE}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = Math.max(size * 0.2, 3);
  context.strokeStyle = rim;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
