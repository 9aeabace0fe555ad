// A page whose time is in somebody's hand: it stands still, goes on frame by frame, or runs sixteen times as fast.
// The playground and the tests load it before a game's own script; members never get it.
const FRAME = 1000 / 60;
const LONGEST = 100; // milliseconds of real time that one step makes up for after a stall
const real = {
  now: performance.now.bind(performance),
  requestAnimationFrame: requestAnimationFrame.bind(window),
  setTimeout: setTimeout.bind(window),
};

let now = real.now();
let serial = 0;
let frames = new Map(); // callbacks for the next frame, by handle
const timers = new Map(); // { due, every, call } by handle

function advance(milliseconds) {
  const until = now + milliseconds;
  for (let next = earliest(until); next; next = earliest(until)) {
    const [handle, timer] = next;
    now = Math.max(now, timer.due);
    if (timer.every === null) timers.delete(handle);
    else timer.due = now + Math.max(timer.every, 1);
    timer.call();
  }
  now = until;
  const due = frames;
  frames = new Map();
  for (const call of due.values()) call(now);
}

function earliest(until) {
  let found = null;
  for (const entry of timers) if (entry[1].due <= until && (!found || entry[1].due < found[1].due)) found = entry;
  return found;
}

function wait(call, milliseconds, every, values) {
  serial += 1;
  timers.set(serial, { due: now + (Number(milliseconds) || 0), every, call: () => call(...values) });
  return serial;
}

performance.now = () => now;
window.requestAnimationFrame = (call) => (frames.set((serial += 1), call), serial);
window.cancelAnimationFrame = (handle) => void frames.delete(handle);
window.setTimeout = (call, milliseconds, ...values) => wait(call, milliseconds, null, values);
window.setInterval = (call, milliseconds, ...values) => wait(call, milliseconds, Number(milliseconds) || 0, values);
window.clearTimeout = window.clearInterval = (handle) => void timers.delete(handle);
Object.defineProperty(Event.prototype, "timeStamp", { get: () => now });

window.clock = {
  /** How many milliseconds pass in each of ours; 0 stands still. */
  pace: 1,
  /** Lets so much time pass at once, with one frame at its end. */
  advance,
  /** Lets so many frames pass, each a sixtieth of a second. */
  step(count) {
    for (let left = count; left > 0; left--) advance(FRAME);
  },
  /** A moment of real time, in which answers arrive. */
  breathe: (milliseconds = 0) => new Promise((go) => real.setTimeout(go, milliseconds)),
};

let before = real.now();
real.requestAnimationFrame(function follow() {
  real.requestAnimationFrame(follow);
  const passed = Math.min(real.now() - before, LONGEST) * window.clock.pace;
  before = real.now();
  for (const animation of document.getAnimations()) animation.playbackRate = window.clock.pace;
  if (passed === 0) return;
  // Up to four steps a frame the picture keeps its sharpness; beyond that, fewer frames must do.
  const steps = Math.min(Math.max(Math.round(window.clock.pace), 1), 4);
  for (let step = 0; step < steps; step++) advance(passed / steps);
});
