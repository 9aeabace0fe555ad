// Names in narrow places: at most two lines, broken at spaces where there are any, and at any sign in Chinese.

/** The lines of `name`, each at most `width` wide in the context's font; what is too long ends in dots. */
export function linesOf(context, name, width) {
  const lines = [""];
  for (const part of name.match(/[\x21-\u024f]+\s*|\s+|[^\x00-\u024f]/g) ?? []) {
    const longer = lines.at(-1) + part;
    if (context.measureText(longer.trimEnd()).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  if (lines.length <= 2) return lines.map((line) => line.trim());
  let second = lines.slice(1).join("");
  while (second && context.measureText(`${second}…`).width > width) second = second.slice(0, -1);
  return [lines[0].trim(), `${second.trim()}…`];
}
