// Feather fall as one sees, hears and feels it.
import * as rules from "./rules.js";
import { createCatcher } from "./art/catcher.js";
import { createStage } from "./art/stage.js";
import { createThings } from "./art/things.js";
import { drawChip, drawClock, drawMeter, filled, hudTop } from "../_art/hud.js";
import { ofThisTick } from "../_art/news.js";
import { clamp, strip } from "../_art/paint.js";
import { glowSprite } from "../_art/sparks.js";
import { createTelling, GOLD } from "../_art/telling.js";

export { rules };

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts, calm } = frame;
  const telling = createTelling(calm);
  const { sparks, shake, points, bits, call } = telling;
  const ice = [shardSprite(), glowSprite("#bfe6ff")];
  let set = null;
  let levelAt = -9;

  function resize(width, height) {
    // The rim of the basket is where things are caught; below it stands the hare, and below that is room for a thumb.
    const ground = height * 0.815;
    const tall = Math.min(height * 0.2, width * 0.4);
    set = {
      width,
      height,
      top: hudTop(),
      rim: ground - tall * 0.42,
      ground,
      stage: createStage(width, height, ground, theme, calm),
      things: createThings(width, ground - tall * 0.42, ground, frame.pictures.feather),
      catcher: createCatcher(width, ground, tall, theme),
    };
    sparks.clear();
  }

  const across = (x) => (x / rules.WIDTH) * set.width;

  /** @param {object} rival the round of somebody whose catches we race against, if there is one */
  function draw(context, { state }, between, mode, rival) {
    const [now, seconds] = telling.pass();
    const glowing = state.tick < state.glowUntil;
    telling.tell(state, seconds, SHOWN);
    set.stage.move(seconds, state.wind, glowing);
    set.things.move(seconds);

    context.save();
    shake.apply(context, seconds);
    set.stage.drawBehind(context, now);
    set.things.drawLying(context);
    if (rival) set.catcher.drawGhost(context, rival.state);
    set.catcher.draw(context, state, seconds, now, mode === "after");
    set.things.drawFalling(context, state, mode === "after" ? 1 : between);
    set.stage.drawBefore(context);
    sparks.draw(context);
    context.restore();
    sparks.drawWords(context, set.width);
    if (mode !== "demo") drawHud(context, state, seconds, now);
    telling.drawCall(context, set.width / 2, set.height * 0.34);
  }

  const SHOWN = {
    feather: (x, gained, off) => caught(x, gained, "#ffffff", bits.down, off),
    glow: (x, gained, off) => caught(x, gained, GOLD, bits.gold, off),
    warm: begin,
    gold: (x, gained) => caught(x, gained, GOLD, bits.gold, 99),
    miss(x, by) {
      set.things.lie(across(x), set.ground);
      sparks.burst(across(x), set.ground, 5, bits.down, { power: 50, lift: 30, size: 5, life: 0.5 });
      if (by < 50) sparks.say(across(x), set.rim - 10, texts.close, { colour: "#ffd0c4", size: 19 });
    },
    hit(x) {
      sparks.burst(across(x), set.rim, 26, ice, { power: 260, lift: 120, size: 9 });
      sparks.say(across(x), set.rim - 60, texts.frozen, { colour: "#bfe6ff", size: 28 });
      shake.hit(11);
      set.catcher.squash(0.9);
    },
    dodge(x, gained) {
      sparks.burst(across(x), set.ground - 4, 14, ice, { power: 170, lift: 60, size: 7 });
      sparks.say(across(x), set.rim - 20, `${texts.dodged} +${gained}`, { colour: "#a8f0d0", size: 21 });
    },
    shatter: (x) => sparks.burst(across(x), set.ground - 4, 12, ice, { power: 150, lift: 50, size: 6 }),
    level(x, factor, now) {
      levelAt = now;
      call(filled(texts.level, { factor }), "#ffe1a6");
    },
    gust(strength) {
      sparks.say(set.width / 2, set.height * 0.3, strength > 0 ? `${texts.gust} →` : `← ${texts.gust}`, {
        size: 20,
        colour: "#cfe4ff",
      });
    },
  };

  function caught(x, gained, colour, sprites, off) {
    sparks.burst(across(x), set.rim, colour === GOLD ? 16 : 9, sprites, { power: 150, lift: 90, size: 8, life: 0.7 });
    sparks.ring(across(x), set.rim, colour, colour === GOLD ? 60 : 38);
    sparks.say(across(x), set.rim - 26, `+${gained}`, { colour, size: colour === GOLD ? 26 : 20 });
    set.catcher.squash(colour === GOLD ? 0.7 : 0.45);
    if (off < 14) set.catcher.cheer();
  }

  function begin() {
    call(texts.glow, GOLD);
    sparks.ring(set.width / 2, set.rim, GOLD, set.width * 0.8, 0.9);
    set.catcher.cheer();
  }

  function drawHud(context, state, seconds, now) {
    const { width, top } = set;
    points.draw(context, state.points, 20, top + 22, seconds);
    const whole = frame.config.seconds;
    const left = Math.max(whole - state.tick / 60, 0);
    drawClock(context, width - 44, top + 24, 21, left / whole, left, theme.accent);
    const factor = rules.multiplier(state);
    const glowing = state.tick < state.glowUntil;
    const grown = Math.max(1 - (now - levelAt) * 3, 0);
    drawChip(context, filled(texts.times, { factor }), 20, top + 64, {
      ground: factor > 1 ? theme.accent : "rgb(6 14 40 / 55%)",
      colour: factor > 1 ? theme.onAccent : "#ffffff",
      grown,
    });
    const part = glowing ? (state.glowUntil - state.tick) / 360 : state.warmth / rules.WARMTH;
    drawMeter(context, 78, top + 64, width - 156, 14, part, glowing ? GOLD : "#9fd0ff");
    set.stage.drawFeatherSign(context, width - 44, top + 64, glowing);
  }

  const SOUNDS = {
    feather: ({ sound, buzz }, state) => (sound("catch", Math.min(state.streak, 24) % 13), buzz(8)),
    gold: ({ sound, buzz }) => (sound("gold"), buzz(18)),
    glow: ({ sound }, state) => sound("catch", 7 + (state.caught % 6)),
    warm: ({ sound, buzz, say }) => (sound("level"), buzz(40), say(texts.glow)),
    miss: ({ sound }) => sound("miss"),
    hit: ({ sound, buzz, say }) => (sound("crack"), buzz([60, 40, 60]), say(texts.frozen)),
    dodge: ({ sound, buzz }) => (sound("pop", 5), buzz(12)),
    shatter: ({ sound }) => sound("step"),
    level: ({ sound }, state) => sound("level", rules.multiplier(state)),
    gust: ({ sound }) => sound("whoosh"),
  };

  let finger = null;
  let leader = null; // the finger that came last, by its id
  // Less than this (a sixth of the basket) is not told, so that a restless finger makes no long recording.
  const reach = (x) => {
    const wanted = Math.round(clamp((x / set.width) * rules.WIDTH, 0, rules.WIDTH));
    if (finger !== null && Math.abs(wanted - finger) < 14) return null;
    finger = wanted;
    return ["reach", wanted];
  };
  const held = new Set();
  const go = (way, down) => () => {
    held[down ? "add" : "delete"](way);
    finger = null;
    return ["go", [...held].at(-1) ?? 0];
  };

  return {
    resize,
    draw,
    feel(round, given) {
      for (const [, what] of ofThisTick(round.state)) SOUNDS[what]?.(given, round.state);
      if (round.over) given.sound("cheer");
    },
    autopilot: demonstrate,
    stillAt: 620,
    pointer(kind, x, y, id) {
      if (kind === "down") leader = id;
      // A thumb that rests on the edge leads nowhere; a mouse leads without being pressed.
      if (leader !== null && id !== leader) return null;
      if (kind === "down" || kind === "move") return reach(x);
      finger = null;
      leader = null;
      return null;
    },
    keys: { ArrowLeft: go(-1, true), KeyA: go(-1, true), ArrowRight: go(1, true), KeyD: go(1, true) },
    releases: { ArrowLeft: go(-1, false), KeyA: go(-1, false), ArrowRight: go(1, false), KeyD: go(1, false) },
  };
}

/** Runs calmly under the next feather, and out of the way of icicles. */
function demonstrate(state) {
  if (state.tick % 3) return [];
  const { falling, tick } = state;
  const next = falling.filter(({ kind }) => kind !== "icicle").sort((a, b) => a.lands - b.lands)[0];
  let goal = next && next.lands - tick < 70 ? rules.xOf(state, next, tick) : state.x;
  const danger = falling.find(
    ({ kind, lands, x }) => kind === "icicle" && lands - tick < 50 && Math.abs(x - goal) < 120,
  );
  if (danger) goal = danger.x + (goal < danger.x ? -125 : 125);
  const far = clamp(goal - state.x, -60, 60);
  return Math.abs(far) < 8 ? [] : [["reach", clamp(Math.round(state.x + far), 0, rules.WIDTH)]];
}

/** A splinter of ice. */
function shardSprite() {
  return strip(32, 32, (context) => {
    context.fillStyle = "#d9f1ff";
    context.beginPath();
    context.moveTo(16, 1);
    context.lineTo(22, 14);
    context.lineTo(15, 31);
    context.lineTo(10, 13);
    context.fill();
    context.fillStyle = "#8ec6ee";
    context.beginPath();
    context.moveTo(16, 1);
    context.lineTo(22, 14);
    context.lineTo(15, 31);
    context.fill();
  });
}
