// The places around the edge of a square board, clockwise from its top left corner.

/** @returns {[number, number][]} column and row of each place; `side` places make one side of the board */
export function ring(side) {
  const last = side - 1;
  const steps = Array.from({ length: last }, (_, n) => n);
  return [
    ...steps.map((n) => [n, 0]),
    ...steps.map((n) => [last, n]),
    ...steps.map((n) => [last - n, last]),
    ...steps.map((n) => [0, last - n]),
  ];
}

/** Eight prizes stand around a board of three by three; more need the twelve places around four by four. */
export function sideFor(prizes) {
  return prizes > 8 ? 4 : 3;
}
