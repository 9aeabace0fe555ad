// Scripted skiers: they look for the next gate, edge towards a line by it, and feel late that the edge breaks away.
import { normal } from "@kernel/players.js";
import { METRE } from "./rules.js";

export const players = {
  beginner: (dice) => skier(dice, { late: 15, line: 0.5, scatter: 1, feathers: false, ahead: 4 }),
  expert: (dice) => skier(dice, { late: 9, line: 0.16, scatter: 0.25, feathers: true, ahead: 8 }),
  machine: (dice) => skier(dice, { late: 1, line: 0.16, scatter: 0, feathers: true, ahead: 8 }),
};

/**
 * `late` is in ticks; `line` is where between the inner pole (0) and the outer (1) one wants to pass, `scatter` in
 * metres; whoever `feathers` eases an edge that slips; `ahead` is how many more ticks one looks ahead.
 */
function skier(dice, { late, line, scatter, feathers, ahead }) {
  let gate = -1;
  let off = 0;
  let wish = 0;
  let changed = 0;
  let seen = [];

  return (state) => {
    if (state.phase !== "run") return [];
    if (state.gate !== gate) {
      gate = state.gate;
      off = normal(dice) * scatter * METRE;
    }
    seen.push({ x: state.x, y: state.y, heading: state.heading, slip: state.slip, edge: state.edge, speed: state.speed });
    const then = seen[Math.max(seen.length - late, 0)];
    const wanted = steer(state, then);
    if (wanted === wish || state.tick < changed + 5) return [];
    wish = wanted;
    changed = state.tick;
    return [["edge", wish]];
  };

  /** Towards the curve that leads from one gate to the next, turning most where it passes them. */
  function steer(state, then) {
    const sight = then.y + (then.speed * (late + ahead));
    const [x, slope] = curveAt(state, sight);
    const needed = Math.atan(slope + (x - then.x - Math.tan(angle(then.heading)) * (sight - then.y)) / (14 * METRE));
    const will = angle(then.heading + (then.edge * Math.abs(then.edge) * 8.4) / 220 + then.edge * 0.84 * late * 0.6);
    if (feathers && then.slip > 4) return 0;
    return Math.abs(needed - will) < 0.05 ? 0 : Math.sign(needed - will);
  }

  function curveAt({ gates, level }, y) {
    let n = 0;
    while (n < gates.length && gates[n].y < y) n += 1;
    const point = (gate) => (gate ? gate.x + gate.turn * (0.5 - line) * level.gate + off : 0);
    const [from, to] = [gates[n - 1], gates[n]];
    const [fromY, toY] = [from ? from.y : 0, to ? to.y : y + 30 * METRE];
    const part = ((y - fromY) / (toY - fromY)) * Math.PI;
    const rise = (point(to) - point(from)) / 2;
    return [point(from) + rise * (1 - Math.cos(part)), (rise * Math.sin(part) * Math.PI) / (toY - fromY)];
  }
}

/** A heading of the rules as an angle. */
function angle(heading) {
  return (heading / 16 / 1024) * Math.PI * 2;
}
