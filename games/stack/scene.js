// The jacket tower as one sees, hears and feels it.
import * as rules from "./rules.js";
import { createSky } from "./art/sky.js";
import { createTower } from "./art/tower.js";
import { drawChip, drawClock, filled, hudTop } from "../_art/hud.js";
import { ofThisTick } from "../_art/news.js";
import { clamp } from "../_art/paint.js";
import { glowSprite, starSprite } from "../_art/sparks.js";
import { createSnowfall } from "../_art/snowfall.js";
import { createTelling, GOLD } from "../_art/telling.js";
import { easeInOut } from "../_art/ease.js";

export { rules };

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(frame) {
  const { theme, texts, calm } = frame;
  const telling = createTelling(calm);
  const { sparks, shake, points, bits, call } = telling;
  const light = [starSprite("#ffffff"), glowSprite("#bfe0ff")];
  let set = null;

  function resize(width, height) {
    set = {
      width,
      height,
      top: hudTop(),
      sky: createSky(width, height, theme, calm),
      tower: createTower(width, height, theme, calm, frame.pictures.patch),
      snow: createSnowfall(width, height, { calm, count: 50 }),
    };
    sparks.clear();
  }

  const across = (x) => (x / rules.WIDTH) * set.width;

  /** @param {object} rival the round of somebody whose tower we race against, if there is one */
  function draw(context, { state }, between, mode, rival) {
    const [now, seconds] = telling.pass();
    const after = mode === "after" ? between / 1000 : 0;
    const { sky, tower, snow, width, height } = set;
    tower.follow(state, seconds);
    telling.tell(state, seconds, SHOWN);
    tower.move(seconds);
    snow.move(seconds, 8, -tower.rising * 0.6);

    // At the end one steps back and sees the whole tower.
    const away = calm ? Number(after > 0) : easeInOut(clamp((after - 0.5) / 1.1, 0, 1));
    context.save();
    shake.apply(context, seconds);
    sky.draw(context, tower.camera * (1 - away), now);
    tower.draw(context, state, mode === "after" ? 1 : between, now, away, mode, rival?.state);
    context.restore();
    snow.draw(context);
    sparks.draw(context);
    sparks.drawWords(context, width);
    if (mode !== "demo") drawHud(context, state, seconds);
    telling.drawCall(context, width / 2, height * 0.3);
  }

  const SHOWN = {
    drop(left, wide, cutLeft, cutWide, off, now) {
      const y = set.tower.topY();
      const edge = off > 0 ? cutLeft : cutLeft + cutWide;
      set.tower.cut(cutLeft, cutWide, off > 0 ? 1 : -1);
      sparks.burst(across(edge), y + 8, 8 + Math.round(cutWide / 16), bits.down, {
        power: 120,
        lift: 60,
        size: 9,
        weight: 160,
        life: 1.3,
      });
      const narrow = wide < 90;
      sparks.say(across(left + wide / 2), y - 34, narrow ? texts.narrow : texts.good, {
        size: 20,
        colour: narrow ? "#ffd0c4" : "#cfe4ff",
      });
      if (wide < 60) shake.hit(5);
      set.tower.land(0.5, now);
    },
    perfect(left, wide, streak, more, gained, now) {
      const y = set.tower.topY();
      const [x, golden] = [across(left + wide / 2), gained > 80];
      set.tower.land(0.9, now);
      set.tower.flash(left, wide, now);
      sparks.burst(x, y + 10, 10 + Math.min(streak, 8) * 2, golden ? bits.gold : light, {
        power: 200 + streak * 14,
        lift: 50,
        size: 9,
        spread: across(wide),
        weight: 260,
      });
      sparks.say(x, y - 34, streak > 1 ? filled(texts.perfect_again, { count: streak }) : texts.perfect, {
        size: Math.min(24 + streak * 1.5, 38),
        colour: streak > 2 ? GOLD : "#ffffff",
      });
      sparks.say(x, y - 6, `+${gained}`, { size: 19, colour: "#bfe8ff", rise: 30 });
      if (more) sparks.say(x, y - 66, texts.wider, { size: 22, colour: "#a8f0d0", life: 1.2 });
      if (streak === 5 || streak === 10 || streak === 15)
        call(filled(texts.perfect_again, { count: streak }), GOLD, { size: 48 });
    },
    miss(left, wide, now) {
      set.tower.cut(left, wide, left + wide / 2 > rules.WIDTH / 2 ? 1 : -1);
      call(texts.gone, "#ffb3a8");
      shake.hit(9);
    },
    time: () => call(texts.finish, GOLD),
  };

  function drawHud(context, state, seconds) {
    const { top } = set;
    const whole = frame.config.seconds;
    const left = Math.max(whole - state.tick / 60, 0);
    points.draw(context, state.points, 20, top + 22, seconds);
    drawClock(context, set.width - 44, top + 24, 21, left / whole, left, theme.accent);
    const wide = drawChip(context, filled(texts.layers, { count: state.layers }), 20, top + 64, {
      ground: "rgb(6 14 40 / 55%)",
    });
    set.tower.drawSpares(context, 30 + wide, top + 64, state.spares);
    if (state.golden && !state.done)
      drawChip(context, texts.golden, set.width / 2, top + 64 + 34, {
        size: 15,
        ground: GOLD,
        colour: "#5a3a05",
        align: "middle",
      });
  }

  return {
    resize,
    draw,
    feel({ state, over }, { sound, buzz, say }) {
      for (const [, what, , , streak] of ofThisTick(state)) {
        if (what === "perfect") {
          sound("match", Math.min(streak - 1, 14));
          buzz(Math.min(14 + streak * 3, 40));
          say(texts.perfect);
        } else if (what === "drop") (sound("drop"), buzz(10));
        else if (what === "miss") (sound("stumble"), buzz([60, 40, 60]), say(texts.gone));
      }
      if (over) sound("cheer");
    },
    autopilot: demonstrate,
    stillAt: 600,
    pointer: (kind) => (kind === "down" ? ["drop"] : null),
    keys: { Space: ["drop"], Enter: ["drop"], ArrowDown: ["drop"] },
  };
}

/** Drops true, with a slip now and then, so that one sees what it costs. */
function demonstrate(state) {
  if (state.tick < state.resting + 30) return [];
  const slip = state.layers % 4 === 2 ? 42 : 0;
  const [left] = rules.top(state);
  const off = rules.leftAt(state, state.tick) - left - slip;
  const next = rules.leftAt(state, state.tick + 1) - left - slip;
  return Math.abs(off) <= Math.abs(next) && Math.abs(off) < 9 ? [["drop"]] : [];
}
