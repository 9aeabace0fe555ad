// Shades of the theme's colours: a marketer gives four, a picture needs some more.

/** `part` (0 to 1) of the way from one #rrggbb colour to another. */
export function mix(from, to, part) {
  const [a, b] = [from, to].map((colour) => parseInt(colour.slice(1), 16));
  const channel = (shift) => {
    const [x, y] = [(a >> shift) & 255, (b >> shift) & 255];
    return Math.round(x + (y - x) * part) << shift;
  };
  return `#${(channel(16) | channel(8) | channel(0)).toString(16).padStart(6, "0")}`;
}

export const lighter = (colour, part) => mix(colour, "#ffffff", part);
export const darker = (colour, part) => mix(colour, "#071028", part);
