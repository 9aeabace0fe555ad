// The pairs as one sees, hears and feels them.
import * as rules from "./rules.js";
import { createCards } from "./art/cards.js";
import { createRoom } from "./art/room.js";
import { drawGhostSign, ICE } from "../_art/ghost.js";
import { drawChip, drawClock, drawHeart, filled, hudTop } from "../_art/hud.js";
import { ofThisTick } from "../_art/news.js";
import { clamp } from "../_art/paint.js";
import { createTelling, GOLD } from "../_art/telling.js";

export { rules };

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts, calm } = frame;
  const telling = createTelling(calm);
  const { sparks, shake, points, bits, call } = telling;
  const cards = createCards(theme, calm, frame.pictures.back);
  let set = null;
  let cursor = -1; // the card that the keyboard points at
  let shown = null; // the state in the picture, for pointer and keys

  function resize(width, height) {
    const top = hudTop();
    const y = Math.max(top + 118, height * 0.27);
    const box = { x: 18, y, width: width - 36, height: height * 0.93 - y };
    if (box.width > 460) [box.x, box.width] = [(width - 460) / 2, 460];
    set = { width, height, top, box, room: createRoom(width, height, box, theme, calm) };
    cards.refit();
    sparks.clear();
  }

  function draw(context, { state }, between, mode, rival) {
    const [now, seconds] = telling.pass();
    shown = state;
    const tick = state.tick - 1 + (mode === "after" ? 1 : between);
    // In the demonstration the start button stands over the lower part of the stage.
    cards.place(state, mode === "demo" ? { ...set.box, height: set.box.height - set.height * 0.12 } : set.box);
    telling.tell(state, seconds, SHOWN);
    cards.prepare();
    context.save();
    shake.apply(context, seconds);
    set.room.draw(context, seconds, now, state.phase === "swap" ? 1 : 0);
    cards.draw(context, state, tick, seconds, now, mode === "play" ? cursor : -1);
    if (rival) cards.drawTheirs(context, state, rival.state);
    sparks.draw(context);
    context.restore();
    set.room.drawSnow(context);
    sparks.drawWords(context, set.width);
    if (mode !== "demo") drawHud(context, state, seconds, tick);
    if (rival) drawTheirPairs(context, rival.state);
    telling.drawCall(context, set.width / 2, set.box.y + set.box.height * 0.42);
  }

  const SHOWN = {
    deal: (board) => board > 1 && call(filled(texts.board, { count: board }), "#ffffff", { seconds: 0.9 }),
    look: () => callAbove(texts.look, GOLD, 1.2),
    turn: () => callAbove(texts.turn, "#bfe8ff", 1),
    flip: (card, now) => cards.press(card, now),
    pair(first, second, gained, streak, now) {
      for (const card of [first, second]) {
        const [x, y] = cards.middle(card);
        cards.glow(card, now);
        sparks.burst(x, y, 10 + streak * 2, bits.gold, { power: 190, lift: 70, size: 9 });
        sparks.ring(x, y, GOLD, cards.size * 0.9);
      }
      const [x, y] = cards.middle(second);
      sparks.say(x, y - 24, `+${gained}`, { size: 24, colour: GOLD });
      if (streak > 1)
        sparks.say(x, y - 52, filled(texts.again, { count: streak }), {
          size: Math.min(22 + streak * 2, 34),
          colour: "#a8f0d0",
          life: 1.1,
        });
      set.room.cheer(now);
    },
    miss(first, second, known, now, state) {
      for (const card of [first, second]) cards.shiver(card, now + 0.22);
      set.room.wince(now);
      if (state.tries === 1) call(texts.last_try, "#ffb3a8");
      else if (known) sparks.say(set.width / 2, set.box.y - 4, texts.wrong, { size: 20, colour: "#ffd0c4" });
    },
    gust: () => callAbove(texts.gust, "#cfe4ff", 1),
    cleared(gained, now) {
      call(`${texts.cleared} +${gained}`, GOLD);
      for (let n = 0; n < 4; n++)
        sparks.burst(set.width * (0.2 + n * 0.2), set.box.y + set.box.height * 0.4, 16, n % 2 ? bits.down : bits.gold, {
          power: 280,
          lift: 160,
          size: 11,
          life: 1.3,
          weight: 240,
        });
      set.room.cheer(now);
    },
    out: () => call(texts.out, "#ffb3a8", { seconds: 1.6 }),
    time: () => call(texts.finish, GOLD, { seconds: 1.6 }),
  };

  /** Where it hides none of the cards. */
  function callAbove(text, colour, seconds) {
    call(text, colour, { seconds, size: 36, y: set.box.y - 34 });
  }

  function drawHud(context, state, seconds, tick) {
    const { width, top } = set;
    points.draw(context, state.points, 20, top + 22, seconds);
    const whole = frame.config.seconds;
    const left = Math.max(whole - state.tick / 60, 0);
    drawClock(context, width - 44, top + 24, 21, left / whole, left, theme.accent);
    drawHeart(context, 32, top + 64, 10, state.tries < 3 ? "#ff5a46" : "#ff8f7d");
    drawChip(context, String(state.tries), 46, top + 64, { size: 16, ground: "rgb(6 14 40 / 55%)" });
    if (state.streak > 1)
      drawChip(context, `×${state.streak}`, width - 20, top + 70, {
        size: 16,
        ground: theme.accent,
        colour: theme.onAccent,
        align: "right",
      });
    if (state.phase !== "show") return;
    // How much longer one may look.
    const { box } = set;
    const part = clamp((state.until - tick) / 150, 0, 1);
    context.fillStyle = GOLD;
    context.fillRect(box.x + (box.width * (1 - part)) / 2, box.y - 3, box.width * part, 5);
  }

  /** The other one's points, and behind them a little card for each pair of their board: found or still lying. */
  function drawTheirPairs(context, { points: made, cards: laid, left }) {
    const y = set.top + 97;
    let x = 28 + drawGhostSign(context, made, 20, y);
    context.strokeStyle = ICE;
    context.fillStyle = ICE;
    context.lineWidth = 1.5;
    for (let pair = laid.length / 2; pair > 0; pair--, x += 11) {
      context.beginPath();
      context.roundRect(x, y - 6, 8, 12, 2);
      context.stroke();
      if (pair > left) context.fill();
    }
  }

  const move = (by) => () => {
    const count = shown?.cards.length ?? 0;
    const columns = shown?.columns ?? 1;
    if (count) cursor = cursor < 0 ? 0 : (cursor + (Math.abs(by) > 1 ? Math.sign(by) * columns : by) + count) % count;
    return null;
  };
  const choose = () => (cursor < 0 ? null : ["flip", cursor]);

  return {
    resize,
    draw,
    feel({ state, over }, { sound, buzz, say }) {
      for (const [, what, , , , streak] of ofThisTick(state)) {
        if (what === "flip") (sound("flip"), buzz(6));
        else if (what === "pair") (sound("match", Math.min(streak - 1, 8) * 2), buzz(20), say(texts.pair));
        else if (what === "miss") (sound("no"), buzz([20, 30, 20]), say(texts.wrong));
        else if (what === "gust") sound("whoosh");
        else if (what === "cleared") (sound("win"), buzz(40), say(texts.cleared));
        else if (what === "deal" || what === "look") sound("pop");
        else if (what === "turn") sound("flip", -5);
      }
      if (over) sound("cheer");
    },
    veiled: true,
    autopilot: demonstrate,
    stillAt: 330,
    pointer(kind, x, y) {
      if (kind !== "down") return null;
      cursor = -1;
      const card = cards.at(x, y);
      return card < 0 ? null : ["flip", card];
    },
    keys: {
      ArrowLeft: move(-1),
      ArrowRight: move(1),
      ArrowUp: move(-2),
      ArrowDown: move(2),
      Space: choose,
      Enter: choose,
    },
  };
}

/** Finds pair after pair, and is wrong once, so that one sees what happens. */
function demonstrate(state) {
  if (state.phase !== "play" || state.tick % 42) return [];
  const { cards, faces, open, pairs } = state;
  const closed = cards.map((_, card) => card).filter((card) => faces[card] === rules.DOWN);
  if (open.length !== 1) return [["flip", closed[0]]];
  const wrong = pairs === 1 && state.tries === state.way.tries;
  return [["flip", closed.find((card) => (cards[card] === cards[open[0]]) !== wrong)]];
}
