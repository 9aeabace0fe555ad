/**
 * One round of a game of skill, stepped tick by tick. The phone plays with it, the server replays with it, and
 * whoever watches a recording or races against one steps a second round beside the first.
 *
 * @typedef {[number, string, ...number[]]} Event tick, action, values
 */
export class Round {
  constructor(rules, config, seed) {
    this.rules = rules;
    this.state = rules.init(config, seed);
    this.tick = 0;
  }

  get over() {
    return this.rules.over(this.state);
  }

  /** Lets one tick pass, in which `actions` happened: an array of [action, ...values]. */
  step(actions) {
    this.rules.step(this.state, actions);
    this.tick += 1;
  }

  score() {
    return this.rules.score(this.state);
  }

  /** What deserves a second look before this score is celebrated. */
  flags() {
    return this.rules.flags?.(this.state) ?? [];
  }
}

/** A round that remembers what was done in it, as the events of a recording, and what it began with. */
export class RecordedRound extends Round {
  constructor(rules, config, seed) {
    super(rules, config, seed);
    Object.assign(this, { config, seed, events: [] });
  }

  step(actions) {
    for (const action of actions) this.events.push([this.tick, ...action]);
    super.step(actions);
  }
}

const NOTHING = [];

/** What an event did, without its tick; written out, since the server's engine is slow to cut arrays. */
function actionIn(event) {
  if (event.length === 2) return [event[1]];
  if (event.length === 3) return [event[1], event[2]];
  return event.slice(1);
}

/** Hands out the events of a recording tick by tick, in order. */
export class Playback {
  constructor(events) {
    this.events = events;
    this.at = 0;
  }

  take(tick) {
    const { events } = this;
    // Most ticks bring nothing, and the server pays for each of them.
    if (this.at === events.length || events[this.at][0] !== tick) return NOTHING;
    const actions = [];
    while (this.at < events.length && events[this.at][0] === tick) {
      actions.push(actionIn(events[this.at]));
      this.at += 1;
    }
    return actions;
  }
}

/**
 * The whole recording at once. `end` says whether the round was over exactly when the recording ended ("right"),
 * sooner ("early") or not at all ("never"); only the first can have been played.
 *
 * The server pays for each of some thousand ticks, so that they are stepped here without a Round around them, and what
 * the rules export is taken out once: a bundled module's members are getters.
 */
export function replay(rules, { config, seed, ticks, events }) {
  const { init, over, advance = stepping(rules) } = rules;
  const state = init(config, seed);
  const count = events.length;
  let at = 0;
  let tick = 0;
  while (tick < ticks && !over(state)) {
    let actions = NOTHING;
    if (at < count && events[at][0] === tick) {
      actions = [];
      for (; at < count && events[at][0] === tick; at++) actions.push(actionIn(events[at]));
    }
    tick += advance(state, actions, (at < count ? events[at][0] : ticks) - tick);
  }
  const end = !over(state) ? "never" : tick < ticks ? "early" : "right";
  return { end, ticks: tick, ...rules.score(state), flags: rules.flags?.(state) ?? [] };
}

/** How the ticks up to the next input pass where the rules have no `advance` of their own: one after the other. */
function stepping({ step, over }) {
  return (state, actions, ticks) => {
    step(state, actions);
    let passed = 1;
    for (; passed < ticks && !over(state); passed++) step(state, NOTHING);
    return passed;
  };
}
