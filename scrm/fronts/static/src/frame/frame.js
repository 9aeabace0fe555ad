// The page of a game: loads the scene while the poster is read, then lets the member play.
import "../design/sheet.js";
import "../design/share.js";
import { createFeel } from "./feel.js";
import { playAsked } from "./asked.js";
import { playChance } from "./chance.js";
import { loadPictures } from "./pictures.js";
import { byItsRules } from "./rules.js";
import { playSkill } from "./skill.js";
import { themeOf } from "./theme.js";

export { decode, encode } from "@kernel/log.js";
export { replay } from "@kernel/round.js";

/**
 * Everything that a scene is given beside its stage.
 * @typedef {object} Frame
 * @property {Record<string, string>} texts the game's texts in the reader's language
 * @property {object} config the game's settings in this campaign
 * @property {object[]} prizes of a game of chance, in the order of the campaign
 * @property {Record<string, HTMLImageElement>} pictures what the marketer put in place of the game's own art
 * @property {{ground: string, onGround: string, accent: string, onAccent: string}} theme
 * @property {boolean} calm whether the reader asked for less motion
 * @property {(name: string, steps?: number) => void} sound plays a sound, higher by so many semitones, if the player
 * asked for sound
 * @property {(milliseconds: number | number[]) => void} buzz vibrates, where the phone can
 * @property {(text: string) => void} say tells screen readers
 * @property {() => void} begin of a game of chance: starts the draw, as a press of the button does
 * @property {(text: string, act: () => void) => void} offer of a game of chance: lends the scene the panel's button
 * @property {typeof import("./canvas.js").fitCanvas} fitCanvas of a game that asks: a canvas behind what it writes
 */

const FLOWS = { asked: playAsked, chance: playChance, skill: playSkill };

async function open(page, root) {
  const feel = createFeel(root);
  const { texts, config, prizes } = page;
  const [today, pictures] = await Promise.all([import(page.scene), loadPictures(page.pictures)]);
  const scene = await byItsRules(page, today);
  await FLOWS[page.kind](page, root, scene, { texts, config, prizes, pictures, theme: themeOf(root), ...feel });
}

const definition = document.getElementById("play");
if (definition) {
  const root = document.querySelector(".game");
  open(JSON.parse(definition.textContent), root).catch((failure) => {
    root.dataset.state = "broken";
    throw failure;
  });
}
