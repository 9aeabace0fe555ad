// The board of three in a row as the rules see it: what is alike, what goes off, and what can be done. A piece is its
// kind and eight times what is special about it.
export const COLUMNS = 7;
export const ROWS = 8;
export const CELLS = COLUMNS * ROWS;
export const EMPTY = -1;

/** Nothing; a comet along the row or the column; a snowball that takes what is around it; the northern lights. */
export const [PLAIN, ROW, COLUMN, BURST, LIGHTS] = [0, 1, 2, 3, 4];

export function kindOf(piece) {
  return piece & 7;
}

export function specialOf(piece) {
  return piece >> 3;
}

/** The kind that can stand in a run; the northern lights cannot. */
function alike(a, b) {
  return (a & 7) === (b & 7) && (a & 7) < 6;
}

/** Whether the piece in a cell, with those to its left and above it, makes three. */
export function fits(cells, cell) {
  const piece = cells[cell];
  const column = cell % COLUMNS;
  if (column > 1 && alike(cells[cell - 1], piece) && alike(cells[cell - 2], piece)) return true;
  return cell >= 2 * COLUMNS && alike(cells[cell - COLUMNS], piece) && alike(cells[cell - 2 * COLUMNS], piece);
}

/** Every run of three and more: [first cell, step to the next, length]; the longest first. */
export function findRuns(cells) {
  const runs = [];
  for (let row = 0; row < ROWS; row++) scan(cells, row * COLUMNS, 1, COLUMNS, runs);
  for (let column = 0; column < COLUMNS; column++) scan(cells, column, COLUMNS, ROWS, runs);
  return sorted(runs);
}

/** The same on a board that had none before two neighbours changed places: only where they are can there be one. */
export function findRunsThrough(cells, one, other) {
  const runs = [];
  scanRow(cells, one, runs);
  scanColumn(cells, one, runs);
  if (one % COLUMNS === other % COLUMNS) scanRow(cells, other, runs);
  else scanColumn(cells, other, runs);
  return sorted(runs);
}

function scanRow(cells, cell, runs) {
  scan(cells, cell - (cell % COLUMNS), 1, COLUMNS, runs);
}

function scanColumn(cells, cell, runs) {
  scan(cells, cell % COLUMNS, COLUMNS, ROWS, runs);
}

function sorted(runs) {
  return runs.length > 1 ? runs.sort((a, b) => b[2] - a[2] || a[0] - b[0] || a[1] - b[1]) : runs;
}

function scan(cells, from, by, count, runs) {
  const end = from + by * count;
  let length = 1;
  let kind = cells[from] & 7;
  for (let cell = from + by; cell !== end; cell += by) {
    const here = cells[cell] & 7;
    if (here === kind) {
      length += 1;
      continue;
    }
    if (length > 2 && kind < 6) runs.push([cell - by * length, by, length]);
    length = 1;
    kind = here;
  }
  if (length > 2 && kind < 6) runs.push([end - by * length, by, length]);
}

/** A swap that makes something, [cell, way], or null; looks from `from` on, so that not always the same is found. */
export function findMove(cells, from = 0) {
  for (let n = 0; n < CELLS; n++) {
    const cell = (from + n) % CELLS;
    if (cell % COLUMNS < COLUMNS - 1 && makes(cells, cell, cell + 1)) return [cell, 1];
    if (cell < CELLS - COLUMNS && makes(cells, cell, cell + COLUMNS)) return [cell, 2];
  }
  return null;
}

/** Whether two neighbours that change places make three, or strike something special. */
export function makes(cells, one, other) {
  const [a, b] = [cells[one], cells[other]];
  if (a >> 3 === LIGHTS || b >> 3 === LIGHTS || (a >> 3 && b >> 3)) return true;
  if ((a & 7) === (b & 7)) return false;
  return reaches(cells, one, b, other) || reaches(cells, other, a, one);
}

/** Whether `piece`, put into a cell, stands in a run there, if the cell `without` has nothing of it. */
function reaches(cells, cell, piece, without) {
  const kind = piece & 7;
  if (kind > 5) return false;
  const column = cell % COLUMNS;
  let across = 1;
  for (let at = cell - 1, left = column; left > 0 && at !== without && (cells[at] & 7) === kind; at--, left--)
    across += 1;
  for (
    let at = cell + 1, left = COLUMNS - 1 - column;
    left > 0 && at !== without && (cells[at] & 7) === kind;
    at++, left--
  )
    across += 1;
  if (across > 2) return true;
  let down = 1;
  for (let at = cell - COLUMNS; at >= 0 && at !== without && (cells[at] & 7) === kind; at -= COLUMNS) down += 1;
  for (let at = cell + COLUMNS; at < CELLS && at !== without && (cells[at] & 7) === kind; at += COLUMNS) down += 1;
  return down > 2;
}

/** All cells that go when some are struck, each once, with what goes off: [cell, what is special]. */
export function blast(cells, struck) {
  const gone = [];
  const hit = [];
  const blasts = [];
  const queue = [...struck];
  while (queue.length) {
    const cell = queue.pop();
    if (hit[cell] || cells[cell] === EMPTY) continue;
    hit[cell] = true;
    gone.push(cell);
    const special = specialOf(cells[cell]);
    if (special === PLAIN) continue;
    blasts.push([cell, special]);
    reach(cells, cell, special, queue);
  }
  return { gone, blasts };
}

function reach(cells, cell, special, queue) {
  const [column, row] = [cell % COLUMNS, Math.trunc(cell / COLUMNS)];
  if (special === ROW) for (let n = 0; n < COLUMNS; n++) queue.push(row * COLUMNS + n);
  if (special === COLUMN) for (let n = 0; n < ROWS; n++) queue.push(n * COLUMNS + column);
  if (special === BURST) {
    for (let y = Math.max(row - 2, 0); y <= Math.min(row + 2, ROWS - 1); y++) {
      for (let x = Math.max(column - 2, 0); x <= Math.min(column + 2, COLUMNS - 1); x++) {
        if (Math.abs(x - column) + Math.abs(y - row) < 3) queue.push(y * COLUMNS + x);
      }
    }
  }
  if (special !== LIGHTS) return;
  const kind = commonest(cells);
  for (let other = 0; other < CELLS; other++) if ((cells[other] & 7) === kind) queue.push(other);
}

function commonest(cells) {
  const count = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let cell = 0; cell < CELLS; cell++) count[cells[cell] & 7] += 1;
  let best = 0;
  for (let kind = 1; kind < 6; kind++) if (count[kind] > count[best]) best = kind;
  return best;
}
