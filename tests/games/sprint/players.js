// Scripted runners for the sprint, loaded beside the built rules: they watch the state as a person watches the
// page and press with a person's scatter. Their chance comes from a seed, so every run is the same.

/** Each skill: reaction to the gun, usual lateness and scatter of a press (ticks), and share of wrong feet (per mille). */
const SKILL = {
  beginner: { reaction: 19, scatter: 2.7, lateness: 2.5, wrong: 30 },
  regular: { reaction: 15, scatter: 1.8, lateness: 2, wrong: 10 },
  expert: { reaction: 11, scatter: 1.0, lateness: 1, wrong: 2 },
  machine: { reaction: 7, scatter: 0, lateness: 0, wrong: 0 },
};

function playRace(question) {
  const { config, seed, skill, luck } = JSON.parse(question);
  const chance = mulberry(luck);
  const events = [];
  const round = new Round(rules, config, seed);
  const press = skill === "masher" ? mash(round) : keepBeat(round, SKILL[skill], chance);
  while (!round.over) {
    const action = press();
    if (action) events.push([round.tick, action]);
    round.step(action ? [[action]] : []);
  }
  return JSON.stringify({ ticks: round.tick, events, ...round.score(), state: round.state });
}

/** Alternates the feet as fast as fingers go, deaf to the beat. */
function mash(round) {
  let foot = "left";
  return () => {
    if (round.tick < round.state.gun + 12 || round.tick % 6) return null;
    foot = foot === "left" ? "right" : "left";
    return foot;
  };
}

/** Waits for each beat and presses near it. */
function keepBeat(round, { reaction, scatter, lateness, wrong }, chance) {
  let aimedAt = null;
  let pressAt = -1;
  return () => {
    const { state } = round;
    if (state.phase === "marks" || state.phase === "set") return null;
    if (state.beat < 0) {
      if (pressAt < 0) pressAt = state.gun + Math.max(7, Math.round(reaction + chance.normal() * scatter));
    } else if (aimedAt !== state.beat) {
      aimedAt = state.beat;
      pressAt = Math.max(round.tick, Math.round(state.beat + lateness + chance.normal() * scatter));
    }
    if (round.tick !== pressAt) return null;
    const other = state.foot === "left" ? "right" : "left";
    return chance.below(1000) < wrong ? other : state.foot;
  };
}

function mulberry(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  // The sum of twelve draws is normal enough, and needs no logarithm.
  const normal = () => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6);
  return { below: (limit) => Math.floor(next() * limit), normal };
}
