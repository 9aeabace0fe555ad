// The cards: quilted backs, and fronts with a thing from the shop; each turns, pops, shivers and flies as it must.
import { easeInOut, easeOut, fading, overshoot } from "../../_art/ease.js";
import { GHOSTLY, ICE } from "../../_art/ghost.js";
import { GOODS as PAINTERS } from "../../_art/goods.js";
import { clamp, lay, mix, strip } from "../../_art/paint.js";
import { DEALS, DOWN, DYES, GONE, OPEN, SWAPS } from "../rules.js";

const NAMES = Object.keys(PAINTERS);
/** Cloth and trim of the three colours in which everything is made. */
const CLOTHS = [
  ["#d8432f", "#fdf3e3"],
  ["#2f7fc4", "#ffe08a"],
  ["#2e9c78", "#fff4e4"],
];
const TURNS = 5.4; // half turns a second
const SHARP = 132;

export function createCards(theme, calm, picture) {
  const fronts = new Map();
  const back = strip(SHARP, SHARP * 1.2, (context, wide, high) => paintBack(context, wide, high, theme, picture));
  const blank = strip(SHARP, SHARP * 1.2, paintBlank);
  let grid = null;
  let looks = []; // of each card: how far it is turned (0 to 1), since when it is gone, shivers, glows
  let from = null;
  let board = 0;
  let fitted = { wide: 0, cards: new Map() };

  function front(kind) {
    if (!fronts.has(kind))
      fronts.set(
        kind,
        strip(SHARP, SHARP * 1.2, (context, wide, high) => paintFront(context, wide, high, kind)),
      );
    return fronts.get(kind);
  }

  /** The card just as large as it lies there, so that twenty of them can be copied for each picture. */
  function lying(picture) {
    const { wide, high } = grid;
    if (fitted.wide !== wide) fitted = { wide, cards: new Map() };
    if (!fitted.cards.has(picture))
      fitted.cards.set(
        picture,
        strip(wide, high, (fresh) => fresh.drawImage(picture.canvas, 0, 0, wide, high)),
      );
    return fitted.cards.get(picture);
  }

  let next = 0;

  return {
    /** Paints one more card ahead of its time; once for each frame, so that the next board is dealt without a halt. */
    prepare: () => next < NAMES.length * DYES && front(next++),
    /** When the stage has other pixels, what lies on it is painted for these. */
    refit: () => (fitted = { wide: 0, cards: new Map() }),
    /** Lays out the board within the given box. */
    place(state, box) {
      const { columns, rows } = state;
      const gap = Math.min(box.width, box.height) * 0.024;
      const wide = Math.min((box.width - gap * (columns + 1)) / columns, (box.height - gap * (rows + 1)) / rows / 1.2);
      const high = wide * 1.2;
      const left = box.x + (box.width - columns * wide - (columns - 1) * gap) / 2;
      const top = box.y + (box.height - rows * high - (rows - 1) * gap) / 2;
      grid = { columns, rows, wide, high, gap, left, top };
      if (from === state && board === state.board && looks.length === state.cards.length) return;
      [from, board] = [state, state.board];
      looks = state.cards.map(() => ({ turned: 0, goneAt: 0, shiverAt: -9, glowAt: -9, pressedAt: -9 }));
      for (const kind of new Set(state.cards)) front(kind);
    },
    /** The card at a point, or -1. */
    at(x, y) {
      if (!grid) return -1;
      const { columns, rows, wide, high, gap, left, top } = grid;
      const column = Math.floor((x - left + gap / 2) / (wide + gap));
      const row = Math.floor((y - top + gap / 2) / (high + gap));
      return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
    },
    middle,
    get size() {
      return grid.wide;
    },
    press: (card, now) => looks[card] && (looks[card].pressedAt = now),
    shiver: (card, now) => looks[card] && (looks[card].shiverAt = now),
    glow: (card, now) => looks[card] && (looks[card].glowAt = now),
    draw,
    drawTheirs,
  };

  function middle(card) {
    const { columns, wide, high, gap, left, top } = grid;
    return [
      left + (card % columns) * (wide + gap) + wide / 2,
      top + Math.floor(card / columns) * (high + gap) + high / 2,
    ];
  }

  function draw(context, state, tick, seconds, now, cursor) {
    const moving = new Set(state.swapped);
    const order = state.cards.map((_, card) => card).sort((a, b) => moving.has(a) - moving.has(b));
    for (const card of order) {
      const look = looks[card];
      const face = state.faces[card];
      const wanted = face === DOWN ? 0 : 1;
      const most = calm ? 1 : seconds * TURNS;
      look.turned += clamp(wanted - look.turned, -most, most);
      if (face !== GONE) look.goneAt = 0;
      else if (!look.goneAt) look.goneAt = now;
      drawCard(context, state, card, look, tick, now, cursor === card);
    }
  }

  function drawCard(context, state, card, look, tick, now, chosen) {
    let [x, y] = middle(card);
    let size = 1;
    let lift = 0;
    if (state.phase === "deal") {
      const part = clamp((DEALS - (state.until - tick) - card * 0.9) / 12, 0, 1);
      if (part === 0) return;
      y += (1 - easeOut(part)) * grid.high * 3.2;
      size = 0.6 + 0.4 * overshoot(part);
    }
    if (state.swapped.includes(card)) {
      const part = easeInOut(clamp(1 - (state.until - tick) / SWAPS, 0, 1));
      const [fromX, fromY] = middle(state.swapped[0] === card ? state.swapped[1] : state.swapped[0]);
      lift = Math.sin(part * Math.PI) * (state.swapped[0] === card ? 1 : -0.6);
      [x, y] = [fromX + (x - fromX) * part, fromY + (y - fromY) * part - lift * grid.high * 0.35];
      size += Math.abs(lift) * 0.12;
    }
    const gone = look.goneAt ? now - look.goneAt : 0;
    if (look.goneAt && gone > 0.75) return;
    if (look.goneAt) {
      size *= gone < 0.3 ? 1 + 0.14 * Math.sin((gone / 0.3) * Math.PI) : 1 - easeInOut((gone - 0.3) / 0.45);
      context.globalAlpha = clamp(1 - (gone - 0.5) * 4, 0, 1);
    }
    size -= fading(now - look.pressedAt, 0.16) * 0.07;
    const shiver = calm ? 0 : fading(now - look.shiverAt, 0.45);
    const turn = Math.cos(look.turned * Math.PI);
    const picture = turn > 0 ? back : front(state.cards[card]);
    const bright = fading(now - look.glowAt, 0.5);
    if (size === 1 && Math.abs(turn) === 1 && !lift && !shiver) {
      const [left, top] = [x - grid.wide / 2, y - grid.high / 2];
      drawShadow(context, left, top, 0);
      lay(context, lying(picture), left, top);
      drawRim(context, left, top, bright, chosen);
    } else {
      const [left, top] = [-grid.wide / 2, -grid.high / 2];
      context.save();
      context.translate(x + Math.sin(now * 55) * shiver * 5, y);
      context.rotate(lift * 0.12);
      context.scale(size * Math.max(Math.abs(turn), 0.02), size);
      drawShadow(context, left, top, lift);
      context.drawImage(picture.canvas, left, top, grid.wide, grid.high);
      drawRim(context, left, top, bright, chosen);
      if (shiver) {
        context.globalAlpha = shiver * 0.4;
        context.drawImage(blank.canvas, left, top, grid.wide, grid.high);
      }
      context.restore();
    }
    context.globalAlpha = 1;
  }

  function drawRim(context, left, top, bright, chosen) {
    if (!bright && !chosen) return;
    context.strokeStyle = chosen ? "#ffffff" : `rgb(255 220 120 / ${Math.round(bright * 100)}%)`;
    context.lineWidth = chosen ? 4 : 6;
    context.beginPath();
    context.roundRect(left - 3, top - 3, grid.wide + 6, grid.high + 6, grid.wide * 0.14);
    context.stroke();
  }

  /**
   * A corner on each card that the other one has open or has found; only on those which the player has turned
   * before, since two corners that come together would tell of a pair.
   */
  function drawTheirs(context, state, theirs) {
    if (theirs.board !== state.board || theirs.phase !== "play" || state.phase !== "play") return;
    const corner = grid.wide * 0.3;
    for (let card = 0; card < state.cards.length; card++) {
      if (theirs.faces[card] === DOWN || state.faces[card] === GONE || !state.seen[card]) continue;
      const [x, y] = middle(card);
      const [right, low] = [x + grid.wide / 2 - 4, y + grid.high / 2 - 4];
      context.globalAlpha = theirs.faces[card] === OPEN ? 1 : GHOSTLY * 1.7;
      context.fillStyle = ICE;
      context.beginPath();
      context.moveTo(right, low - corner);
      context.lineTo(right, low);
      context.lineTo(right - corner, low);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  function drawShadow(context, left, top, lift) {
    context.fillStyle = "rgb(4 10 30 / 32%)";
    context.beginPath();
    context.roundRect(left, top + 4 + Math.abs(lift) * 14, grid.wide, grid.high, grid.wide * 0.12);
    context.fill();
  }
}

function card(context, wide, high) {
  context.beginPath();
  context.roundRect(0, 0, wide, high, wide * 0.12);
}

function paintBack(context, wide, high, theme, picture) {
  card(context, wide, high);
  context.save();
  context.clip();
  const cloth = context.createLinearGradient(0, 0, wide, high);
  cloth.addColorStop(0, mix(theme.accent, "#ffffff", 0.16));
  cloth.addColorStop(1, mix(theme.accent, "#2a0614", 0.3));
  context.fillStyle = cloth;
  context.fillRect(0, 0, wide, high);
  if (picture) {
    const scale = Math.max(wide / picture.naturalWidth, high / picture.naturalHeight);
    const [w, h] = [picture.naturalWidth * scale, picture.naturalHeight * scale];
    context.drawImage(picture, (wide - w) / 2, (high - h) / 2, w, h);
  } else paintQuilting(context, wide, high, theme);
  context.restore();
  context.strokeStyle = "rgb(255 255 255 / 75%)";
  context.lineWidth = 3;
  context.beginPath();
  context.roundRect(5, 5, wide - 10, high - 10, wide * 0.09);
  context.stroke();
}

/** Diamonds, each a little pillow, and a snowflake in the middle. */
function paintQuilting(context, wide, high, theme) {
  const cell = wide / 4;
  for (let y = -cell; y < high + cell; y += cell) {
    for (let x = -cell + ((Math.round(y / cell) & 1) * cell) / 2; x < wide + cell; x += cell) {
      const puff = context.createRadialGradient(x - 4, y - 5, 1, x, y, cell * 0.62);
      puff.addColorStop(0, "rgb(255 255 255 / 26%)");
      puff.addColorStop(1, "rgb(255 255 255 / 0%)");
      context.fillStyle = puff;
      context.fillRect(x - cell / 2, y - cell / 2, cell, cell);
    }
  }
  context.strokeStyle = mix(theme.accent, "#1a0410", 0.45);
  context.globalAlpha = 0.5;
  context.lineWidth = 1.4;
  for (let at = -high; at < wide + high; at += cell) {
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at + high, high);
    context.moveTo(at, high);
    context.lineTo(at + high, 0);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.fillStyle = mix(theme.accent, "#2a0614", 0.12);
  context.beginPath();
  context.arc(wide / 2, high / 2, wide * 0.25, 0, 7);
  context.fill();
  context.save();
  context.translate(wide / 2 - wide * 0.22, high / 2 - wide * 0.22);
  context.scale(wide * 0.0044, wide * 0.0044);
  PAINTERS.snowflake(context, "#ffffff", mix(theme.accent, "#ffffff", 0.6));
  context.restore();
}

function paintFront(context, wide, high, kind) {
  const [cloth, trim] = CLOTHS[kind % DYES];
  card(context, wide, high);
  const paper = context.createLinearGradient(0, 0, 0, high);
  paper.addColorStop(0, "#fffdf7");
  paper.addColorStop(1, "#f1e7d6");
  context.fillStyle = paper;
  context.fill();
  context.strokeStyle = mix(cloth, "#ffffff", 0.45);
  context.lineWidth = 4;
  context.beginPath();
  context.roundRect(6, 6, wide - 12, high - 12, wide * 0.08);
  context.stroke();
  context.fillStyle = mix(cloth, "#ffffff", 0.84);
  context.beginPath();
  context.arc(wide / 2, high / 2, wide * 0.4, 0, 7);
  context.fill();
  context.translate(wide * 0.1, high / 2 - wide * 0.4);
  context.scale(wide * 0.008, wide * 0.008);
  PAINTERS[NAMES[Math.floor(kind / DYES)]](context, cloth, trim);
}

/** Reddens a card that was wrong. */
function paintBlank(context, wide, high) {
  card(context, wide, high);
  context.fillStyle = "#ff5a46";
  context.fill();
}
