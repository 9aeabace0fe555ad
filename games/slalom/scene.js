// The slalom as one sees, hears and feels it.
import * as rules from "./rules.js";
import { GHOSTLY } from "../_art/ghost.js";
import { drawCall, filled } from "../_art/hud.js";
import { clamp } from "../_art/paint.js";
import { createShake } from "../_art/shake.js";
import { createSnowfall } from "../_art/snowfall.js";
import { createSparks, glowSprite, starSprite } from "../_art/sparks.js";
import { createBoard } from "./art/board.js";
import { drawFinish, drawGate } from "./art/gates.js";
import { drawHero, drawTrail } from "./art/hero.js";
import { goodTicks } from "./art/pace.js";
import { createPiste } from "./art/piste.js";
import { SOUNDS } from "./art/sounds.js";
import { createView, FARTHEST } from "./art/view.js";

export { rules };

const { METRE } = rules;
const TRAIL = 46; // points
const TURN = (Math.PI * 2) / 1024 / 16; // radians of one unit of heading

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts } = frame;
  const shake = createShake(frame.calm);
  const sparks = createSparks(frame.calm);
  const fingers = new Map(); // which side each finger holds, in the order of touching
  let set = null;
  let state = null;
  let seen = null;
  let trail = [];
  let standing = null; // what stands on the slope of this round, from far to near
  let passed = []; // how each gate was passed: { what, at }
  let split = null; // { ticks, at }
  let before = 0;
  let edge = 0; // as it looks, a little behind the rules
  let tuck = 0;

  function resize(width, height) {
    const view = createView(width, height);
    set = {
      width,
      height,
      view,
      piste: createPiste(width, height, theme, view.horizon),
      board: createBoard(width, height, theme, texts),
      snow: createSnowfall(width, height, { calm: frame.calm, count: 60 }),
      spray: [glowSprite("#ffffff")],
      stars: ["#ffe27a", "#8ff0c4"].map(starSprite),
    };
    standing = null;
  }

  function draw(context, round, between, mode, rival) {
    if (round.state !== state) [state, trail, passed, split, seen, standing] = [round.state, [], [], null, null, null];
    const now = performance.now() / 1000;
    const seconds = clamp(now - before, 0, 0.1);
    before = now;
    const skier = look(mode === "after" ? between / 1000 : between / 60);
    follow(skier, seconds);
    notice(skier, now);
    move(skier, seconds);
    context.save();
    shake.apply(context, seconds);
    drawWorld(context, skier, frame.calm ? 0 : now, rival);
    context.restore();
    sparks.draw(context);
    set.snow.draw(context);
    drawWords(context, mode, now);
    sparks.drawWords(context, set.width);
  }

  /** Where the skier is `after` seconds, in metres; behind the line the run slows down. */
  function look(after) {
    const out = state.phase === "done" ? Math.min(after, 2.4) : after;
    const way = state.phase === "run" ? out : state.phase === "done" ? out - (out * out) / 4.8 : 0;
    const heading = state.heading * TURN;
    const speed = state.speed / 1000;
    return { x: state.x / METRE + speed * way * Math.sin(heading), y: state.y / METRE + speed * way * Math.cos(heading), heading, speed: state.phase === "done" ? speed * (1 - out / 2.4) : speed };
  }

  function follow({ x, y, speed }, seconds) {
    const { view } = set;
    const goal = x * 0.86;
    view.x = Math.abs(view.x - goal) > 12 ? goal : view.x + (goal - view.x) * Math.min(seconds * 7, 1);
    view.y = y - view.behind - clamp(speed / 16, 0, 1) * 1.1;
  }

  function move({ x, y, speed }, seconds) {
    edge += (state.edge / rules.FULL_EDGE - edge) * Math.min(seconds * 14, 1);
    tuck += ((rules.isTucked(state) ? 1 : 0) - tuck) * Math.min(seconds * 5, 1);
    const slip = clamp(state.slip / 40, 0, 1);
    if (state.phase !== "ready" && (!trail.length || y - trail.at(-1)[1] > 0.35)) trail.push([x, y, slip]);
    if (trail.length > TRAIL) trail.shift();
    set.snow.move(seconds, -state.edge * 0.6, speed * 26);
    sparks.move(seconds);
  }

  function notice(skier, now) {
    if (!state.news || state.news === seen) return;
    seen = state.news;
    const [what, , gate] = seen;
    const place = set.view.place(skier.x, skier.y);
    if (what === "net") {
      shake.hit(11);
      sparks.burst(place.x, place.y - 20, 40, set.spray, { power: 260, size: 10 });
      sparks.say(place.x, place.y - 90, texts.net, { size: 24, colour: "#ff8f7d" });
    }
    if (what !== "kiss" && what !== "missed" && what !== "passed") return;
    passed[gate] = { what, at: now };
    if (gate % 4 === 3 || gate === state.gates.length - 1) {
      split = { ticks: state.splits[gate] - goodTicks(frame.config, state.gates[gate].y, state.finish), at: now };
    }
    if (what === "kiss") {
      const side = state.gates[gate].turn;
      sparks.burst(place.x + side * 34, place.y - 40, 16, set.stars, { power: 220, size: 8, life: 0.6 });
      sparks.say(place.x, place.y - 100, state.flow > 1 ? filled(texts.flow, { count: state.flow }) : texts.kiss, { size: 21 + state.flow * 1.5, colour: state.flow > 2 ? "#ffe27a" : "#8ff0c4", life: 0.75 });
    }
    if (what === "missed") {
      shake.hit(5);
      sparks.say(set.width / 2, set.height * 0.42, texts.missed, { size: 28, colour: "#ff8f7d", life: 1.1 });
    }
  }

  function drawWorld(context, skier, time, rival) {
    const { view, piste } = set;
    const half = state.level.half / METRE;
    piste.drawGround(context, view, half);
    for (const [from, to] of state.ice) piste.drawIce(context, view, half, [from / METRE, to / METRE]);
    drawTrail(context, view, trail, skier);
    standing ??= setUp();
    let rivalsPlace = rival ? rival.state.y / METRE : NaN;
    let skiersPlace = skier.y;
    for (const { y, paint, n } of standing) {
      if (y >= view.y + FARTHEST) continue;
      drawMovers(y);
      if (y <= view.y + 2) break;
      paint(context, n);
    }
    drawMovers(-Infinity);

    /** Those who are further away and have not been drawn yet; side by side, one's own over the other. */
    function drawMovers(y) {
      if (rivalsPlace >= y) {
        drawRival(context, rival.state);
        rivalsPlace = NaN;
      }
      if (skiersPlace >= y) {
        drawSkier(context, skier, time);
        skiersPlace = NaN;
      }
    }
  }

  /** Everything that stands on the slope of this round, from far to near. */
  function setUp() {
    const { piste, view } = set;
    const finish = state.finish / METRE;
    return [
      { y: finish, paint: (context) => drawFinish(context, view, finish, texts.finish, theme, frame.pictures?.finish), n: 0 },
      ...piste.beside(view, state.level.half / METRE, finish),
      ...state.gates.map((gate, n) => ({ y: gate.y / METRE, paint: drawGateOf, n })),
    ].sort((a, b) => b.y - a.y);
  }

  function drawGateOf(context, n) {
    drawGate(context, set.view, state.gates[n], state.level.gate / 2, { n, next: n === state.gate, passed: passed[n], now: before, time: frame.calm ? 0 : before });
  }

  function drawSkier(context, skier, time) {
    const { view, spray } = set;
    const place = view.place(skier.x, skier.y);
    const slip = clamp(state.slip / 30, 0, 1);
    drawHero(context, place.x, place.y, place.metre * 1.75, theme, { heading: skier.heading, edge, tuck, slip, time });
    if (state.phase !== "run" || frame.calm) return;
    const hard = Math.abs(state.edge) / rules.FULL_EDGE;
    if (hard > 0.3) sparks.burst(place.x - Math.sign(state.edge) * 20, place.y, slip > 0.1 ? 4 : 1, spray, { power: 90 + slip * 160, size: 5 + slip * 5, lift: 60, weight: 500, life: 0.5, spread: 20 });
  }

  /** Whom one races against is a shade on the same slope. */
  function drawRival(context, { x, y, heading, edge: leaned, flatFor }) {
    const place = set.view.place(x / METRE, y / METRE);
    if (!place) return;
    context.globalAlpha = GHOSTLY;
    drawHero(context, place.x, place.y, place.metre * 1.75, theme, { heading: heading * TURN, edge: leaned / rules.FULL_EDGE, tuck: flatFor > 14 ? 1 : 0, slip: 0, time: 0 });
    context.globalAlpha = 1;
  }

  function drawWords(context, mode, now) {
    const { board, width, height } = set;
    board.drawEdges(context, state, mode === "demo");
    if (mode === "demo") return;
    const ran = (state.tick - state.start) / 60;
    const seconds = state.phase === "done" ? Math.ceil(state.finished / 10) / 100 : Math.max(ran, 0);
    board.drawRun(context, state, seconds, state.missed * 2);
    if (split) board.drawSplit(context, split.ticks, now - split.at);
    if (state.phase === "ready") board.drawCount(context, -ran, -ran > 3 ? texts.ready : String(Math.ceil(-ran)));
    else drawCall(context, texts.go, width / 2, height * 0.25, ran, { size: 72, seconds: 0.9 });
  }

  /** The side held last counts; with none the skis lie flat. */
  function pointer(kind, x, y, id) {
    if (kind === "down") fingers.set(id, x < set.width / 2 ? -1 : 1);
    else if (kind === "move") {
      // A thumb that slides over the middle changes the side.
      const side = x < set.width / 2 - 12 ? -1 : x > set.width / 2 + 12 ? 1 : fingers.get(id);
      if (!fingers.has(id) || fingers.get(id) === side) return null;
      fingers.set(id, side);
    } else fingers.delete(id);
    return held();
  }

  function held() {
    return ["edge", [...fingers.values()].at(-1) ?? 0];
  }

  const key = (side) => () => (fingers.set(`key ${side}`, side), held());
  const release = (side) => () => (fingers.delete(`key ${side}`), held());

  return {
    resize,
    draw,
    /** Sound and vibration for what the last tick brought. */
    feel({ state: felt, tick }, { sound, buzz, say }) {
      if (felt.phase === "ready" && (felt.start - tick) % 60 === 0 && felt.start - tick < 180) sound("beat");
      if (felt.phase === "run" && Math.abs(felt.edge) > 45 && tick % 12 === 0) {
        sound(felt.slip > 6 ? SOUNDS.scrape : SOUNDS.carve);
        if (felt.slip > 6) buzz(18);
      }
      if (felt.phase === "done") sound("cheer");
      if (felt.news?.[1] !== tick - 1) return;
      const [what] = felt.news;
      if (what === "go") {
        sound("gun");
        buzz(40);
        say(texts.go);
      } else if (what === "kiss") {
        sound(SOUNDS.pole, felt.flow * 2);
        buzz(16);
      } else if (what === "passed") sound(SOUNDS.passed);
      else {
        sound(what === "net" ? "stumble" : "no");
        buzz([50, 40, 50]);
        say(texts[what]);
      }
    },
    /** Follows a curve from gate to gate. */
    autopilot(shown) {
      if (shown.phase !== "run" || shown.tick % 3) return [];
      const wanted = steer(shown);
      return wanted === shown.wish ? [] : [["edge", wanted]];
    },
    /** How far down the skier is, for a race against a ghost. */
    progress: ({ y, finish }) => clamp(y / finish, 0, 1),
    stillAt: 420,
    pointer,
    keys: { ArrowLeft: key(-1), ArrowRight: key(1), KeyA: key(-1), KeyD: key(1) },
    releases: { ArrowLeft: release(-1), ArrowRight: release(1), KeyA: release(-1), KeyD: release(1) },
  };
}

/** Which edge leads onto the curve that passes each gate close by its inner pole. */
function steer({ gates, gate, x, y, speed, heading, edge, level, slip }) {
  if (slip > 4) return 0;
  const point = (n) => (gates[n] ? gates[n].x + gates[n].turn * level.gate * 0.3 : 0);
  const from = gates[gate - 1]?.y ?? 0;
  const to = gates[gate]?.y ?? y + 30 * METRE;
  const ahead = Math.min((y + speed * 10 - from) / (to - from), 1) * Math.PI;
  const rise = (point(gate) - point(gate - 1)) / 2;
  const [goal, slope] = [point(gate - 1) + rise * (1 - Math.cos(ahead)), (rise * Math.sin(ahead) * Math.PI) / (to - from)];
  const needed = Math.atan(slope + (goal - x - Math.tan(heading * TURN) * speed * 10) / (14 * METRE));
  const will = (heading + (edge * Math.abs(edge) * 8.4) / 220) * TURN;
  return Math.abs(needed - will) < 0.05 ? 0 : Math.sign(needed - will);
}
