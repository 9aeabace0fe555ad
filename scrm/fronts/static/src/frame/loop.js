// The clock of a game of skill: sixty ticks a second whatever the screen does, with each input at its own tick.
const TICK = 1000 / 60;
// After a longer stall (a call, a stuck phone) the game goes on from where it stood instead of racing after the time.
export const MOST_TICKS_BEHIND = 30;
// More the server does not believe of ten fingers; what was pressed beyond that in a stall comes a tick later.
const MOST_AT_ONCE = 8;

/**
 * @param {object} round anything with `tick` and `over`
 * @param {(actions: [string, ...number[]][], behind: number) => void} step lets one tick pass, so many before the present
 * @param {(between: number) => void} draw shows the state, `between` (0 to 1) on the way to the next tick
 * @param {boolean} waits whether the game stands still while the phone is stuck; in a duel nobody waits
 */
export function createLoop({ round, step, draw, onOver, waits = true }) {
  let origin = 0; // when tick 0 was, on the clock of the page
  let handle = 0;
  let spent = 0; // milliseconds in which it ran, on the phone's calendar: what counts is seen by others' clocks too
  let since = 0;
  let waiting = []; // inputs whose tick has not come yet: [tick, action, ...values]

  function frame(now) {
    handle = requestAnimationFrame(frame);
    const behind = Math.floor((now - origin) / TICK) - round.tick;
    if (waits && behind > MOST_TICKS_BEHIND) skip(behind);
    const last = Math.floor((now - origin) / TICK);
    while (round.tick < last && !round.over) step(take(round.tick), last - round.tick);
    if (round.over) {
      stop();
      return onOver();
    }
    draw(Math.min(Math.max((now - origin) / TICK - round.tick, 0), 1));
  }

  /** So many ticks are no part of the round. What was pressed in them comes in the next one. */
  function skip(ticks) {
    origin += ticks * TICK;
    for (const input of waiting) input[0] = Math.max(input[0] - ticks, round.tick);
  }

  function take(tick) {
    const actions = [];
    while (waiting.length && waiting[0][0] <= tick && actions.length < MOST_AT_ONCE) actions.push(waiting.shift().slice(1));
    return actions;
  }

  function stop() {
    if (handle) spent += Date.now() - since;
    cancelAnimationFrame(handle);
    handle = 0;
  }

  return {
    get running() {
      return handle !== 0;
    },
    get spent() {
      return spent;
    },
    /** Starts, or goes on after a stop with no time lost; `began` is when tick 0 was, if others know it too. */
    start(began = performance.now() - round.tick * TICK) {
      origin = began;
      since = Date.now();
      handle = requestAnimationFrame(frame);
    },
    stop,
    /** An input that happened at `time` of the page's clock: on a slow phone often before the frame that sees it. */
    input(time, action) {
      const tick = Math.max(round.tick, Math.floor((time - origin) / TICK), waiting.at(-1)?.[0] ?? 0);
      waiting.push([tick, ...action]);
    },
  };
}
