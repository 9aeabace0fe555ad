// How much of the cover is rubbed away, counted in small squares: reading the picture's pixels would take too long.

/** A cover of `columns` by `rows` squares, all of them whole. */
export function createWiped(columns, rows) {
  const gone = new Uint8Array(columns * rows);
  let count = 0;

  return {
    /** A stroke from one point to another; all in squares. Those whose middle it passes over are gone. */
    wipe(x0, y0, x1, y1, radius) {
      const left = Math.max(Math.floor(Math.min(x0, x1) - radius), 0);
      const right = Math.min(Math.ceil(Math.max(x0, x1) + radius), columns);
      const top = Math.max(Math.floor(Math.min(y0, y1) - radius), 0);
      const bottom = Math.min(Math.ceil(Math.max(y0, y1) + radius), rows);
      const [dx, dy] = [x1 - x0, y1 - y0];
      const long = dx * dx + dy * dy;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const [x, y] = [column + 0.5 - x0, row + 0.5 - y0];
          const along = long ? Math.min(Math.max((x * dx + y * dy) / long, 0), 1) : 0;
          const [offX, offY] = [x - along * dx, y - along * dy];
          const square = row * columns + column;
          if (gone[square] || offX * offX + offY * offY > radius * radius) continue;
          gone[square] = 1;
          count += 1;
        }
      }
    },
    /** From 0 to 1. */
    share() {
      return count / gone.length;
    },
  };
}
