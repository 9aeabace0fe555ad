// The run through the village as one sees, hears and feels it.
import * as rules from "./rules.js";
import { createObstacles } from "./art/obstacles.js";
import { createStreet } from "./art/street.js";
import { createAurora } from "../_art/aurora.js";
import { easeOut, fading } from "../_art/ease.js";
import { GHOSTLY, ICE } from "../_art/ghost.js";
import { drawHareBack } from "../_art/hare.js";
import { drawChip, drawClock, drawHeart, filled, hudTop } from "../_art/hud.js";
import { ofThisTick } from "../_art/news.js";
import { clamp, lay, strip } from "../_art/paint.js";
import { createSnowfall } from "../_art/snowfall.js";
import { glowSprite, starSprite } from "../_art/sparks.js";
import { createTelling, GOLD } from "../_art/telling.js";

export { rules };

const LOUD = { size: 46 };
const SWIPE = 18; // pixels that a finger moves before it means something

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts, calm } = frame;
  const telling = createTelling(calm);
  const { sparks, shake, points, bits, call } = telling;
  const snow = [glowSprite("#ffffff")];
  const warm = [starSprite("#ffb27a"), glowSprite("#ff9d5c")];
  let set = null;
  const stops = []; // rows and things ahead of the hare; the same list for every picture
  let passed = []; // rows that were beside the hare a moment ago
  const shown = { crouch: 0, lean: 0, squash: 0, landedAt: -9, levelAt: -9, hitAt: -9 };

  function resize(width, height) {
    const street = createStreet(width, height, theme, calm);
    set = {
      width,
      height,
      top: hudTop(),
      street,
      view: street.view,
      tall: Math.min(width * 0.34, height * 0.17),
      obstacles: createObstacles(street.view, theme, frame.pictures.feather),
      aurora: createAurora(width, height),
      snow: createSnowfall(width, height, { calm, count: 60 }),
      danger: strip(width, height, (context) => paintDanger(context, width, height)),
    };
    sparks.clear();
  }

  /** @param {object} rival the round of somebody whose run we race against, if there is one */
  function draw(context, { state }, between, mode, rival) {
    const [now, seconds] = telling.pass();
    const after = mode === "after" ? between / 1000 : 0;
    const tick = state.tick - 1 + (state.done ? 0 : between);
    const at = state.at - (state.done ? 0 : state.speed * (1 - between));
    const hare = poseOf(state, tick, seconds, now, after);
    telling.tell(state, seconds, SHOWN, hare);
    set.snow.move(seconds, 0, state.done ? 0 : state.speed * 1.1);

    context.save();
    shake.apply(context, seconds);
    set.street.drawGround(context, at);
    set.aurora(context, calm ? 0 : now, 0.55 + 0.1 * rules.multiplier(state));
    drawAhead(context, state, at, calm ? 0 : now);
    // Below the player's own hare, also where it is nearer: nothing is to hide that one.
    if (rival) drawGhost(context, rival.state, at);
    drawHare(context, state, hare, now, tick);
    drawBehind(context, state, at);
    sparks.draw(context);
    context.restore();
    if (!calm) drawRush(context, state, now);
    set.snow.draw(context);
    const pain = fading(now - shown.hitAt, 0.5);
    if (pain) {
      context.globalAlpha = pain;
      lay(context, set.danger);
      context.globalAlpha = 1;
    }
    sparks.drawWords(context, set.width);
    if (mode !== "demo") drawHud(context, state, seconds, now);
    telling.drawCall(context, set.width / 2, set.height * 0.3);
  }

  /** Where the hare is and how it holds itself, between two ticks. */
  function poseOf(state, tick, seconds, now, after) {
    const turning = clamp((tick - state.turned) / rules.TURNS, 0, 1);
    const lane = state.left + (state.lane - state.left) * easeOut(turning);
    const swing = (state.lane - state.left) * (1 - turning);
    const airborne = tick < state.landed && state.landed > 0;
    const part = clamp((tick - state.jumped) / rules.JUMPS, 0, 1);
    let lift = airborne ? 4 * part * (1 - part) : 0;
    if (state.landed < state.jumped + rules.JUMPS) lift = Math.min(lift, Math.max(state.landed - tick, 0) / 6);
    const sliding = tick - state.slid < rules.SLIDES && !airborne;
    const lies = state.done && state.lives <= 0 ? clamp(after * 5, 0, 1) : 0;
    shown.crouch += ((sliding ? 1 : 0) - shown.crouch) * Math.min(seconds * 18, 1);
    shown.lean += (swing * 0.34 - shown.lean) * Math.min(seconds * 16, 1);
    const landing = fading(now - shown.landedAt, 0.2);
    return {
      lane,
      lift: lift * view().lane * 0.95 + (state.done && !lies ? Math.abs(Math.sin(after * 8)) * set.tall * 0.3 : 0),
      pose: {
        stride: state.done ? 0.25 : (state.at / 2700) % 1,
        lean: shown.lean + lies * 1.3,
        squash: airborne ? -0.5 * (1 - 2 * Math.abs(part - 0.5)) : landing * 0.7,
        crouch: Math.max(shown.crouch, lies * 0.3),
        ears: airborne ? -0.5 : shown.crouch * 0.9,
        air: airborne,
      },
    };
  }

  const view = () => set.view;

  /** Everything ahead of the hare, far things first. */
  function drawAhead(context, state, at, now) {
    const { street, obstacles } = set;
    let far = street.farthest;
    stops.length = 0;
    for (const row of state.rows) stops.push(row);
    for (const thing of state.things) stops.push(thing);
    stops.sort(farFirst);
    for (const stop of stops) {
      const ahead = stop[0] - at;
      if (ahead > street.farthest) continue;
      if (ahead < far) street.drawPlots(context, at, Math.max(ahead, 0), far);
      far = Math.min(far, Math.max(ahead, 0));
      if (typeof stop[3] === "string") obstacles.drawThing(context, stop, ahead, now);
      else obstacles.drawRow(context, stop, ahead);
    }
    street.drawPlots(context, at, 0, far);
  }

  /** What was passed a moment ago still slides out of the picture. */
  function drawBehind(context, state, at) {
    set.street.drawPlots(context, at, set.street.nearest, 0);
    for (const row of passed) {
      const ahead = row[0] - at;
      if (ahead <= 0 && ahead > set.street.nearest) set.obstacles.drawRow(context, row, ahead);
    }
    const coming = state.rows[0];
    if (coming && coming !== passed.at(-1)) passed.push(coming);
    while (passed.length && passed[0][0] < at + set.street.nearest) passed.shift();
    if (passed.length > 8) passed = passed.slice(-4);
  }
  function drawHare(context, state, { lane, lift, pose }, now, tick) {
    const [x, ground] = [view().x(lane - 1, 1), view().feet];
    context.fillStyle = "rgb(28 54 104 / 34%)";
    context.beginPath();
    context.ellipse(x, ground + 3, set.tall * 0.32 * (1 - lift / (set.tall * 3)), set.tall * 0.06, 0, 0, 7);
    context.fill();
    const safe = tick - state.hurt < 90;
    if (safe && !calm && !state.done && Math.floor(now * 12) % 2) context.globalAlpha = 0.45;
    drawHareBack(context, x, ground - lift, set.tall, theme.accent, pose);
    context.globalAlpha = 1;
    if (state.done || pose.air || calm) return;
    // Snow flies up behind the feet.
    if (Math.floor(now * 30) % 2 === 0)
      sparks.burst(x, ground, pose.crouch > 0.5 ? 3 : 1, snow, {
        power: 90,
        lift: 70,
        size: 5,
        life: 0.5,
        spread: set.tall * 0.4,
      });
  }

  /** Whoever we race against, where they were at this time: a hare of mist. */
  function drawGhost(context, { at: there, lane, tick, jumped, landed, done }, at) {
    const ahead = there - at;
    if (done || ahead < set.street.nearest || ahead > 30000) return;
    const scale = view().scale(ahead);
    const part = clamp((tick - jumped) / rules.JUMPS, 0, 1);
    const lift = tick < landed ? 4 * part * (1 - part) * view().lane * 0.95 * scale : 0;
    context.globalAlpha = GHOSTLY;
    drawHareBack(context, view().x(lane - 1, scale), view().y(scale) - lift, set.tall * scale, ICE, {
      stride: (there / 2700) % 1,
      air: lift > 0,
    });
    context.globalAlpha = 1;
  }

  /** Streaks at the edges when it gets fast. */
  function drawRush(context, { speed, done }, now) {
    const strength = done ? 0 : clamp((speed - 190) / 110, 0, 1);
    if (!strength) return;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2;
    const [x, y] = [view().x(0, 0), view().horizon];
    for (let n = 0; n < 12; n++) {
      const turn = (n / 12) * 6.283 + 0.3;
      const part = (now * (1.4 + (n % 3) * 0.4) + n * 0.37) % 1;
      const [from, to] = [set.width * (0.5 + part * 0.8), set.width * (0.56 + part * 0.95)];
      context.globalAlpha = strength * 0.28 * (1 - part);
      context.beginPath();
      context.moveTo(x + Math.cos(turn) * from, y + Math.sin(turn) * from);
      context.lineTo(x + Math.cos(turn) * to, y + Math.sin(turn) * to);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** In front of the hare's chest, if it were in that lane. */
  const chest = (lane, { lift }) => [view().x(lane - 1, 1), view().feet - set.tall * 0.5 - lift];

  const SHOWN = {
    feather(lane, gained, height, now, hare) {
      sparks.burst(...chest(lane, hare), 6, bits.down, { power: 150, lift: 90, size: 8, life: 0.6 });
    },
    gold(lane, gained, height, now, hare) {
      const [x, y] = chest(lane, hare);
      sparks.burst(x, y, 14, bits.gold, { power: 150, lift: 90, size: 8, life: 0.6 });
      sparks.say(x, y - 30 - height * 20, `+${gained}`, { size: 26, colour: GOLD, rise: 70 });
    },
    close(lane, gained, now, hare) {
      const [x, y] = chest(lane, hare);
      sparks.ring(x, y, "#a8f0d0", 70);
      sparks.say(x, y - 60, `${texts.close} +${gained}`, { size: 24, colour: "#a8f0d0" });
    },
    level(lane, factor, now) {
      shown.levelAt = now;
      call(filled(texts.level, { factor }), GOLD, LOUD);
    },
    jacket(lane, now, hare) {
      sparks.burst(...chest(lane, hare), 24, warm, { power: 220, lift: 110, size: 10 });
      call(texts.jacket, "#ffc79a", LOUD);
    },
    hit(lane, cell, now, hare) {
      const [x, y] = chest(lane, hare);
      shown.hitAt = now;
      shake.hit(14);
      sparks.burst(x, y, 26, snow, { power: 300, lift: 140, size: 10 });
      sparks.burst(x, y, 10, bits.down, { power: 200, lift: 140, size: 9, life: 1.2, weight: 150 });
      call(texts.hit, "#ffb3a8", LOUD);
    },
    land(now, { lane }) {
      shown.landedAt = now;
      sparks.burst(view().x(lane - 1, 1), view().feet, 9, snow, { power: 130, lift: 50, size: 6, life: 0.5 });
    },
    faster: () => call(texts.faster, "#bfe0ff", LOUD),
    home: () => call(texts.finish, GOLD, LOUD),
    over: () => call(texts.over, "#ffb3a8", LOUD),
  };

  function drawHud(context, state, seconds, now) {
    const { width, top } = set;
    points.draw(context, rules.points(state), 20, top + 22, seconds);
    const whole = frame.config.seconds;
    const left = Math.max(whole - state.tick / 60, 0);
    drawClock(context, width - 44, top + 24, 21, left / whole, left, theme.accent);
    const factor = rules.multiplier(state);
    const grown = fading(now - shown.levelAt, 0.4);
    const wide = drawChip(context, filled(texts.times, { factor }), 20, top + 64, {
      ground: factor > 1 ? theme.accent : "rgb(6 14 40 / 55%)",
      colour: factor > 1 ? theme.onAccent : "#ffffff",
      grown,
    });
    drawChip(context, filled(texts.metres, { count: state.metres }), 30 + wide, top + 64, {
      ground: "rgb(6 14 40 / 55%)",
    });
    for (let n = 0; n < state.lives; n++) drawHeart(context, width - 34 - n * 32, top + 68, 12, "#ff6f61");
  }

  const SOUNDS = {
    jump: ({ sound, buzz }) => (sound("jump"), buzz(8)),
    slide: ({ sound, buzz }) => (sound("whoosh"), buzz(8)),
    turn: ({ sound, buzz }) => (sound("whoosh", 7), buzz(6)),
    land: ({ sound }) => sound("step"),
    feather: ({ sound }, state) => sound("catch", state.flow % 13),
    gold: ({ sound, buzz }) => (sound("gold"), buzz(16)),
    close: ({ sound, buzz }) => (sound("pop", 6), buzz(14)),
    level: ({ sound }, state) => sound("level", rules.multiplier(state)),
    jacket: ({ sound, buzz, say }) => (sound("level"), buzz(30), say(texts.jacket)),
    hit: ({ sound, buzz, say }) => (sound("crack"), sound("stumble"), buzz([70, 40, 70]), say(texts.hit)),
    faster: ({ sound }) => sound("beat"),
    home: ({ sound }) => sound("cheer"),
    over: ({ sound }) => sound("miss"),
  };

  // Each finger tells one thing with each swipe, as soon as it has moved far enough; to go on it need not be lifted.
  // A mere tap is a jump.
  const fingers = new Map();
  function pointer(kind, x, y, id) {
    const from = fingers.get(id);
    if (kind === "down") fingers.set(id, [x, y]);
    if (kind === "up" || kind === "cancel") fingers.delete(id);
    if (kind === "up" && from && !from[2]) return ["jump"];
    if (kind !== "move" || !from) return null;
    const [dx, dy] = [x - from[0], y - from[1]];
    if (Math.max(Math.abs(dx), Math.abs(dy)) < SWIPE) return null;
    // From here a swipe in another direction is a new one; more of the same is not.
    if (from[2] && sameWay(from[2], dx, dy)) {
      fingers.set(id, [x, y, from[2]]);
      return null;
    }
    const what = Math.abs(dx) > Math.abs(dy) ? (dx < 0 ? "left" : "right") : dy < 0 ? "jump" : "slide";
    fingers.set(id, [x, y, what]);
    return [what];
  }

  return {
    resize,
    draw,
    feel({ state }, given) {
      for (const [, what] of ofThisTick(state)) SOUNDS[what]?.(given, state);
    },
    autopilot: demonstrate,
    stillAt: 400,
    pointer,
    keys: {
      ArrowLeft: ["left"],
      KeyA: ["left"],
      ArrowRight: ["right"],
      KeyD: ["right"],
      ArrowUp: ["jump"],
      KeyW: ["jump"],
      Space: ["jump"],
      ArrowDown: ["slide"],
      KeyS: ["slide"],
    },
  };
}

function farFirst(one, other) {
  return other[0] - one[0];
}

function sameWay(what, dx, dy) {
  if (Math.abs(dx) > Math.abs(dy)) return what === (dx < 0 ? "left" : "right");
  return what === (dy < 0 ? "jump" : "slide");
}

/** Runs through the next row as it comes. */
function demonstrate(state) {
  const row = state.rows[0];
  if (!row) return [];
  const [stands, ...cells] = row;
  const ticks = (stands - state.at) / state.speed;
  const cost = (lane) => [0, 2, 2, 99][cells[lane]] + Math.abs(lane - state.lane) * 1.2;
  if (ticks < 46 && ticks > 10 && state.tick - state.turned > 12) {
    const goal = [0, 1, 2].sort((a, b) => cost(a) - cost(b))[0];
    if (goal !== state.lane) return [[goal < state.lane ? "left" : "right"]];
  }
  if (cells[state.lane] === rules.HEAP && Math.round(ticks) === 17) return [["jump"]];
  if (cells[state.lane] === rules.ARCH && Math.round(ticks) === 14) return [["slide"]];
  return [];
}

/** Red at the edges of the picture, after a hit. */
function paintDanger(context, width, height) {
  const edge = context.createRadialGradient(
    width / 2,
    height / 2,
    Math.min(width, height) * 0.35,
    width / 2,
    height / 2,
    height * 0.62,
  );
  edge.addColorStop(0, "rgb(255 60 40 / 0%)");
  edge.addColorStop(1, "rgb(255 60 40 / 65%)");
  context.fillStyle = edge;
  context.fillRect(0, 0, width, height);
}
