// Archery as one sees, hears and feels it.
import * as rules from "./rules.js";
import { drawGhostSign, ICE } from "../_art/ghost.js";
import { drawHareFront } from "../_art/hare.js";
import { createScore, drawCall, filled } from "../_art/hud.js";
import { clamp, lay, strip } from "../_art/paint.js";
import { createShake } from "../_art/shake.js";
import { createSnowfall } from "../_art/snowfall.js";
import { createSparks, glowSprite, starSprite } from "../_art/sparks.js";
import { drawThumb } from "../_art/thumb.js";
import { outlined } from "../_art/words.js";
import { createBoard, ringColour } from "./art/board.js";
import { createBow } from "./art/bow.js";
import { createRange, createTarget, drawFlag } from "./art/range.js";
import { drawCarried, drawFlying, drawSight, drawStuck } from "./art/shots.js";
import { SOUNDS } from "./art/sounds.js";

export { rules };

const CLOSE = 1.55; // how much nearer the target seems over a drawn bow
const MOVES_APART = 33; // milliseconds between two recorded moves of the finger
// Units, for a key that is pressed; so many more with each repeat while it is held; and at most.
const NUDGE = 6;
const HASTE = 4;
const HASTIEST = 30;
const STRAW = ["#f8cb3f", "#d9b071", "#ffffff"];

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const shake = createShake(frame.calm);
  const sparks = createSparks(frame.calm);
  let set = null;
  let state = null; // as it was drawn last, for the finger
  let finger = null; // { id, x, y, aimX, aimY, at }
  let nudged = {}; // by keys, since the state was drawn last: { state, tick, x, y }
  let seen = null;
  let before = 0;
  let zoom = 1;
  let raised = 0;
  let aimed = null; // where the arrow that flies was aimed at
  let struck = 0; // seconds since the target was struck
  let board = null;

  function resize(width, height) {
    const { theme, texts } = frame;
    const size = Math.min(width / 390, height / 844);
    const middle = { x: width / 2, y: height * 0.405 };
    const range = createRange(width, height, theme);
    set = {
      width,
      height,
      size,
      unit: 0.3 * size, // pixels of one unit of sight, seen from the shooting line
      middle,
      range,
      close: strip(width, height, (context) => drawNearer(context, range, middle, CLOSE)),
      target: createTarget(frame.pictures?.target),
      bow: createBow(width, height, theme),
      snow: createSnowfall(width, height, { calm: frame.calm, count: 70 }),
      bits: STRAW.map(glowSprite),
      stars: ["#f8cb3f", "#ffffff"].map(starSprite),
    };
    board = createBoard(width, theme, texts, createScore());
  }

  function draw(context, round, between, mode, rival) {
    state = round.state;
    const now = performance.now() / 1000;
    const seconds = clamp(now - before, 0, 0.1);
    before = now;
    const wind = rules.windAt(state);
    const end = rules.endOf(state);
    notice();
    move(seconds, wind);
    context.save();
    shake.apply(context, seconds);
    drawWorld(context, wind, end, now, rival?.state);
    drawShots(context, end, mode === "after" ? 1 : between);
    drawBow(context, now, mode);
    set.snow.draw(context);
    sparks.draw(context);
    context.restore();
    if (mode !== "demo") board.draw(context, state, wind, end.metres, seconds);
    if (rival) drawGhostSign(context, rival.state.points, 18, board.top + 58);
    sparks.drawWords(context, set.width);
    if (mode === "play") drawCalls(context, end);
    if (mode === "demo") drawHand(context);
  }

  /** Where a point of the target is in the picture. */
  function placed([x, y]) {
    const unit = set.unit * zoom;
    return { x: set.middle.x + x * unit, y: set.middle.y + y * unit };
  }

  function move(seconds, wind) {
    const drawn = state.phase === "draw" || state.phase === "flight" || state.phase === "look";
    const goal = drawn ? CLOSE : 1;
    zoom += (goal - zoom) * Math.min(seconds * (state.phase === "draw" ? 3.2 : 5), 1);
    if (Math.abs(goal - zoom) < 0.004) zoom = goal;
    const up = state.phase === "draw" || (state.phase === "flight" && state.tick - state.since < 12);
    raised = clamp(raised + seconds * (up ? 4.5 : -3), 0, 1);
    struck += seconds;
    set.snow.move(seconds, wind * 5);
    sparks.move(seconds);
  }

  function notice() {
    if (!state.news || state.news === seen) return;
    seen = state.news;
    const [what, , ring, bonus] = seen;
    if (what === "loose") aimed = [state.hit[0] - rules.drift({ ...state, tick: state.tick - 1 }), state.hit[1]];
    const { texts } = frame;
    if (what === "lost") sparks.say(set.middle.x, set.middle.y, texts.late, { size: 30, colour: "#ffb3a8", life: 1.1 });
    if (state.phase !== "look" || !state.hit) return;
    const { x, y } = placed(state.hit);
    if (ring === 0) {
      sparks.say(clamp(x, 60, set.width - 60), y, texts.wide, { size: 28, colour: "#ffb3a8", life: 1.1 });
      return;
    }
    struck = 0;
    shake.hit(3 + ring * 0.6);
    sparks.burst(x, y, 6 + ring, set.bits, { power: 90 + ring * 12, size: 5, life: 0.5 });
    sparks.ring(x, y, ringColour(ring), 20 + ring * 5);
    sparks.say(x, y - 22, `${ring}`, { size: 30 + ring * 2.4, colour: ring >= 9 ? "#ffe27a" : "#ffffff", life: 1.05, rise: 64 });
    if (ring >= 9) sparks.burst(x, y, 18, set.stars, { power: 230, size: 9, life: 0.9 });
    const word = what === "hit" ? (ring >= 9 ? texts.gold : null) : texts[what];
    if (word) sparks.say(set.middle.x, set.middle.y + 96 * set.size, word, { size: 25, colour: "#8ff0c4", life: 1.2, rise: 18 });
    if (bonus) sparks.say(set.middle.x, set.middle.y + 132 * set.size, `${state.streak > 1 ? filled(texts.streak, { count: state.streak }) + "  " : ""}+${bonus}`, { size: 18, colour: "#ffe1a6", life: 1.2, rise: 14 });
  }

  /** Where it rests, near or far, the range is copied; only on the way it is stretched. */
  function drawRange(context) {
    if (zoom === 1) lay(context, set.range);
    else if (zoom === CLOSE) lay(context, set.close);
    else drawNearer(context, set.range, set.middle, zoom);
  }

  function drawWorld(context, wind, end, now, theirs) {
    const { middle, target, size } = set;
    drawRange(context);
    context.save();
    context.translate(middle.x, middle.y);
    context.scale(zoom, zoom);
    context.translate(-middle.x, -middle.y);
    const face = end.face * set.unit;
    const ground = middle.y + face * 2.15;
    const time = frame.calm ? 0 : now;
    drawFlag(context, middle.x, middle.y - face * 1.2, 50 * size, wind, time, frame.theme.accent);
    target(context, middle.x, middle.y, face, Math.sin(struck * 38) * Math.exp(-struck * 7));
    drawKeeper(context, middle.x - face * 1.14 - 24 * size, ground + 4, time);
    if (theirs && rules.endOf(theirs) === end) drawTheirs(context, theirs.stuck);
    for (const [x, y] of state.stuck) {
      const fresh = state.hit && x === state.hit[0] && y === state.hit[1] ? clamp(0.5 - struck, 0, 0.5) : 0;
      drawStuck(context, middle.x + x * set.unit, middle.y + y * set.unit, 8.5 * size, fresh);
    }
    context.restore();
  }

  /** The arrows that the other one has in the same target, below one's own. */
  function drawTheirs(context, stuck) {
    const { middle, unit, size } = set;
    for (let n = 0; n < stuck.length; n++) {
      const [x, y] = [middle.x + stuck[n][0] * unit, middle.y + stuck[n][1] * unit];
      context.fillStyle = ICE;
      context.strokeStyle = "#0a1430";
      context.lineWidth = 1.2;
      context.beginPath();
      context.arc(x, y, 4.4 * size, 0, 7);
      context.fill();
      context.stroke();
      drawStuck(context, x, y, 7.5 * size, 0, ICE);
    }
  }

  /** The hare beside the target ducks while one shoots, and shows what the arrow made. */
  function drawKeeper(context, x, ground, time) {
    const showing = state.phase === "look" && state.hit;
    const ring = state.rings.at(-1);
    const proud = showing && ring >= 9;
    const ducked = state.phase === "draw" || state.phase === "flight";
    const tall = 62 * set.size;
    drawHareFront(context, x, ground - (proud ? Math.abs(Math.sin(time * 11)) * 9 : 0), tall, frame.theme.accent, {
      squash: ducked ? 0.9 : 0,
      mood: proud ? "joy" : showing && ring === 0 ? "hurt" : "calm",
      arms: showing ? 1 : 0,
      time,
    });
    if (!showing) return;
    const y = ground - tall * 1.24;
    context.fillStyle = ringColour(ring);
    context.beginPath();
    context.arc(x, y, 13 * set.size, 0, 7);
    context.fill();
    outlined(context, ring ? String(ring) : "–", x, y + 1, { size: 15 * set.size });
  }

  function drawShots(context, { flight }, between) {
    if (state.phase === "flight" && aimed) {
      const part = clamp((state.tick - state.since + between) / flight, 0, 1);
      drawFlying(context, { x: placed(aimed).x, y: set.height * 0.72 }, placed(aimed), placed(state.hit), part, 9 * set.size);
    }
    if (state.phase === "look" && state.hit && aimed) drawCarried(context, placed(aimed), placed(state.hit), clamp(1 - struck, 0, 1) * 0.8);
  }

  function drawBow(context, now, mode) {
    const learning = mode === "demo" || (frame.config.difficulty === "easy" && state.arrow < state.each);
    const sight = placed(state.phase === "draw" ? rules.sightAt(state) : (aimed ?? [0, 0]));
    const sway = rules.swayOf(state);
    const held = state.fullSince < 0 ? 0 : state.tick - state.fullSince;
    const late = held > rules.QUIET_UNTIL;
    const trembling = state.phase === "draw" && late && !frame.calm ? Math.sin(now * 60) * clamp((held - rules.QUIET_UNTIL) / 40, 0, 2) : 0;
    const pull = state.phase === "draw" ? state.pull / rules.FULL_DRAW : 0;
    set.bow(context, sight, { raised, pull, shake: trembling, nocked: state.phase === "nock" || state.phase === "aim" || state.phase === "draw" });
    if (state.phase !== "draw") return;
    // Whoever learns sees where the wind would carry the arrow.
    if (learning && pull > 0.6) {
      const [x, y] = rules.sightAt(state);
      drawCarried(context, sight, placed([x + rules.drift(state), y]), 0.9);
    }
    const breath = state.fullSince < 0 ? "draw" : late ? "late" : held >= rules.QUIET_FROM ? "quiet" : "settle";
    drawSight(context, sight, sway * set.unit * zoom, breath, pull);
  }

  /** In the demonstration a thumb holds, and slides as far as the sight. */
  function drawHand(context) {
    const unit = set.unit * CLOSE;
    const drawn = state.phase === "draw";
    const [x, y] = drawn ? [(state.aimX / 16 - state.fromX) * unit, (state.aimY / 16 - state.fromY) * unit] : [0, 16];
    drawThumb(context, set.width * 0.72 + x, set.height * 0.7 + y, 17 * set.size, drawn, frame.theme.accent);
  }

  function drawCalls(context, end) {
    const age = (state.tick - state.since) / 60;
    const [x, y] = [set.width / 2, set.height * 0.25];
    const { texts } = frame;
    if (state.phase !== "nock") return;
    if (state.arrow === rules.arrowsOf(state) - 1) drawCall(context, texts.last, x, y, age, { size: 34, colour: "#ffe27a", seconds: 1 });
    else if (state.arrow % state.each === 0) drawCall(context, filled(texts.metres, { metres: end.metres }), x, y, age, { size: 52, seconds: 1 });
  }

  /** The finger draws the bow wherever it is, and slides the sight as far as it slides itself. */
  function pointer(kind, x, y, id) {
    if (kind === "down") {
      if (finger || !state) return null;
      finger = { id, x, y, aimX: state.aimX / 16, aimY: state.aimY / 16, at: 0, arrow: state.arrow };
      return ["draw"];
    }
    if (!finger || id !== finger.id) return null;
    if (kind === "up" || kind === "cancel") {
      finger = null;
      return loose(kind);
    }
    const now = performance.now();
    if (now - finger.at < MOVES_APART) return null;
    finger.at = now;
    // Pressed before the arrow was nocked: what counts is where the sight was then.
    if (finger.arrow !== state.arrow || state.phase !== "draw") Object.assign(finger, { x, y, aimX: state.aimX / 16, aimY: state.aimY / 16, arrow: state.arrow });
    const unit = set.unit * CLOSE;
    return aim(finger.aimX + (x - finger.x) / unit, finger.aimY + (y - finger.y) / unit);
  }

  /** Only whoever lets go shoots: an arm that was drawn away from the bow stays as it is, for the next touch. */
  function loose(kind) {
    return kind === "cancel" && state?.phase === "draw" ? null : ["loose"];
  }

  function aim(x, y) {
    return ["aim", Math.round(clamp(x - state.fromX, -1100, 1100)), Math.round(clamp(y - state.fromY, -1100, 1100))];
  }

  /** A key moves the sight by a little, and the further the longer it is held. */
  function arrow(dx, dy) {
    let by = NUDGE;
    const again = () => nudge(dx * by, dy * by);
    return {
      press: () => ((by = NUDGE), again()),
      hold: () => ((by = Math.min(by + HASTE, HASTIEST)), again()),
    };
  }

  /** Two keys that are held in one tick both count: the state knows of neither yet. */
  function nudge(dx, dy) {
    if (!state || state.phase === "flight" || state.phase === "look") return null;
    const { tick, wishX, wishY } = state;
    if (nudged.state !== state || nudged.tick !== tick) nudged = { state, tick, x: wishX, y: wishY };
    nudged.x += dx;
    nudged.y += dy;
    return aim(nudged.x, nudged.y);
  }

  const [left, right, up, down] = [arrow(-1, 0), arrow(1, 0), arrow(0, -1), arrow(0, 1)];

  return {
    resize,
    draw,
    /** Sound and vibration for what the last tick brought. */
    feel({ state: felt, tick }, { sound, buzz, say }) {
      if (felt.news?.[1] !== tick - 1) return;
      const [what, , ring, bonus] = felt.news;
      if (what === "full") {
        sound("tick");
        buzz(12);
      } else if (what === "loose") {
        sound(SOUNDS.loose);
        buzz(22);
      } else {
        sound(ring >= 9 ? "gold" : ring ? SOUNDS.strike : "miss", Math.min(felt.streak, 5) * 2);
        if (ring) sound(SOUNDS.strike);
        if (felt.streak >= 3) sound("cheer");
        buzz(ring >= 9 ? [20, 40, 30] : 16);
        say(`${ring}${bonus ? ` +${bonus}` : ""}`);
      }
    },
    /** Draws, aims against the wind and lets go in the quiet. */
    autopilot(shown) {
      const { phase, tick, since, fullSince } = shown;
      if (phase === "aim") return tick - since > 20 ? [["draw"]] : [];
      if (phase !== "draw") return [];
      const [x] = rules.sightAt(shown);
      const goal = -rules.drift(shown);
      if (fullSince > 0 && tick - fullSince > rules.QUIET_FROM + 14 && Math.abs(x - goal) < 9) return [["loose"]];
      const part = clamp((tick - since) / 50, 0, 1);
      state = shown;
      return tick % 4 ? [] : [aim(shown.fromX + (goal - shown.fromX) * part, shown.fromY * (1 - part))];
    },
    stillAt: 130,
    pointer,
    keys: { Space: ["draw"], ArrowLeft: left.press, ArrowRight: right.press, ArrowUp: up.press, ArrowDown: down.press },
    repeats: { ArrowLeft: left.hold, ArrowRight: right.hold, ArrowUp: up.hold, ArrowDown: down.hold },
    releases: { Space: loose },
  };
}

/** The range as it is seen `zoom` times nearer to its middle. */
function drawNearer(context, { canvas, width, height }, { x, y }, zoom) {
  context.drawImage(canvas, x * (1 - zoom), y * (1 - zoom), width * zoom, height * zoom);
}
