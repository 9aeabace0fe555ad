// The board as it is seen: pieces that change places, go up in light, fall and come to rest, and what goes off.
import { easeInOut, fading } from "../../_art/ease.js";
import { clamp, lay, mix, strip } from "../../_art/paint.js";
import { paintQuilt } from "../../_art/quilt.js";
import { BURST, CELLS, COLUMN, COLUMNS, LIGHTS, ROW, ROWS } from "../board.js";

const EDGE = 7;

export function createTable(box, theme, calm, pieces) {
  const size = Math.min(box.width / COLUMNS, box.height / ROWS);
  const left = box.x + (box.width - size * COLUMNS) / 2;
  const top = box.y;
  const resting = new Map();
  const wide = size * COLUMNS;
  const high = size * ROWS;
  const ground = strip(wide + EDGE * 2, high + EDGE * 2 + 8, (context, across, down) => {
    paintQuilt(context, across, down, theme);
    for (let cell = 0; cell < CELLS; cell++) {
      if ((cell + Math.floor(cell / COLUMNS)) % 2) continue;
      context.fillStyle = `${mix(theme.ground, "#bcd6ff", 0.6)}1c`;
      context.beginPath();
      context.roundRect(
        EDGE + (cell % COLUMNS) * size + 1,
        EDGE + Math.floor(cell / COLUMNS) * size + 1,
        size - 2,
        size - 2,
        9,
      );
      context.fill();
    }
  });
  let beams = [];

  const at = (cell) => [left + ((cell % COLUMNS) + 0.5) * size, top + (Math.floor(cell / COLUMNS) + 0.5) * size];

  return {
    size,
    at,
    /** The cell at a point, or -1. */
    cellAt(x, y) {
      const [column, row] = [Math.floor((x - left) / size), Math.floor((y - top) / size)];
      return column < 0 || row < 0 || column >= COLUMNS || row >= ROWS ? -1 : row * COLUMNS + column;
    },
    /** What goes off draws a beam, or a ray to everything that it takes. */
    beam(cell, special, gone) {
      const [x, y] = at(cell);
      if (special === ROW)
        beams.push({ from: [left, y], to: [left + wide, y], age: 0, colour: "#ffffff", wide: size * 0.5 });
      if (special === COLUMN)
        beams.push({ from: [x, top], to: [x, top + high], age: 0, colour: "#ffffff", wide: size * 0.5 });
      if (special === BURST) {
        for (let n = 0; n < 4; n++) {
          const [dx, dy] = [Math.cos((n * Math.PI) / 4) * size * 2.2, Math.sin((n * Math.PI) / 4) * size * 2.2];
          beams.push({ from: [x - dx, y - dy], to: [x + dx, y + dy], age: 0, colour: "#cfe8ff", wide: size * 0.3 });
        }
      }
      if (special === LIGHTS) {
        gone
          .slice(0, 30)
          .forEach((other, n) =>
            beams.push({
              from: [x, y],
              to: at(other),
              age: 0,
              colour: ["#3dffb5", "#58c8ff", "#b07bff"][n % 3],
              wide: size * 0.16,
            }),
          );
      }
    },
    draw,
  };

  function draw(context, state, tick, seconds, now, { held, hint, cursor, grabbed }) {
    lay(context, ground, left - EDGE, top - EDGE);
    context.save();
    context.beginPath();
    context.rect(left - 2, top - 2, wide + 4, high + 4);
    context.clip();
    const part = clamp((tick - state.since) / Math.max(state.until - state.since, 1), 0, 1);
    for (let cell = 0; cell < CELLS; cell++) drawPiece(context, state, cell, part, now, held, hint);
    drawBeams(context, seconds);
    context.restore();
    if (cursor >= 0) drawCursor(context, cursor, grabbed);
  }

  function drawPiece(context, state, cell, part, now, held, hint) {
    const piece = state.cells[cell];
    if (piece < 0) return;
    let [x, y] = at(cell);
    let grown = 1;
    let turn = 0;
    let seen = 1;
    const { phase, swap } = state;
    if ((phase === "swap" || phase === "back") && swap.includes(cell)) {
      const [fromX, fromY] = at(swap[0] === cell ? swap[1] : swap[0]);
      // There it takes all its time; back it snaps, and stays a while.
      const moved = easeInOut(phase === "back" ? Math.min(part * 3, 1) : part);
      [x, y] = [fromX + (x - fromX) * moved, fromY + (y - fromY) * moved];
      if (swap[0] !== cell) grown = 1 + Math.sin(moved * Math.PI) * 0.14;
    } else if (phase === "fall" && state.fell[cell]) {
      [y, grown, turn] = falling(y, state.fell[cell], part, state);
    } else if (phase === "clear" && state.gone.includes(cell)) {
      grown = part < 0.35 ? 1 + part * 0.7 : Math.max(1.24 * (1 - (part - 0.35) / 0.65), 0);
      seen = clamp(1.6 - part * 1.4, 0, 1);
    } else if (phase === "clear" && part < 0.8 && piece >> 3) grown = 0.6 + 0.5 * Math.sin(part * 2.2);
    else if (phase === "mix") {
      const away = Math.sin(part * Math.PI);
      const [middleX, middleY] = [left + wide / 2, top + high / 2];
      x += (middleX - x) * away * 0.55;
      y += (middleY - y) * away * 0.55;
      turn = calm ? 0 : part * Math.PI * 2;
    }
    if (held?.cell === cell) {
      x += held.dx;
      y += held.dy;
      grown = 1.13;
    } else if (hint?.includes(cell) && !calm) turn = Math.sin(now * 9) * 0.13;
    if (piece >> 3 && !calm) grown *= 1 + Math.sin(now * 5 + cell) * 0.035;
    const side = size * 0.98 * grown;
    context.globalAlpha = seen;
    if (turn) {
      context.save();
      context.translate(x, y);
      context.rotate(turn);
      context.drawImage(pieces.of(piece), -side / 2, -side / 2, side, side);
      context.restore();
    } else if (grown === 1) lay(context, atRest(piece), x - side / 2, y - side / 2);
    else context.drawImage(pieces.of(piece), x - side / 2, y - side / 2, side, side);
    context.globalAlpha = 1;
  }

  /** The piece just as large as it lies on the board, so that fifty of them can be copied for each picture. */
  function atRest(piece) {
    if (!resting.has(piece)) {
      const side = size * 0.98;
      resting.set(piece, strip(side, side, (context) => context.drawImage(pieces.of(piece), 0, 0, side, side)));
    }
    return resting.get(piece);
  }

  /** Each falls as fast as the others, so that what has less far to go lands sooner, with a little bounce. */
  function falling(y, rows, part, state) {
    const whole = state.until - state.since;
    const own = Math.min((6 + rows * 2) / whole, 1);
    const fallen = clamp(part / own, 0, 1);
    const rest = fading(part - own, 0.3);
    return [y - rows * size * (1 - fallen * fallen), 1 + (rest && !calm ? Math.sin(rest * 9) * 0.05 : 0), 0];
  }

  function drawBeams(context, seconds) {
    context.globalCompositeOperation = "lighter";
    context.lineCap = "round";
    for (const beam of beams) {
      beam.age += seconds;
      const left = clamp(1 - beam.age / 0.4, 0, 1);
      context.globalAlpha = left * 0.8;
      context.strokeStyle = beam.colour;
      context.lineWidth = beam.wide * left + 1;
      context.beginPath();
      context.moveTo(...beam.from);
      context.lineTo(...beam.to);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.globalCompositeOperation = "source-over";
    beams = beams.filter(({ age }) => age < 0.4);
  }

  function drawCursor(context, cell, grabbed) {
    const [x, y] = at(cell);
    context.strokeStyle = grabbed ? "#ffd45e" : "#ffffff";
    context.lineWidth = 4;
    context.beginPath();
    context.roundRect(x - size / 2 + 2, y - size / 2 + 2, size - 4, size - 4, 10);
    context.stroke();
  }
}
