// The board of the other one, so small that one sees it from the corner of the eye: colours, what goes, and cascades.
import { ICE } from "../../_art/ghost.js";
import { outlined } from "../../_art/words.js";
import { CELLS, COLUMNS, EMPTY, kindOf, LIGHTS, ROWS, specialOf } from "../board.js";

const CELL = 6;
const EDGE = 3;
const CASCADE = { size: 21, colour: "#a8f0d0" };

/** @param {(kind: number) => string} colourOf */
export function createSmallBoard(colourOf) {
  const [wide, high] = [COLUMNS * CELL + EDGE * 2, ROWS * CELL + EDGE * 2];
  const times = Array.from({ length: 20 }, (_, cascade) => `×${cascade + 1}`);

  return {
    wide,
    high,
    draw(context, { cells, phase, gone, cascade }, x, y) {
      context.fillStyle = "rgb(6 14 40 / 62%)";
      context.strokeStyle = ICE;
      context.lineWidth = 1.5;
      context.beginPath();
      context.roundRect(x, y, wide, high, 5);
      context.fill();
      context.stroke();
      for (let cell = 0; cell < CELLS; cell++) {
        const piece = cells[cell];
        if (piece === EMPTY) continue;
        context.fillStyle = specialOf(piece) === LIGHTS ? "#ffffff" : colourOf(kindOf(piece));
        square(context, cell, x, y);
      }
      if (phase === "clear") {
        context.fillStyle = "#ffffff";
        for (let n = 0; n < gone.length; n++) square(context, gone[n], x, y);
      }
      if (cascade > 0 && phase !== "idle") outlined(context, times[Math.min(cascade, 19)], x + wide / 2, y + high / 2, CASCADE);
    },
  };
}

function square(context, cell, x, y) {
  const [column, row] = [cell % COLUMNS, Math.floor(cell / COLUMNS)];
  context.fillRect(x + EDGE + column * CELL + 0.5, y + EDGE + row * CELL + 0.5, CELL - 1, CELL - 1);
}
