// How a course is set: gates from chance, closer and further off the line the harder it is, ice where many have braked.
import { draw } from "@kernel/random.js";

/** One metre in 1/60 mm, the unit of all ways. */
export const METRE = 60000;
export const DECIMETRE = 6000;

/**
 * Ways in decimetres: `gate` is how wide, `half` from the middle of the slope to its net, gates are `apart` and by `more`,
 * and lie `aside` and by `further` off the middle. `grip` is the greatest product of edge and speed that holds.
 */
const DIFFICULTY = {
  easy: level({ gates: 20, gate: 70, apart: 210, more: 50, aside: 40, further: 15, grip: 11600, steep: 280, ice: 1 }),
  normal: level({ gates: 24, gate: 56, apart: 180, more: 50, aside: 31, further: 24, grip: 11200, steep: 315, ice: 3 }),
  hard: level({ gates: 28, gate: 46, apart: 155, more: 50, aside: 26, further: 27, grip: 11200, steep: 350, ice: 5 }),
};

/** The same with all ways in 1/60 mm. */
function level({ gate, apart, more, aside, further, ...rest }) {
  return {
    gate: gate * DECIMETRE,
    apart: apart * DECIMETRE,
    more: more * DECIMETRE,
    aside: aside * DECIMETRE,
    further: further * DECIMETRE,
    half: 13 * METRE,
    ...rest,
  };
}

const FIRST_GATE = 26 * METRE;
const RUN_OUT = 24 * METRE;

/** Hundredths of the gates and the ice, for each length; somewhere there is always ice. */
const LENGTH = { short: 50, usual: 100, long: 125 };

/** What `config` asks for: a difficulty over a length. */
export function levelOf({ difficulty, length }) {
  const usual = DIFFICULTY[difficulty];
  const part = LENGTH[length];
  return { ...usual, gates: div(usual.gates * part, 100), ice: Math.max(div(usual.ice * part, 100), 1) };
}

/** Gates, patches of ice and the finish. */
export function setCourse(chance, level) {
  const gates = [];
  let y = FIRST_GATE;
  let side = draw(chance, 2) ? 1 : -1;
  for (let n = 0; n < level.gates; n++) {
    gates.push({ x: side * (level.aside + draw(chance, level.further)), y, turn: -side });
    y += level.apart + draw(chance, level.more);
    // Now and then two gates lie on one side, so that nobody skis by rote; the way between them is longer.
    if (n > 2 && draw(chance, 7) === 0) y += div(level.apart, 4);
    else side = -side;
  }
  return { gates, ice: layIce(chance, level, gates), finish: gates.at(-1).y + RUN_OUT };
}

function layIce(chance, level, gates) {
  const ice = [];
  const each = div(gates.length - 4, level.ice);
  for (let n = 0; n < level.ice; n++) {
    const { y } = gates[3 + n * each + draw(chance, each)];
    ice.push([y - 8 * METRE, y + 6 * METRE]);
  }
  return ice;
}

/** Thousandths of steepness: the slope rolls, steeper and flatter every hundred metres. */
export function steepnessAt({ steep }, y) {
  const at = div(y, METRE) % 100;
  const roll = Math.abs(at - 50);
  return steep + roll * 2 - 50;
}

function div(a, b) {
  return Math.trunc(a / b);
}
