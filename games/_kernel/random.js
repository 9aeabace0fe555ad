/**
 * The generator of chance for rules: sfc32, thirty-two-bit integers only, so that every engine draws the same.
 * Its state is a plain array, so that a game's state can be copied and compared.
 * @param {string} seed 32 hexadecimal digits, from the server
 */
export function generator(seed) {
  const words = [0, 8, 16, 24].map((at) => parseInt(seed.slice(at, at + 8), 16) | 0);
  for (let round = 0; round < 12; round++) next(words);
  return words;
}

/** A whole number from 0 up to, and without, `below`; moves `words` on. */
export function draw(words, below) {
  return next(words) % below;
}

// Read one by one, since taking an array apart walks an iterator, and rules draw in hundreds of ticks.
function next(words) {
  const a = words[0];
  const b = words[1];
  const c = words[2];
  const counter = words[3];
  const sum = (((a + b) | 0) + counter) | 0;
  words[3] = (counter + 1) | 0;
  words[0] = b ^ (b >>> 9);
  words[1] = (c + (c << 3)) | 0;
  words[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
  return sum >>> 0;
}
