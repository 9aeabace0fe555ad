// The ski jump as one sees, hears and feels it.
import * as rules from "./rules.js";
import { createBackdrop } from "../_art/backdrop.js";
import { GHOSTLY, ICE } from "../_art/ghost.js";
import { drawCall, filled } from "../_art/hud.js";
import { clamp } from "../_art/paint.js";
import { createShake } from "../_art/shake.js";
import { blend, drawSkier, POSES } from "../_art/skier.js";
import { createSpectators } from "../_art/spectators.js";
import { createSnowfall } from "../_art/snowfall.js";
import { createSparks, glowSprite, starSprite } from "../_art/sparks.js";
import { drawThumb } from "../_art/thumb.js";
import { createThicket } from "../_art/thicket.js";
import { createBoard } from "./art/board.js";
import { createSlope, inrunAt, inrunSteepness, LIP_MARKS, SLANT } from "./art/slope.js";
import { SOUNDS } from "./art/sounds.js";

export { rules };

const INRUN_METRES = rules.INRUN / rules.METRE;
const LEAN_FOR_WIDTH = 900; // how much lean a finger slides over the whole width
const MOVES_APART = 33; // milliseconds between two recorded moves of the finger
const NUDGE = 90; // for a key

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts } = frame;
  const shake = createShake(frame.calm);
  const sparks = createSparks(frame.calm);
  let set = null;
  let state = null;
  let finger = null; // { id, x, lean, at }
  let seen = null;
  let seenAt = 0;
  let before = 0;
  let camera = null; // { x, y, scale } in metres and pixels for one
  let pose = POSES.sit;

  function resize(width, height) {
    const size = Math.min(width / 390, height / 844);
    set = {
      width,
      height,
      size,
      sky: createBackdrop(width, height, theme),
      slope: createSlope(width, height, theme, frame.pictures?.tower),
      board: createBoard(width, height, theme, texts),
      thicket: createThicket(width, height, theme),
      spectator: createSpectators(),
      snow: createSnowfall(width, height, { calm: frame.calm, count: 60 }),
      spray: [glowSprite("#ffffff")],
      stars: ["#ffe27a", "#ffffff"].map(starSprite),
    };
  }

  function draw(context, round, between, mode, rival) {
    state = round.state;
    const now = performance.now() / 1000;
    const seconds = clamp(now - before, 0, 0.1);
    before = now;
    const jumper = look(state, mode === "after" ? 0 : between);
    follow(jumper, seconds);
    notice(jumper, now);
    pose = blend(pose, wantedPose(state), Math.min(seconds * 11, 1));
    set.snow.move(seconds, -rules.headwindAt(state) * 4 - jumper.speed * 9);
    sparks.move(seconds);
    context.save();
    shake.apply(context, seconds);
    drawWorld(context, jumper, frame.calm ? 0 : now, rival?.state);
    context.restore();
    sparks.draw(context);
    set.thicket(context, jumper.x * camera.scale * 1.5, (state.phase === "gate" || state.phase === "inrun") ? 0 : set.height * 0.03);
    set.snow.draw(context);
    if (mode !== "demo") drawBoard(context, jumper, mode);
    else drawDemo(context);
    sparks.drawWords(context, set.width);
  }

  /** Where a jumper is, in metres from the lip, and how the skis point. */
  function look(state, between) {
    const { METRE } = rules;
    if (state.phase === "flight") {
      const [x, y] = [(state.x + state.vx * between) / METRE, (state.y + state.vy * between) / METRE];
      const turn = Math.atan2(state.vy, state.vx) - 0.16 + (rules.leanAt(state) - rules.bestLean(state)) / 2600;
      return { x, y, turn, speed: state.vx / 1000 };
    }
    if (state.phase === "outrun" || state.phase === "done") {
      // Down the slope and out: the speed dies away by one part in seventy each tick.
      const gone = ((state.speed ? state.tick - state.since : 0) + between) / 60;
      const x = state.x / METRE + (state.vx / 1000) * 1.17 * (1 - Math.exp(-gone / 1.17)) * (state.landing === "fall" ? 0.5 : 1);
      const turn = Math.atan(rules.steepnessAt(state.hill, x * METRE) / 1000);
      return { x, y: rules.groundAt(state.hill, Math.round(x * METRE)) / METRE, turn, speed: state.speed / 1000 };
    }
    const back = state.phase === "inrun" ? INRUN_METRES - (state.way + state.speed * between) / METRE : INRUN_METRES;
    const [x, y] = inrunAt(back);
    return { x, y, turn: Math.atan(inrunSteepness(back)), speed: state.speed / 1000, back };
  }

  function wantedPose(state) {
    if (state.phase === "gate") return POSES.sit;
    if (state.phase === "inrun") return state.spring >= 0 ? POSES.spring : state.held ? POSES.crouch : POSES.stand;
    if (state.phase === "flight") {
      if (state.telemarkAt >= 0) return POSES.telemark;
      const lean = rules.leanAt(state);
      if (state.flown < 8) return state.spring > 0 ? POSES.spring : POSES.crouch;
      return lean < rules.FLYING ? blend(POSES.upright, POSES.flying, clamp((lean - 150) / (rules.FLYING - 150), 0, 1)) : blend(POSES.flying, POSES.diving, clamp((lean - rules.FLYING) / 360, 0, 1));
    }
    const stood = state.tick - state.since;
    if (state.landing === "telemark" || state.landing === "quick" || state.landing === "early") return stood < 34 ? POSES.telemark : POSES.cheer;
    return POSES.stand;
  }

  /** The camera looks ahead, and from further away the faster it goes. */
  function follow(jumper, seconds) {
    const { width, height, size } = set;
    const wide = state.phase === "flight" ? 11.5 : state.phase === "inrun" ? 14.5 : state.phase === "gate" ? 17 : 12.5;
    const goal = { x: jumper.x, y: jumper.y, scale: wide * size };
    const jumped = !camera || Math.abs(camera.x - goal.x) > 40;
    const part = jumped ? 1 : Math.min(seconds * 2.4, 1);
    camera = { x: goal.x, y: goal.y, scale: (camera && !jumped ? camera.scale : goal.scale) };
    camera.scale += (goal.scale - camera.scale) * part;
    camera.left = goal.x - (width * 0.36) / camera.scale;
    camera.top = goal.y - (height * 0.46) / camera.scale;
  }

  function placed({ x, y }) {
    return [(x - camera.left) * camera.scale, (y - camera.top) * camera.scale];
  }

  function notice(jumper, now) {
    if (!state.news || state.news === seen) return;
    seen = state.news;
    seenAt = now;
    const [what, , value] = seen;
    const [x, y] = placed(jumper);
    const { size } = set;
    if (what === "spring") {
      const word = Math.abs(value) <= 1 ? texts.perfect : value < 0 ? texts.early : texts.late;
      sparks.say(x + 40, y - 84 * size, word, { size: Math.abs(value) <= 1 ? 27 : 21, colour: Math.abs(value) <= 1 ? "#8ff0c4" : Math.abs(value) < 5 ? "#ffe1a6" : "#ffb3a8", life: 1.1 });
      if (Math.abs(value) <= 1) sparks.burst(x, y, 22, set.stars, { power: 220, size: 8, life: 0.8 });
    }
    if (what !== "land") return;
    const good = state.landing === "telemark";
    shake.hit(state.landing === "fall" ? 12 : good ? 4 : 7);
    sparks.burst(x, y, state.landing === "fall" ? 70 : 34, set.spray, { power: 260, size: 9, lift: 120, life: 0.9, spread: 40 });
    const word = state.landing === "early" ? texts.early_landing : texts[state.landing];
    sparks.say(set.width / 2, set.board.top + 186, word, { size: 30, colour: good ? "#8ff0c4" : state.landing === "fall" ? "#ff8f7d" : "#ffe1a6", life: 1.5, rise: 20 });
    sparks.say(set.width / 2, set.board.top + 218, filled(texts.style, { points: (state.style / 10).toFixed(1) }), { size: 20, life: 1.5, rise: 16 });
    if (state.distance >= state.hill.k * SLANT * 10) {
      sparks.say(set.width / 2, set.board.top + 152, texts.hill, { size: 26, colour: "#ffe27a", life: 1.6, rise: 18 });
      sparks.burst(set.width / 2, set.height * 0.3, 40, set.stars, { power: 330, size: 10, life: 1.2 });
    }
  }

  function drawWorld(context, jumper, time, theirs) {
    const { sky, slope, size } = set;
    sky(context, jumper.x * 0.9, jumper.y * 0.5, time);
    const record = state.jumps.slice(0, state.jump).reduce((most, [distance]) => Math.max(most, distance), 0);
    slope(context, { scale: camera.scale, left: camera.left, top: camera.top }, state.hill, record, theirs?.jumps[state.jump]?.[0] ?? 0);
    const [x, y] = placed(jumper);
    drawSpectators(context, time);
    if (state.phase === "flight") drawShadow(context, jumper, x);
    const fallen = state.landing === "fall" && (state.phase === "outrun" || state.phase === "done");
    const turn = fallen ? jumper.turn + Math.min((state.tick - state.since) * 0.22, 7.5) : jumper.turn;
    const tall = clamp(camera.scale * 4.7, 40, 80) * (1 + (size - 1) * 0.2);
    if (theirs && theirs.jump === state.jump) drawGhost(context, theirs, tall);
    drawSkier(context, x, y - (fallen ? tall * 0.3 : 0), tall, theme.accent, pose, {
      turn,
      spread: state.phase === "flight" ? clamp(state.flown / 20, 0, 1) : 0,
      flutter: time,
      joy: state.landing === "telemark" && state.phase === "outrun",
    });
    if (jumper.speed > 5 && state.phase !== "flight" && state.phase !== "gate") sparks.burst(x - 8, y, 1, set.spray, { power: 40, size: 4, lift: 40, life: 0.5 });
  }

  /** The other one on the same jump, a shade on the same hill; one who fell lies where the snow came. */
  function drawGhost(context, theirs, tall) {
    const jumper = look(theirs, 0);
    const [x, y] = placed(jumper);
    if (x < -tall || x > set.width + tall || y < -tall) return;
    const landed = theirs.phase === "outrun" || theirs.phase === "done";
    context.globalAlpha = GHOSTLY;
    drawSkier(context, x, y, tall, ICE, wantedPose(theirs), {
      turn: jumper.turn + (landed && theirs.landing === "fall" ? 1.4 : 0),
      spread: theirs.phase === "flight" ? clamp(theirs.flown / 20, 0, 1) : 0,
    });
    context.globalAlpha = 1;
  }

  /** They stand below the slope along the landing area, and hop when somebody flies far. */
  function drawSpectators(context, time) {
    const right = camera.left + set.width / camera.scale + 3;
    const thrilled = state.phase === "outrun" || state.phase === "done" ? 1 : clamp(state.x / rules.METRE / state.hill.k - 0.6, 0, 1);
    for (let n = Math.max(Math.floor(camera.left / 1.7), 14); n * 1.7 < right; n++) {
      const metre = n * 1.7 + (n % 3) * 0.3;
      const ground = rules.groundAt(state.hill, Math.round(metre * rules.METRE)) / rules.METRE;
      const [x, y] = placed({ x: metre, y: ground });
      set.spectator(context, n, x - 26, y + 116 + (n % 4) * 7, time, thrilled);
    }
  }

  function drawShadow(context, { x, y }, px) {
    const ground = rules.groundAt(state.hill, Math.round(x * rules.METRE)) / rules.METRE;
    const high = ground - y;
    context.fillStyle = `rgb(20 40 90 / ${Math.round(clamp(44 - high * 3, 8, 44))}%)`;
    context.beginPath();
    context.ellipse(px, (ground - camera.top) * camera.scale + 4, clamp(40 - high * 1.5, 16, 40), 4.5, Math.atan(rules.steepnessAt(state.hill, Math.round(x * rules.METRE)) / 1000), 0, 7);
    context.fill();
  }

  function drawBoard(context, { x }, mode) {
    const { board, width, height } = set;
    board.drawJumps(context, state);
    board.drawWind(context, state);
    if (state.phase === "flight" && state.flown > 12) {
      const metres = (state.x / rules.METRE) * SLANT;
      board.drawFlown(context, metres, x > state.hill.k);
      const near = mode === "play" && frame.config.difficulty === "easy" && landsWithin(22);
      if (state.telemarkAt < 0) board.drawBalance(context, state, near ? texts.land : state.held ? "" : texts.balance);
    }
    if (state.phase === "outrun" || state.phase === "done") board.drawFlown(context, state.distance / 10, state.distance >= state.hill.k * SLANT * 10);
    if (state.phase === "gate") {
      const green = rules.isGreen(state);
      board.drawLights(context, width / 2, height * 0.72, green, 1 - (state.tick - state.since - 60) / rules.GREEN);
      drawCall(context, filled(texts.jump, { number: state.jump + 1 }), width / 2, height * 0.3, (state.tick - state.since) / 60, { size: 40, seconds: 1 });
      if (green) drawCall(context, texts.hold, width / 2, height * 0.8, 0.5, { size: 24, seconds: 1.2 });
    }
    if (state.phase === "inrun" && state.jump === 0 && state.spring < 0) drawCall(context, texts.lip, width / 2, height * 0.8, 0.5, { size: 24, seconds: 1.2 });
  }

  /** A thumb that is down while the demonstration holds. */
  function drawDemo(context) {
    const { board, width, height, size } = set;
    if (state.phase === "flight" && state.telemarkAt < 0 && state.flown > 12) board.drawBalance(context, state, "");
    const x = state.phase === "flight" ? width / 2 + (state.wish / 1000 - 0.5) * width * 0.5 : width / 2;
    // Between the hill and the start button.
    drawThumb(context, x, height * (state.held ? 0.63 : 0.645), 17 * size, state.held, theme.accent);
  }

  /** Whether the snow will be reached within so many ticks. */
  function landsWithin(ticks) {
    const { hill, x, y, vx, vy } = state;
    return y + (vy + 60 * ticks) * ticks >= rules.groundAt(hill, x + vx * ticks);
  }

  function pointer(kind, x, y, id) {
    if (kind === "down") {
      if (finger || !state) return null;
      finger = { id, x, lean: state.wish, at: 0, phase: state.phase };
      return ["hold"];
    }
    if (!finger || finger.id !== id) return null;
    if (kind === "up" || kind === "cancel") {
      finger = null;
      return release(kind);
    }
    const now = performance.now();
    if (state.phase !== "flight" || now - finger.at < MOVES_APART) return null;
    if (finger.phase !== "flight") Object.assign(finger, { x, lean: state.wish, phase: "flight" });
    finger.at = now;
    return lean(finger.lean + ((x - finger.x) / Math.min(set.width, 480)) * LEAN_FOR_WIDTH);
  }

  /** Only whoever lets go springs and lands: one whose finger was taken away is still down. */
  function release(kind) {
    return kind === "cancel" ? null : ["release"];
  }

  function lean(value) {
    return ["lean", Math.round(clamp(value, 0, 1000))];
  }

  const nudge = (by) => () => (state?.phase === "flight" ? lean(state.wish + by) : null);

  return {
    resize,
    draw,
    /** Sound and vibration for what the last tick brought. */
    feel({ state: felt, tick }, { sound, buzz, say }) {
      if (felt.phase === "gate" && tick - 1 - felt.since === 60) {
        sound("beat");
        say(texts.hold);
      }
      if (felt.phase === "inrun") {
        const back = INRUN_METRES - felt.way / rules.METRE;
        const was = back + felt.speed / rules.METRE;
        for (const mark of LIP_MARKS) if (mark > 0 && was > mark && back <= mark) sound("beat", mark === 6 ? 5 : 0), buzz(10);
        if (tick % 14 === 0) sound(SOUNDS.glide);
      }
      if (felt.phase === "flight" && felt.flown % 24 === 1) sound(SOUNDS.air);
      if (felt.news?.[1] !== tick - 1) return;
      const [what, , value] = felt.news;
      if (what === "start") sound("whoosh");
      if (what === "spring") sound(Math.abs(value) <= 1 ? "perfect" : "jump");
      if (what === "spring") buzz(Math.abs(value) <= 1 ? [20, 30, 20] : 14);
      if (what !== "land") return;
      sound(felt.landing === "fall" ? "stumble" : "drop");
      if (felt.landing === "telemark") sound("match");
      if (felt.distance >= felt.hill.k * SLANT * 10) sound("cheer");
      buzz(felt.landing === "fall" ? [80, 40, 80] : 40);
      say(filled(texts.metres, { metres: (felt.distance / 10).toFixed(1) }));
    },
    /** Springs at the lip, keeps the mark in the green, and lets go before the snow. */
    autopilot(shown) {
      if (shown.phase === "gate") return shown.tick - shown.since === 80 ? [["hold"]] : [];
      if (shown.phase === "inrun") return shown.spring < 0 && (rules.INRUN - shown.way) / shown.speed < 2 ? [["release"]] : [];
      if (shown.phase !== "flight" || shown.telemarkAt >= 0) return [];
      if (shown.flown === 10) return [["hold"]];
      state = shown;
      if (shown.held && landsWithin(20)) return [["release"]];
      const off = rules.leanAt(shown) - rules.bestLean(shown);
      return shown.held && shown.flown % 5 === 0 ? [lean(shown.wish - off * 0.5)] : [];
    },
    stillAt: 420,
    pointer,
    keys: { Space: ["hold"], ArrowLeft: nudge(-NUDGE), ArrowRight: nudge(NUDGE) },
    releases: { Space: release },
  };
}
