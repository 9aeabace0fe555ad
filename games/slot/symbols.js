// The symbols on the reels, painted once: sharp ones to stand still and smeared ones to rush past.
import { hareHead } from "../_chance/hare.js";
import { address, prizeLines, prizeThing } from "../_chance/prizes.js";
import { linesOf } from "../_chance/words.js";

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
  context.font = `600 ${Math.round(height * 0.125)}px ${face}`;
  const words = name ? linesOf(context, name, width * 0.9) : [];
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
