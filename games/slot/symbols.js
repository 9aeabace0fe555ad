// The symbols on the reels, painted once: sharp ones to stand still and smeared ones to rush past.
import { hareHead } from "../_chance/hare.js";
import { address, prizeLines, prizeThing } from "../_chance/prizes.js";

const FILLERS = [
  { no: null, art: `<g transform="translate(6 0)">${hareHead()}</g>`, box: [108, 112] },
  { no: null, art: prizeLines("none", "#5b8fe0"), box: [64, 64] },
];
const GHOSTS = 6;

/** What can stand on a reel: each prize that is one, and the hare and a snow crystal between them. */
export function symbolsFor(prizes) {
  const won = prizes.filter(({ kind }) => kind !== "none");
  return [...won.map(({ no, kind, name }) => ({ no, name, art: prizeThing(kind), box: [56, 56] })), ...FILLERS];
}

/** The symbols' pictures, loaded. */
export function loadArt(symbols) {
  return Promise.all(
    symbols.map(async ({ art, box }) => {
      const image = new Image();
      image.src = address(art, ...box);
      await image.decode();
      return image;
    }),
  );
}

/** All symbols one below the other, each `width` by `height` pixels, and the same smeared by speed. */
export function paintSheets(symbols, images, width, height, face) {
  const sharp = sheet(width, height * symbols.length);
  const pen = sharp.getContext("2d");
  symbols.forEach((symbol, n) => paintSymbol(pen, symbol, images[n], n * height, width, height, face));
  const smeared = sheet(width, height * symbols.length);
  const context = smeared.getContext("2d");
  context.fillStyle = "#f7fafd";
  context.fillRect(0, 0, smeared.width, smeared.height);
  context.globalAlpha = 1.3 / GHOSTS;
  for (let ghost = 0; ghost < GHOSTS; ghost++) context.drawImage(sharp, 0, (ghost / (GHOSTS - 1) - 0.5) * height * 0.5);
  return { sharp, smeared };
}

function sheet(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function paintSymbol(context, { name = "", box }, image, top, width, height, face) {
  const words = name ? wrap(context, name, width * 0.9, `600 ${Math.round(height * 0.125)}px ${face}`) : [];
  const high = height * (name ? 0.52 : 0.66);
  const wide = (high * box[0]) / box[1];
  context.fillStyle = "#f7fafd";
  context.fillRect(0, top, width, height);
  const middle = name ? 0.36 : 0.5;
  context.drawImage(image, (width - wide) / 2, top + height * middle - high / 2, wide, high);
  context.fillStyle = "#12233f";
  context.textAlign = "center";
  const [first, way] = words.length > 1 ? [0.765, 0.145] : [0.82, 0];
  words.forEach((line, n) => context.fillText(line, width / 2, top + height * (first + n * way)));
}

/** A name in at most two lines: broken at spaces where there are any, at any sign in Chinese. */
function wrap(context, name, width, font) {
  context.font = font;
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
