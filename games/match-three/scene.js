// Three in a row as one sees, hears and feels it.
import * as rules from "./rules.js";
import { BURST, COLUMN, COLUMNS, LIGHTS, ROW, findMove, kindOf } from "./board.js";
import { createPieces } from "./art/pieces.js";
import { createSmallBoard } from "./art/small-board.js";
import { createShop } from "./art/shop.js";
import { createTable } from "./art/table.js";
import { drawGhostSign } from "../_art/ghost.js";
import { drawChip, drawClock, filled, hudTop } from "../_art/hud.js";
import { ofThisTick } from "../_art/news.js";
import { clamp } from "../_art/paint.js";
import { glowSprite, starSprite } from "../_art/sparks.js";
import { createTelling, GOLD } from "../_art/telling.js";

export { rules };

const LOUD = { size: 46 };
const HINT_AFTER = { easy: 240, normal: 330, hard: 480 };

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts, calm } = frame;
  const telling = createTelling(calm);
  const { sparks, shake, points, call } = telling;
  const { gold } = telling.bits;
  const theirBoard = createSmallBoard((kind) => pieces.light(kind));
  const pieces = createPieces(theme, frame.pictures.piece);
  const lights = new Map();
  const snow = [glowSprite("#ffffff"), starSprite("#e6f4ff")];
  let set = null;
  let warmAt = -9;
  let hint = { restedAt: -1, cells: null };
  let shown = null;
  let held = null; // the piece under the finger that came last: { id, cell, x, y, dx, dy }
  let picked = -1; // the piece chosen by a tap, or by the keyboard
  let cursor = -1;

  function resize(width, height) {
    const wide = Math.min(width - 20, 460, (height * 0.58 * COLUMNS) / 8);
    const size = wide / COLUMNS;
    const top = hudTop();
    const y = Math.max(height * 0.9 - size * 8, top + 146);
    const box = { x: (width - wide) / 2, y, width: wide, height: Math.min(size * 8, height - y - 12) };
    set = {
      width,
      height,
      top,
      table: createTable(box, theme, calm, pieces),
      shop: createShop(width, height, y - 8, theme, calm, pieces),
      box,
    };
    sparks.clear();
  }

  function draw(context, { state }, between, mode, rival) {
    const [now, seconds] = telling.pass();
    if (shown !== state) letGo();
    shown = state;
    const { shop, table, width, box } = set;
    const tick = state.tick - 1 + (mode === "after" ? 1 : between);
    telling.tell(state, seconds, SHOWN);
    pieces.prepare();
    context.save();
    shake.apply(context, seconds);
    shop.draw(context, seconds, now);
    const playing = mode === "play";
    table.draw(context, state, tick, seconds, now, {
      held: playing ? held : null,
      hint: playing ? hintFor(state) : null,
      cursor: playing ? Math.max(cursor, picked) : -1,
      grabbed: picked >= 0,
    });
    sparks.draw(context);
    context.restore();
    shop.drawSnow(context);
    // On a small phone the words of the tutorial stand where the order hangs.
    if (mode !== "demo" || set.height > 640) shop.drawOrder(context, state, texts.order, now);
    shop.drawFlying(context, seconds, now);
    sparks.drawWords(context, width);
    if (mode !== "demo") drawHud(context, state, seconds, now);
    if (rival) drawTheirs(context, rival.state);
    telling.drawCall(context, width / 2, box.y + box.height * 0.4);
  }

  function lightOf(kind) {
    if (!lights.has(kind)) lights.set(kind, [glowSprite(pieces.light(kind)), starSprite(pieces.light(kind))]);
    return lights.get(kind);
  }

  const MADE = { [ROW]: "comet", [COLUMN]: "comet", [BURST]: "snowball", [LIGHTS]: "lights" };
  const SHOWN = {
    mistake(cell, lost) {
      const [x, y] = set.table.at(cell);
      sparks.say(x, y, `−${lost}`, { size: 20, colour: "#ffb3a8" });
    },
    make(cell, special) {
      const [x, y] = set.table.at(cell);
      sparks.ring(x, y, "#ffffff", set.table.size * 1.3);
      sparks.burst(x, y, 16, gold, { power: 190, lift: 30, size: 9 });
      sparks.say(x, y - 22, texts[MADE[special]], {
        size: 24,
        colour: special === LIGHTS ? "#8dffd6" : GOLD,
        life: 1.1,
      });
    },
    blast(cell, special, now, state) {
      const [x, y] = set.table.at(cell);
      set.table.beam(cell, special, state.gone);
      sparks.burst(x, y, 18, snow, { power: 340, lift: 20, size: 9, weight: 120 });
      shake.hit(special === LIGHTS ? 12 : 7);
    },
    clear(middle, gained, cascade, count, now, state) {
      const [x, y] = set.table.at(middle);
      let flown = 0;
      for (const cell of state.gone) {
        const [cellX, cellY] = set.table.at(cell);
        const kind = kindOf(state.cells[cell]);
        sparks.burst(cellX, cellY, count > 14 ? 3 : 6, lightOf(kind), { power: 150, lift: 40, size: 7, life: 0.6 });
        const wanted = state.order.findIndex(([ordered]) => ordered === kind);
        if (wanted >= 0) set.shop.fetch(kind, wanted, [cellX, cellY], flown++ * 0.04);
      }
      sparks.say(x, y, `+${gained}`, { size: Math.min(20 + count, 40), colour: count > 5 ? GOLD : "#ffffff" });
      if (cascade > 0)
        sparks.say(set.width / 2, set.box.y + 26, filled(texts.cascade, { count: cascade + 1 }), {
          size: Math.min(24 + cascade * 3, 42),
          colour: "#a8f0d0",
          life: 1.1,
        });
      const word =
        count >= 20 || cascade >= 4 ? "wow" : count >= 11 || cascade >= 3 ? "great" : count >= 7 ? "good" : null;
      if (word) (call(texts[word], GOLD, LOUD), set.shop.cheer(now));
      if (state.warmth >= 2) warmAt = now;
      if (count > 3) shake.hit(Math.min(count * 0.4, 8));
    },
    order(gained, orders, now) {
      call(`${texts.delivered} +${gained}`, "#a8f0d0", LOUD);
      set.shop.cheer(now, 1.6);
      for (let n = 0; n < 3; n++)
        sparks.burst(set.width * (0.25 + n * 0.25), set.box.y - 30, 16, gold, {
          power: 260,
          lift: 140,
          size: 10,
          life: 1.2,
          weight: 260,
        });
    },
    mix: () => call(texts.mix, "#cfe4ff", LOUD),
    finale: (now) => (call(texts.finale, GOLD, LOUD), set.shop.cheer(now, 4)),
  };

  /** After a while without a move, a pair that could be swapped begins to tremble. */
  function hintFor(state) {
    if (state.phase !== "idle" || state.tick - state.restedAt < HINT_AFTER[frame.config.difficulty]) return null;
    if (hint.restedAt !== state.restedAt) {
      const move = findMove(state.cells, state.restedAt % 56);
      hint = { restedAt: state.restedAt, cells: move && [move[0], rules.neighbour(...move)] };
    }
    return hint.cells;
  }

  function drawHud(context, state, seconds, now) {
    const { width, top } = set;
    points.draw(context, state.points, 20, top + 22, seconds);
    const left = Math.max((state.last - state.tick) / 60, 0);
    drawClock(context, width - 44, top + 24, 21, (left * 60) / state.last, left, theme.accent);
    if (state.counted)
      drawChip(context, `${texts.moves} ${Math.max(state.moves, 0)}`, width - 20, top + 64, {
        size: 16,
        ground: state.moves < 4 ? "#c83c28" : "rgb(6 14 40 / 55%)",
        align: "right",
      });
    if (state.warmth < 2) return;
    const factor = (1 + state.warmth / 4).toFixed(2);
    drawChip(context, filled(texts.warm, { factor }), 20, top + 64, {
      size: 16,
      ground: theme.accent,
      colour: theme.onAccent,
      grown: Math.max(1 - (now - warmAt) * 4, 0),
    });
  }

  /** The other one's board between points and clock, and what they have made of it. */
  function drawTheirs(context, theirs) {
    const x = set.width - 84 - theirBoard.wide;
    const y = set.top - 2;
    theirBoard.draw(context, theirs, x, y);
    drawGhostSign(context, theirs.points, x - 9, y + theirBoard.high - 8, "right");
  }

  /** In another round, nothing is chosen yet. */
  function letGo() {
    held = null;
    picked = -1;
    cursor = -1;
  }

  function pointer(kind, x, y, id) {
    const { table } = set;
    if (kind === "down") {
      const cell = table.cellAt(x, y);
      cursor = -1;
      if (cell < 0) return null;
      const way = picked >= 0 ? wayTo(picked, cell) : -1;
      const from = picked;
      picked = -1;
      if (way >= 0) return ["swap", from, way];
      held = { id, cell, x, y, dx: 0, dy: 0 };
      return null;
    }
    // A thumb that rests on the edge says nothing.
    if (held?.id !== id) return null;
    if (kind === "move") return drag(x - held.x, y - held.y);
    if (kind === "up" && Math.hypot(held.dx, held.dy) < 6) picked = held.cell;
    held = null;
    return null;
  }

  /** The piece follows the finger a little; far enough, it is a swap. */
  function drag(dx, dy) {
    const across = Math.abs(dx) > Math.abs(dy);
    const far = set.table.size * 0.42;
    if (Math.max(Math.abs(dx), Math.abs(dy)) > far) {
      const { cell } = held;
      held = null;
      return ["swap", cell, across ? (dx > 0 ? 1 : 3) : dy > 0 ? 2 : 0];
    }
    held.dx = across ? clamp(dx, -far, far) : 0;
    held.dy = across ? 0 : clamp(dy, -far, far);
    return null;
  }

  /** Arrows move the cursor; after the space bar they swap what is under it. */
  const arrow = (way) => () => {
    if (cursor < 0) cursor = 24;
    else if (picked >= 0) {
      const cell = picked;
      picked = -1;
      return ["swap", cell, way];
    } else cursor = Math.max(rules.neighbour(cursor, way), -1) < 0 ? cursor : rules.neighbour(cursor, way);
    return null;
  };
  const grab = () => {
    if (cursor < 0) cursor = 24;
    picked = picked >= 0 ? -1 : cursor;
    return null;
  };

  return {
    resize,
    draw,
    feel({ state, over }, { sound, buzz, say }) {
      for (const [, what, , , cascade, count] of ofThisTick(state)) {
        if (what === "swap") (sound("whoosh", 5), buzz(6));
        else if (what === "back") (sound("no"), buzz([15, 30, 15]));
        else if (what === "clear")
          (sound(count > 5 ? "match" : "pop", Math.min(cascade, 6) * 2), buzz(Math.min(10 + count, 30)));
        else if (what === "make") sound("gold");
        else if (what === "blast") (sound("crack", 3), buzz(30));
        else if (what === "order") (sound("win"), buzz(40), say(texts.delivered));
        else if (what === "mix") (sound("whoosh"), say(texts.mix));
        else if (what === "finale") (sound("level"), say(texts.finale));
      }
      if (over) sound("cheer");
    },
    veiled: true,
    autopilot: demonstrate,
    stillAt: 200,
    pointer,
    keys: {
      ArrowUp: arrow(0),
      ArrowRight: arrow(1),
      ArrowDown: arrow(2),
      ArrowLeft: arrow(3),
      Space: grab,
      Enter: grab,
    },
  };
}

/** The way from a cell to its neighbour, or -1 if it is none. */
function wayTo(cell, other) {
  return [0, 1, 2, 3].find((way) => rules.neighbour(cell, way) === other) ?? -1;
}

function demonstrate(state) {
  if (state.phase !== "idle" || state.tick - state.restedAt < 50) return [];
  const move = findMove(state.cells, (state.restedAt * 7) % 56);
  return move ? [["swap", ...move]] : [];
}
