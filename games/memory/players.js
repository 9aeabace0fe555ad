// Scripted players of pairs: they keep some of what they see in mind, lose it again as time goes by, and are not sure.
import { normal } from "@kernel/players.js";
import { DOWN } from "./rules.js";

export const players = {
  beginner: (dice) => remember(dice, { keeps: 34, notices: 74, forgets: 4, pace: 56, scatter: 0.28 }),
  expert: (dice) => remember(dice, { keeps: 58, notices: 94, forgets: 1, pace: 40, scatter: 0.28 }),
  machine: (dice) => remember(dice, { keeps: 100, notices: 100, forgets: 0, pace: 24, scatter: 0 }),
};

/**
 * `keeps` so many of a hundred cards of the preview and `notices` so many of those turned later, `forgets` so many of a
 * thousand in each half second, and turns a card about every `pace` ticks, with a `scatter` of that part of it.
 */
function remember(dice, { keeps, notices, forgets, pace, scatter }) {
  let known = new Map(); // card -> what is on it
  let board = 0;
  let shown = false;
  let told = 0;
  let next = 0;
  return (state) => {
    learn(state);
    if (state.phase !== "play" || state.tick < next) return [];
    if (state.open.length === 2 && state.tick < state.closeAt) return [];
    next = state.tick + Math.max(14, Math.round(pace + normal(dice) * pace * scatter));
    return [["flip", state.open.length === 1 ? second(state) : first(state)]];
  };

  function learn(state) {
    if (state.board !== board) [board, known, shown] = [state.board, new Map(), false];
    if (state.phase === "show" && !shown) {
      shown = true;
      state.cards.forEach((kind, card) => dice(100) < keeps && known.set(card, kind));
    }
    for (const [, what, ...values] of state.news.slice(Math.max(0, state.news.length - (state.told - told)))) {
      if (what === "flip" && dice(100) < notices) known.set(values[0], state.cards[values[0]]);
      if (what === "gust") swap(values);
    }
    told = state.told;
    if (state.tick % 30) return;
    for (const card of known.keys()) if (dice(1000) < forgets * 10) known.delete(card);
  }

  /** Most often one sees where the wind takes the two cards. */
  function swap([one, other]) {
    const [there, here] = [known.get(one), known.get(other)];
    known.delete(one);
    known.delete(other);
    if (dice(100) >= notices) return;
    if (there !== undefined) known.set(other, there);
    if (here !== undefined) known.set(one, here);
  }

  function first(state) {
    const down = closed(state);
    for (const card of down) if (known.has(card) && partner(state, card, known.get(card)) >= 0) return card;
    const unknown = down.filter((card) => !known.has(card));
    return any(unknown.length ? unknown : down);
  }

  function second(state) {
    const [open] = state.open;
    const match = partner(state, open, state.cards[open]);
    if (match >= 0) return match;
    const down = closed(state);
    const unknown = down.filter((card) => !known.has(card));
    return any(unknown.length ? unknown : down);
  }

  function partner(state, card, kind) {
    for (const [other, there] of known)
      if (other !== card && there === kind && state.faces[other] === DOWN) return other;
    return -1;
  }

  function any(cards) {
    return cards[dice(cards.length)];
  }
}

function closed({ faces }) {
  const down = [];
  faces.forEach((face, card) => face === DOWN && down.push(card));
  return down;
}
