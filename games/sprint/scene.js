// The sprint as one sees, hears and feels it.
import * as rules from "./rules.js";
import { createEffects } from "../_art/effects.js";
import { GHOSTLY } from "../_art/ghost.js";
import { drawHare } from "../_art/hare-side.js";
import { clamp } from "../_art/paint.js";
import { createSky } from "../_art/sky.js";
import { createCrowd } from "./art/crowd.js";
import { createHud } from "./art/hud.js";
import { hareAt, HARE_SECONDS } from "./art/pace.js";
import { createPads } from "./art/pads.js";
import { createRunner } from "./art/runner.js";
import { createTrack } from "./art/track.js";

export { rules };

const FAST = 12000; // mm/s, as fast as it looks
const RUNNERS_LANE = 0.86;
const GHOSTS_LANE = 0.52;
const HARES_LANE = 0.22;
const NOTICE_METRES = 6;
const PRINT_SECONDS = 4;

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  let set = null;
  let prints = [];
  let seen = null; // the last news that was shown
  let seenAt = 0;
  let before = 0;
  let camera = 0.3;

  function resize(width, height) {
    const { theme, texts } = frame;
    const scale = width / 7.4;
    set = {
      width,
      height,
      scale,
      sky: createSky(width, height, theme),
      crowd: createCrowd(height, theme, frame.pictures.board),
      track: createTrack(width, height, theme, texts),
      runner: createRunner(Math.min(width * 0.36, height * 0.17), theme),
      pads: createPads(width, height, theme, texts),
      hud: createHud(width, height, theme, texts),
      effects: createEffects(width, height, frame.calm),
    };
  }

  /**
   * @param {"demo" | "play" | "after"} mode; after the race `between` is the milliseconds since it ended
   * @param rival in a ghost race the other's round
   */
  function draw(context, round, between, mode, rival) {
    const { state } = round;
    const now = performance.now() / 1000;
    const passed = clamp(now - before, 0, 0.1);
    before = now;
    const race = look(state, mode === "after" ? 1 : between, mode === "after" ? between / 1000 : 0);
    const wind = (race.speed / 1000) * set.scale;
    notice(state, race, now);
    move(passed, wind, race);
    drawWorld(context, race, now, wind, rival && look(rival.state, between, 0));
    drawPads(context, race, mode);
    drawWords(context, race, now, mode);
  }

  /** What the picture needs to know of the state, `between` two ticks or `after` the end. */
  function look(state, between, after) {
    const part = state.phase === "done" ? 0 : between;
    const metres = (state.way + state.speed * part) / rules.METRE;
    const tick = state.tick - 1 + between;
    // Behind the line the runner runs out over two seconds.
    const out = Math.min(after, 2);
    const running = state.beat >= 0;
    return {
      state,
      tick,
      after,
      metres: metres + ((state.speed / 1000) * (out - (out * out) / 4)),
      speed: state.speed * (1 - out / 2),
      seconds: state.phase === "done" ? Math.ceil(state.finish / 10) / 100 : Math.max(tick - state.gun, 0) / 60,
      phase: running ? stridePhase(state, tick, after) : 0,
      pose: running ? "run" : state.phase === "marks" ? "marks" : "set",
      flow: clamp(state.flow / 12, 0, 1),
      hare: hareAt((tick - state.gun) / 60 + after, HARE_SECONDS[frame.config.difficulty]),
    };
  }

  function notice(state, race, now) {
    if (state.news === seen || !state.news) return;
    seen = state.news;
    seenAt = now;
    const [what, foot] = state.news;
    if (!foot || what === "miss") return;
    const [x, y] = [runnerX(), set.track.laneY(RUNNERS_LANE)];
    set.effects.kick(x - 6, y, what === "stumble" ? 26 : what === "perfect" ? 12 : 6, what === "stumble" ? 260 : 190);
    prints.push({ metre: race.metres, lane: RUNNERS_LANE + (foot === "left" ? -0.025 : 0.025), old: 0 });
  }

  function move(passed, wind, { metres, speed }) {
    // The faster, the further ahead one looks: the runner moves to the left of the picture.
    camera += (0.34 - 0.08 * clamp(speed / FAST, 0, 1) - camera) * Math.min(passed * 2, 1);
    set.effects.move(passed, wind);
    for (const print of prints) print.old += passed / PRINT_SECONDS;
    prints = prints.filter(({ old, metre }) => old < 1 && metre > metres - 5 && metre <= metres + 1);
  }

  function runnerX() {
    return set.width * camera;
  }

  function drawWorld(context, race, now, wind, ghost) {
    const { width, height, scale, track, effects } = set;
    const { state, metres } = race;
    const left = metres - runnerX() / scale;
    const excitement = frame.calm ? 0 : clamp(race.flow * 0.7 + race.speed / FAST / 3, 0, 1) + (race.after ? 0.6 : 0);
    const time = frame.calm ? 0 : now;
    set.sky(context, metres, time, race.flow);
    set.crowd(context, metres, time, Math.min(excitement, 1), width);
    track.draw(context, left, scale, state, prints);
    const hareX = (race.hare - left) * scale;
    if (hareX > -60 && hareX < width + 60) {
      drawHare(context, hareX, track.laneY(HARES_LANE), height * 0.05, (race.hare / 2.3) % 1, race.hare <= 0 || race.hare > state.metres + 8);
    }
    effects.drawStreaks(context, height * 0.36, track.bottom, clamp((race.speed - 8500) / 4000, 0, 1), now);
    if (ghost) drawGhost(context, ghost, (ghost.metres - left) * scale, now);
    set.runner(context, runnerX(), track.laneY(RUNNERS_LANE), bodyOf(race, now));
    effects.drawKicked(context);
    track.drawArch(context, left, scale, state.metres);
    effects.drawFalling(context, height * 0.7, wind);
  }

  /** The other runner of a ghost race, in the lane between; out of the picture only its mark tells where it is. */
  function drawGhost(context, ghost, x, now) {
    if (x < -80 || x > set.width + 80) return;
    context.save();
    context.globalAlpha = GHOSTLY;
    set.runner(context, x, set.track.laneY(GHOSTS_LANE), bodyOf(ghost, now));
    context.restore();
  }

  function bodyOf(race, now) {
    return {
      phase: race.phase,
      speed: clamp(race.speed / FAST, 0, 1),
      pose: race.pose,
      stumble: stumbling(race.state, race.tick),
      joy: clamp(race.after * 2.5 - 0.4, 0, 1),
      time: frame.calm ? 0 : now,
    };
  }

  function drawPads(context, { state, tick }, mode) {
    const blocked = tick < state.blockedUntil || mode === "after";
    const other = state.foot === "left" ? "right" : "left";
    const until = state.beat < 0 ? null : (state.beat - tick) / Math.max(state.interval, 1);
    set.pads.draw(context, {
      next: state.beat < 0 ? "left" : state.foot,
      beatsUntil: (foot) => (until === null || blocked ? null : foot === other ? until + 1 : until),
      last: seen && seen[1] ? { foot: seen[1], quality: seen[0], age: before - seenAt } : null,
      thumbs: mode === "demo",
      blocked,
    });
  }

  function drawWords(context, race, now, mode) {
    const { hud, pads } = set;
    const { state, tick } = race;
    const { texts } = frame;
    if (mode !== "demo") hud.drawRace(context, race);
    const age = now - seenAt;
    if (seen === state.news && seen) {
      const [what, foot] = seen;
      const x = foot ? pads.centre[foot] : set.width / 2;
      hud.drawJudgement(context, what, x, pads.y + pads.radius, age);
    }
    if (mode === "demo") return;
    if (state.phase === "marks") hud.drawCall(context, texts.marks, tick / 60, 38);
    else if (state.phase === "set") hud.drawCall(context, texts.set, (tick - 75) / 60);
    else if (state.phase === "run" && tick - state.gun < 45) hud.drawCall(context, texts.go, (tick - state.gun) / 60, 68);
    else if (state.phase === "run") announceGround(race);

    function announceGround({ metres }) {
      const ahead = state.ground[Math.min(Math.floor((metres + NOTICE_METRES) / 10), state.ground.length - 1)];
      if (ahead !== "packed") hud.drawNotice(context, ahead);
    }
  }

  return {
    resize,
    draw,
    /** Sound and vibration for what the last tick brought. */
    feel({ state, tick }, { sound, buzz, say }) {
      if (state.phase === "run" && tick - 1 === state.gun) {
        sound("gun");
        buzz(40);
        say(frame.texts.go);
      }
      if (state.phase === "done") sound("cheer");
      if (state.beat === tick && state.phase === "run") sound("beat");
      if (state.news?.[2] !== tick - 1) return;
      const [what] = state.news;
      if (what === "perfect") sound("perfect");
      else if (what === "good" || what === "late" || what === "go") sound("step");
      else sound(what === "miss" ? "miss" : "stumble");
      buzz(what === "stumble" || what === "false start" ? [60, 40, 60] : what === "perfect" ? 14 : 8);
    },
    /** How much of the track lies behind the runner. */
    progress: ({ way, track }) => way / track,
    /** Plays the demonstration: always on the beat. */
    autopilot(state) {
      if (state.phase !== "run") return [];
      if (state.beat < 0) return state.tick >= state.gun + 14 ? [["left"]] : [];
      return state.tick === state.beat ? [[state.foot]] : [];
    },
    /** A moment that shows the game well, for those who asked for less motion. */
    stillAt: 420,
    pointer: (kind, x) => (kind === "down" ? [x < set.width / 2 ? "left" : "right"] : null),
    keys: {
      ArrowLeft: ["left"],
      KeyF: ["left"],
      KeyA: ["left"],
      ArrowRight: ["right"],
      KeyJ: ["right"],
      KeyL: ["right"],
    },
  };
}

/** How far through both steps: a foot that is expected comes down exactly on its beat. */
function stridePhase(state, tick, after) {
  const part = after
    ? 0.5 + after * 1.6 * Math.max(1 - after / 2.4, 0)
    : clamp((tick - state.beatBefore) / Math.max(state.beat - state.beatBefore, 1), 0, 1.15);
  // The foot that is due next is half a stride away from the one that stands.
  return (((state.foot === "left" ? 0.5 : 0) + part / 2) % 1 + 1) % 1;
}

/** How far the runner is thrown off balance, from 1 right after the stumble to 0. */
function stumbling(state, tick) {
  if (state.news?.[0] !== "stumble") return 0;
  return clamp((state.blockedUntil - tick) / 32, 0, 1);
}
