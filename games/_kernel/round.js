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
      actions.push(events[this.at].slice(1));
      this.at += 1;
    }
    return actions;
  }
}

/**
 * The whole recording at once. `end` says whether the round was over exactly when the recording ended ("right"),
 * sooner ("early") or not at all ("never"); only the first can have been played.
 */
export function replay(rules, { config, seed, ticks, events }) {
  const round = new Round(rules, config, seed);
  const playback = new Playback(events);
  while (round.tick < ticks && !round.over) round.step(playback.take(round.tick));
  const end = !round.over ? "never" : round.tick < ticks ? "early" : "right";
  return { end, ticks: round.tick, ...round.score(), flags: round.flags() };
}
