// Scripted jumpers: they wait for wind, spring near the lip, hold the lean that they see late, and feel for the snow.
import { normal } from "@kernel/players.js";
import { bestLean, FLYING, groundAt, headwindAt, INRUN, isGreen, leanAt, TELEMARK } from "./rules.js";

export const players = {
  beginner: (dice) => jumper(dice, { spring: 5, early: 1, late: 18, sure: 0.5, foresight: 0, hand: 60, every: 14, telemark: 12, wind: -99 }),
  expert: (dice) => jumper(dice, { spring: 1.5, early: 1.5, late: 10, sure: 1, foresight: 1.8, hand: 25, every: 5, telemark: 4, wind: 0.4 }),
  machine,
};

/** Springs at the lip, holds the lean against each gust as it comes, and lands in the middle of the telemark's time. */
function machine(dice) {
  const jump = jumper(dice, { spring: 0, early: 1, late: 1, sure: 1, foresight: 0, hand: 0, every: 1, telemark: 0, wind: 0.4 });
  return (state) =>
    jump(state).map(([what, lean]) => {
      if (what !== "lean") return [what];
      // The body follows the wish by a sixth of the way.
      const wish = lean + 5 * (lean - state.body / 16);
      return [what, Math.max(0, Math.min(1000, Math.round(wish)))];
    });
}

/**
 * `spring` and `telemark` are the scatter of those two moments in ticks, `late` how long after it is there a lean is
 * seen, `sure` which part of its push is met and `foresight` how much of its trend, with a `hand` that scatters by so
 * many units; `every` is how many ticks lie between two corrections; `wind` is the part of
 * the hill's wind that one waits for at the gate.
 */
function jumper(dice, { spring, early, late, sure, foresight, hand, every, telemark, wind }) {
  let jump = -1;
  let springOff = 0;
  let telemarkOff = 0;
  let wish = FLYING;
  let seen = [];
  let held = false;
  let next = 0; // when the lean is corrected again

  return (state) => {
    if (jump !== state.jump) {
      jump = state.jump;
      springOff = Math.round(normal(dice) * spring - early);
      telemarkOff = Math.round(normal(dice) * telemark);
      wish = FLYING;
      seen = [];
      held = false;
      next = every;
    }
    if (state.phase === "gate") {
      const waited = state.tick - state.since;
      if (!isGreen(state) || waited < 60 + late) return [];
      if (headwindAt(state) < wind * state.hill.wind && waited < 270) return [];
      held = true;
      return [["hold"]];
    }
    if (state.phase === "inrun" && held && (INRUN - state.way) / state.speed <= -springOff) return letGo();
    if (state.phase !== "flight") return [];
    if (state.spring < 0 && held) return state.tick - state.lipTick >= springOff ? letGo() : [];
    if (state.telemarkAt >= 0) return [];
    if (!held && state.flown === 4) {
      held = true;
      return [["hold"], ["lean", wish]];
    }
    if (held && ticksToSnow(state) <= (TELEMARK.from + TELEMARK.to) / 2 + telemarkOff) return letGo();
    // What the wind does to the lean, beyond what the own finger does.
    seen.push(leanAt(state) - state.body / 16);
    if (!held || state.flown < next) return [];
    next = state.flown + Math.max(1, Math.round(every + normal(dice) * every * 0.2));
    const push = seen[Math.max(seen.length - late, 0)];
    const trend = push - seen[Math.max(seen.length - late - 6, 0)];
    wish = bestLean(state) - push * sure - trend * foresight + normal(dice) * hand;
    return [["lean", Math.max(0, Math.min(1000, Math.round(wish)))]];
  };

  function letGo() {
    held = false;
    return [["release"]];
  }
}

/** As one sees the snow come nearer. */
function ticksToSnow({ hill, x, y, vx, vy }) {
  for (let ticks = 1; ticks < 80; ticks++) {
    if (y + (vy + 60 * ticks) * ticks >= groundAt(hill, x + vx * ticks)) return ticks;
  }
  return 80;
}
