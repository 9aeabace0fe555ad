// The rules of the pairs. Boards of cards are shown, turned, and found again two by two; a cleared board brings the
// next, larger one. Whole numbers; 60 ticks are a second.
import { tell } from "@kernel/news.js";
import { draw, generator } from "@kernel/random.js";
import { inhuman, note, series } from "@kernel/regularity.js";

export const DEALS = 34; // ticks in which the cards are laid out
export const CLEARS = 54; // and in which a cleared board is enjoyed
export const SHOWS = 46; // for so long two cards that do not match stay open
export const SWAPS = 44;
export const GOODS = 13; // kinds of things on the cards
export const DYES = 3; // each of them in so many colours

/** Columns and rows of the boards in turn, the last one again and again; ticks of preview; misses that are forgiven. */
const DIFFICULTY = {
  easy: {
    boards: [
      [3, 4],
      [3, 4],
      [4, 4],
      [4, 4],
      [4, 5],
    ],
    preview: [190, 16],
    tries: 12,
    back: 4,
    alike: 0,
    gusts: 0,
  },
  normal: {
    boards: [
      [3, 4],
      [4, 4],
      [4, 5],
      [4, 5],
    ],
    preview: [150, 12],
    tries: 10,
    back: 3,
    alike: 1,
    gusts: 4,
  },
  hard: {
    boards: [
      [4, 4],
      [4, 5],
      [4, 5],
    ],
    preview: [130, 12],
    tries: 8,
    back: 3,
    alike: 3,
    gusts: 3,
  },
};

const PAIR = 100;
const AGAIN = 40; // more for each pair in a row before it, at most six times
const BOARD = 150;
const TRY_LEFT = 20;

export const [DOWN, OPEN, GONE] = [0, 1, 2];

export function init(config, seed) {
  const chance = generator(seed);
  const way = DIFFICULTY[config.difficulty];
  const state = {
    chance,
    way,
    last: config.seconds * 60,
    tick: 0,
    board: 0,
    columns: 0,
    rows: 0,
    cards: [], // what is on each: good * DYES + dye
    faces: [], // DOWN, OPEN or GONE
    phase: "deal", // deal, show, play, swap, clear
    until: 0, // the tick at which the phase ends
    open: [], // the cards turned up, at most two
    closeAt: 0, // when the two that do not match are turned back
    swapped: [], // the two cards that the wind is moving
    seen: [], // how often each card of this board has been turned
    tries: way.tries,
    streak: 0,
    longest: 0,
    pairs: 0,
    left: 0, // pairs left on this board
    points: 0,
    turnedAt: -1, // when the last card was turned, if nothing has come in between since
    gaps: series(),
    done: false,
    news: [], // deal, look, turn, flip, pair, miss, gust, cleared, out, time: see tell()
    told: 0,
  };
  deal(state);
  return state;
}

function deal(state) {
  const { chance, way } = state;
  const [columns, rows] = way.boards[Math.min(state.board, way.boards.length - 1)];
  const count = columns * rows;
  const kinds = choose(chance, count >> 1, way.alike);
  const cards = [...kinds, ...kinds];
  for (let last = count - 1; last > 0; last--) {
    const other = draw(chance, last + 1);
    [cards[last], cards[other]] = [cards[other], cards[last]];
  }
  Object.assign(state, { columns, rows, cards, left: count >> 1, open: [], phase: "deal", until: state.tick + DEALS });
  state.faces = cards.map(() => DOWN);
  state.seen = cards.map(() => 0);
  state.board += 1;
  tell(state, "deal", state.board);
}

/** So many kinds; up to `alike` of the goods come in two colours, which are easily taken for each other. */
function choose(chance, count, alike) {
  const goods = [];
  for (let good = 0; good < GOODS; good++) goods.push(good);
  for (let last = GOODS - 1; last > 0; last--) {
    const other = draw(chance, last + 1);
    [goods[last], goods[other]] = [goods[other], goods[last]];
  }
  const kinds = [];
  for (let n = 0; kinds.length < count; n++) {
    const dye = draw(chance, DYES);
    kinds.push(goods[n] * DYES + dye);
    if (n < alike && kinds.length < count) kinds.push(goods[n] * DYES + ((dye + 1) % DYES));
  }
  return kinds;
}

export function step(state, actions) {
  for (let n = 0; n < actions.length; n++) flip(state, actions[n][1]);
  if (state.phase === "play") {
    if (state.open.length === 2 && state.tick >= state.closeAt) close(state);
  } else if (state.tick >= state.until) goOn(state);
  state.tick += 1;
  if (state.tick >= state.last && !state.done) {
    state.done = true;
    tell(state, "time");
  }
}

/** One phase of the board ends and the next begins. */
function goOn(state) {
  const { phase, way, tick, board, faces } = state;
  if (phase === "clear") return deal(state);
  if (phase === "deal") {
    state.phase = "show";
    state.until = tick + way.preview[0] - Math.min(board - 1, 3) * way.preview[1];
    faces.fill(OPEN);
    return tell(state, "look");
  }
  if (phase === "show") {
    faces.fill(DOWN);
    tell(state, "turn");
  }
  state.swapped = [];
  state.turnedAt = -1;
  state.phase = "play";
}

function flip(state, card) {
  if (state.done || state.phase !== "play" || card >= state.cards.length) return;
  // Whoever is quick need not wait until the last two are turned back.
  if (state.open.length === 2) close(state);
  if (state.phase !== "play" || state.faces[card] !== DOWN) return;
  if (state.turnedAt >= 0) note(state.gaps, state.tick - state.turnedAt);
  state.turnedAt = state.tick;
  state.faces[card] = OPEN;
  state.open.push(card);
  tell(state, "flip", card);
  if (state.open.length < 2) return;
  const [first] = state.open;
  if (state.cards[first] === state.cards[card]) pair(state, first, card);
  else miss(state, first, card);
  state.seen[first] += 1;
  state.seen[card] += 1;
}

function pair(state, first, second) {
  state.faces[first] = state.faces[second] = GONE;
  state.open = [];
  state.streak += 1;
  state.longest = Math.max(state.longest, state.streak);
  state.pairs += 1;
  state.left -= 1;
  const gained = PAIR + AGAIN * Math.min(state.streak - 1, 6);
  state.points += gained;
  tell(state, "pair", first, second, gained, state.streak);
  if (state.left === 0) return clear(state);
  const { gusts } = state.way;
  if (gusts && state.left > 1 && state.board > (gusts === 3 ? 0 : 1) && state.pairs % gusts === 0) blow(state);
}

function clear(state) {
  const gained = BOARD * Math.min(state.board, 5) + TRY_LEFT * state.tries;
  state.points += gained;
  state.tries = Math.min(state.tries + state.way.back, state.way.tries);
  state.phase = "clear";
  state.until = state.tick + CLEARS;
  tell(state, "cleared", gained);
}

function miss(state, first, second) {
  state.streak = 0;
  state.tries -= 1;
  state.closeAt = state.tick + SHOWS;
  // It was within reach if either card had been turned before.
  tell(state, "miss", first, second, state.seen[first] + state.seen[second] > 0 ? 1 : 0);
  if (state.tries > 0) return;
  state.done = true;
  tell(state, "out");
}

function close(state) {
  for (const card of state.open) state.faces[card] = DOWN;
  state.open = [];
  state.turnedAt = -1;
}

/** Two cards that lie face down change places before one's eyes. */
function blow(state) {
  const { chance, cards, faces, seen } = state;
  const down = [];
  for (let card = 0; card < cards.length; card++) if (faces[card] === DOWN) down.push(card);
  const one = down[draw(chance, down.length)];
  const other = down[(down.indexOf(one) + 1 + draw(chance, down.length - 1)) % down.length];
  [cards[one], cards[other]] = [cards[other], cards[one]];
  [seen[one], seen[other]] = [seen[other], seen[one]];
  state.swapped = [one, other];
  state.phase = "swap";
  state.until = state.tick + SWAPS;
  tell(state, "gust", one, other);
}

export function over(state) {
  return state.done;
}

/** The points; among equal ones the longest run of pairs. */
export function score({ points, longest }) {
  return { value: points, tie: longest };
}

export function flags({ gaps }) {
  return inhuman(gaps) ? ["inhuman_regularity"] : [];
}
