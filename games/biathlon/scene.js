// The biathlon as one sees, hears and feels it.
import * as rules from "./rules.js";
import { createBackdrop } from "../_art/backdrop.js";
import { GHOSTLY } from "../_art/ghost.js";
import { drawCall, filled } from "../_art/hud.js";
import { clamp } from "../_art/paint.js";
import { createShake } from "../_art/shake.js";
import { blend, drawSkier, POSES } from "../_art/skier.js";
import { createSpectators } from "../_art/spectators.js";
import { createSnowfall } from "../_art/snowfall.js";
import { createSparks, glowSprite, starSprite } from "../_art/sparks.js";
import { drawThumb } from "../_art/thumb.js";
import { createThicket } from "../_art/thicket.js";
import { outlined } from "../_art/words.js";
import { createBoard, raceProgress } from "./art/board.js";
import { createRange } from "./art/range.js";
import { SOUNDS } from "./art/sounds.js";
import { createTrack, profile } from "./art/track.js";

export { rules };

const { METRE } = rules;
const LOOKS = { perfect: "#8ff0c4", good: "#bfe0ff", late: "#ffe1a6", miss: "#ffb3a8", wasted: "#ff8f7d", gold: "#ffe27a" };

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts } = frame;
  const shake = createShake(frame.calm);
  const sparks = createSparks(frame.calm);
  let set = null;
  let state = null;
  let finger = null;
  let seen = null;
  let before = 0;
  let course = null; // whose heights these are
  let heights = null;
  let stroke = 9; // seconds since the poles went in
  let kick = 0; // of the rifle, in pixels
  let flash = 0;
  let aimedAt = 0;
  let shownAt = Infinity; // when the first picture was
  let pose = POSES.stand;

  function resize(width, height) {
    set = {
      width,
      height,
      scale: Math.max(width / 19, 20),
      back: createBackdrop(width, height, theme, 0.66),
      track: createTrack(width, height, theme),
      range: null,
      board: createBoard(width, theme),
      thicket: createThicket(width, height, theme),
      spectator: createSpectators(),
      snow: createSnowfall(width, height, { calm: frame.calm, count: 56 }),
      spray: [glowSprite("#ffffff")],
      stars: ["#ffe27a", "#ffffff"].map(starSprite),
    };
  }

  function draw(context, round, between, mode, rival) {
    if (state !== round.state) seen = null;
    state = round.state;
    const now = performance.now() / 1000;
    const seconds = clamp(now - before, 0, 0.1);
    before = now;
    notice();
    move(seconds);
    // The range has time until the first picture has been shown, unless it is what that one shows.
    if (before > shownAt || state.phase === "range") set.range ??= createRange(set.width, set.height, theme, frame.pictures?.board);
    shownAt = Math.min(shownAt, before);
    const beat = clamp(1 - (state.tick - state.beatAt) / 14, 0, 1);
    context.save();
    shake.apply(context, seconds);
    if (state.phase === "range") drawRange(context, beat);
    else drawSkiing(context, mode === "after" ? 0 : between, mode === "after" ? between / 1000 : 0, now, rival);
    context.restore();
    sparks.draw(context);
    if (state.phase !== "range") set.thicket(context, (state.way / METRE) * set.scale * 1.7);
    set.snow.draw(context);
    if (mode !== "demo") drawBoard(context, beat);
    else drawHand(context);
    drawCalls(context, mode);
    sparks.drawWords(context, set.width);
  }

  function move(seconds) {
    stroke += seconds;
    kick *= Math.exp(-seconds * 8);
    flash = Math.max(flash - seconds * 2.5, 0);
    aimedAt += (Math.min(state.target, rules.TARGETS - 1) - aimedAt) * Math.min(seconds * 7, 1);
    set.snow.move(seconds, state.phase === "range" ? -12 : -state.speed * 0.016);
    sparks.move(seconds);
  }

  function notice() {
    if (!state.news || state.news === seen) return;
    seen = state.news;
    const [what, , value] = seen;
    const { width, height } = set;
    const [x, y] = [ringX(), height * 0.56];
    if (LOOKS[what] && state.phase !== "range") {
      if (what !== "miss") stroke = 0;
      sparks.say(x, y - 118, texts[what], { size: what === "perfect" ? 23 : 20, colour: LOOKS[what], life: 0.7 });
      if (what === "perfect") sparks.burst(x, y + 6, 9, set.stars, { power: 150, size: 6, life: 0.5 });
      if (what === "gold") sparks.burst(x, y + 6, 22, set.stars, { power: 260, size: 9, life: 0.8 });
      if (what !== "miss") sparks.burst(x - 20, y + 6, 7, set.spray, { power: 130, size: 5, lift: 70, life: 0.5 });
    }
    if (what === "hit" || what === "missed") {
      kick = 26;
      shake.hit(6);
      flash = 1;
      const colour = what === "hit" ? "#8ff0c4" : "#ff8f7d";
      sparks.say(width / 2, height * 0.42 - 96, what === "hit" ? texts.hit : texts.shot_missed, { size: 27, colour, life: 0.8 });
      if (what === "hit") sparks.burst(width / 2, height * 0.42, 22, set.stars, { power: 240, size: 8, life: 0.7 });
      if (value === rules.TARGETS - 1 && state.misses === 0) sparks.say(width / 2, height * 0.62, texts.clean, { size: 32, colour: "#ffe27a", life: 1.3 });
    }
    if (what === "range") aimedAt = 0;
  }

  function ringX() {
    return set.width * 0.3;
  }

  function drawSkiing(context, between, after, now, rival) {
    const { width, height, scale, back, track } = set;
    if (course !== state.course) [course, heights] = [state.course, profile(state.course)];
    const time = frame.calm ? 0 : now;
    const gone = Math.min(after, 2.2);
    const metre = (state.way + (state.phase === "ski" ? state.speed * between : 0)) / METRE + (state.speed / 1000) * (gone - (gone * gone) / 4.4);
    const [x0, y0] = [ringX(), height * 0.56];
    const here = heights.at(metre);
    const view = {
      x: (at) => x0 + (at - metre) * scale,
      y: (at) => y0 - (heights.at(at) - here) * scale,
      from: metre - x0 / scale - 1,
      to: metre + (width - x0) / scale + 1,
    };
    back(context, metre * 0.6 + state.leg * 40, -here * 2, time);
    track.drawGround(context, view);
    track.drawRests(context, view, state, texts.tuck, (text, x, y) => outlined(context, text, x, y, { size: 16, colour: "#8ff0c4" }));
    track.drawMarks(context, view, state);
    const slope = heights.slope(metre - 1);
    track.drawRing(context, x0, y0 + 6, clamp(1 - stroke * 6, 0, 1), state.flow);
    drawSpectators(context, view, time);
    if (rival && rival.state.phase === "ski" && rival.state.leg === state.leg) drawRival(context, rival.state, view);
    drawHare(context, x0 - 36, view.y(metre - 36 / scale), -Math.atan(slope), time, after);
  }

  /** Whom one races against is a shade on the same track. */
  function drawRival(context, { way, pressed }, view) {
    const metre = way / METRE - 36 / set.scale;
    context.globalAlpha = GHOSTLY;
    drawSkier(context, view.x(metre), view.y(metre), 84, theme.accent, pressed ? POSES.crouch : POSES.reach, { turn: -Math.atan(heights.slope(metre)), poles: -0.5, rifle: true });
    context.globalAlpha = 1;
  }

  /** Groups of people on the near side of the track. */
  function drawSpectators(context, view, time) {
    for (let n = Math.floor(view.from / 0.95); n * 0.95 < view.to + 1; n++) {
      if (Math.floor(n / 9) % 3 === 1) continue;
      const metre = n * 0.95 + (n % 3) * 0.2;
      set.spectator(context, n, view.x(metre), view.y(metre) + 112 + (n % 4) * 8, time, state.flow / rules.MOST_FLOW);
    }
  }

  function drawHare(context, x, y, turn, time, after) {
    const wanted = strokePose(after);
    pose = blend(pose, wanted, 0.35);
    const joyful = after > 0.5;
    const slant = joyful ? 0.3 : clamp(-1.15 + (pose.hand[0] + 0.3) * 0.9, -1.35, -0.1);
    drawSkier(context, x, y, 84, theme.accent, pose, { turn, poles: slant, rifle: true, flutter: time, joy: joyful });
  }

  function strokePose(after) {
    if (after > 0.5) return POSES.cheer;
    if (state.phase === "ready") return POSES.stand;
    if (rules.groundOf(state) === "down") return state.pressed ? POSES.crouch : POSES.stand;
    if (stroke < 0.1) return POSES.plant;
    if (stroke < 0.3) return POSES.finish;
    return stroke < 0.75 ? POSES.reach : POSES.stand;
  }

  function drawRange(context, beat) {
    const { range } = set;
    const stance = rules.legOf(state);
    const ready = state.tick >= state.readyAt && state.target < rules.TARGETS;
    const held = state.breathAt < 0 ? -1 : state.tick - state.breathAt;
    range.draw(context, { sight: rules.sightAt(state), aimedAt, hits: state.hits, target: state.target, stance, kick, flash });
    range.drawSight(context, { held, gasping: held > rules.BREATH, ready, beat: frame.calm ? 0 : beat });
  }

  function drawBoard(context, beat) {
    const { board, width, height } = set;
    const ran = (state.tick - state.start) / 60;
    const seconds = state.phase === "done" ? Math.ceil(state.finished / 10) / 100 : Math.max(ran, 0);
    board.draw(context, state, seconds, frame.calm ? 0 : beat);
    if (state.phase === "range") board.drawShots(context, state.hits, height * 0.78);
    else board.drawFlow(context, state.flow, width / 2, height * 0.8);
  }

  function drawCalls(context, mode) {
    const { width, height } = set;
    const age = (state.tick - state.since) / 60;
    const kind = rules.legOf(state);
    const call = (text, look) => drawCall(context, text, width / 2, height * 0.27, age, { size: 34, seconds: 1.3, ...look });
    if (state.phase === "ready") {
      const left = (state.start - state.tick) / 60;
      if (mode === "play") drawCall(context, left > 2 ? texts.ready : String(Math.ceil(left)), width / 2, height * 0.27, 1 - (left % 1), { size: 60, seconds: 1 });
      return;
    }
    if (mode === "play" && state.tick - state.start < 50) drawCall(context, texts.go, width / 2, height * 0.27, (state.tick - state.start) / 60, { size: 68, seconds: 0.85 });
    if (state.phase === "range") {
      call(texts[kind], { colour: "#ffe27a" });
      const ready = state.tick >= state.readyAt && state.target < rules.TARGETS;
      if (ready) outlined(context, state.breathAt < 0 ? texts.breathe : texts.release, width / 2, height * (mode === "demo" ? 0.74 : 0.86), { size: 21, colour: state.breathAt < 0 ? "#ffffff" : "#8ff0c4" });
    } else if (kind === "loop") call(filled(texts.loop, { count: state.misses }), { colour: "#ff8f7d" });
    else if (kind === "home" && state.phase === "ski") call(texts.home, { colour: "#8ff0c4" });
  }

  function drawHand(context) {
    const { width, height } = set;
    const down = state.phase === "range" ? state.breathAt >= 0 : state.pressed || stroke < 0.14;
    // Beside the sight, and above the start button.
    drawThumb(context, width * 0.8, height * (down ? 0.6 : 0.62), 16, down, theme.accent);
  }

  function pointer(kind, x, y, id) {
    if (kind === "down") {
      if (finger !== null) return null;
      finger = id;
      return press();
    }
    if (kind === "move" || id !== finger) return null;
    finger = null;
    return lift(kind);
  }

  /** A breath that is held goes on, whoever holds it now. */
  function press() {
    return state?.phase === "range" && state.breathAt >= 0 ? null : ["press"];
  }

  /** Only whoever lets go shoots: one whose finger was taken away still holds the breath. */
  function lift(kind) {
    return kind === "cancel" && press() === null ? null : ["lift"];
  }

  return {
    resize,
    draw,
    /** Sound and vibration for what the last tick brought. */
    feel({ state: felt, tick }, { sound, buzz, say }) {
      if (felt.phase === "ready" && (felt.start - tick) % 60 === 0) sound("beat");
      if (felt.phase === "range" && felt.beatAt === tick - 1) {
        sound(SOUNDS.heart);
        buzz(8);
      }
      if (felt.phase === "done") sound("cheer");
      if (felt.news?.[1] !== tick - 1) return;
      const [what] = felt.news;
      if (what === "go") {
        sound("gun");
        say(texts.go);
      } else if (what === "perfect" || what === "gold") {
        sound(SOUNDS.push);
        sound(what === "gold" ? "gold" : "perfect", felt.flow);
        buzz(14);
      } else if (what === "good" || what === "late") {
        sound(SOUNDS.push);
        buzz(8);
      } else if (what === "miss" || what === "wasted") {
        sound("miss");
        buzz(what === "wasted" ? [30, 30, 30] : 8);
      } else if (what === "hit" || what === "missed") {
        sound(SOUNDS.shot);
        if (what === "hit") sound(SOUNDS.plate);
        buzz(what === "hit" ? 40 : [40, 60, 80]);
        say(what === "hit" ? texts.hit : texts.shot_missed);
      } else if (what === "range") say(texts[rules.legOf(felt)]);
      else if (what === "loop") sound("no");
    },
    /** Pushes on every mark, rests downhill, and shoots when the sight stands. */
    autopilot(shown) {
      if (shown.phase === "ski") {
        const down = rules.groundOf(shown) === "down";
        if (down !== shown.pressed) return [[down ? "press" : "lift"]];
        const next = shown.course.marks[shown.mark];
        return !down && next && shown.way >= next[0] ? [["press"], ["lift"]] : [];
      }
      if (shown.phase !== "range" || shown.tick < shown.readyAt || shown.target === rules.TARGETS) return [];
      if (shown.breathAt < 0) return [["press"]];
      const [x, y] = rules.sightAt(shown);
      return shown.tick - shown.breathAt > 40 && x * x + y * y < 900 ? [["lift"]] : [];
    },
    /** How far along the race is, for one against a ghost. */
    progress: raceProgress,
    stillAt: 330,
    pointer,
    keys: { Space: press, Enter: press },
    releases: { Space: lift, Enter: lift },
  };
}
