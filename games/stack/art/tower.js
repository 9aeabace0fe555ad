// The tower itself: folded jackets on a bench in the snow, the one in the air, what was cut off, and the camera.
import { bounce, easeOut, fading } from "../../_art/ease.js";
import { drawGhostSign, ICE } from "../../_art/ghost.js";
import { drawHareFront } from "../../_art/hare.js";
import { paintFolded, paintJacket } from "../../_art/jacket.js";
import { clamp, mix, strip } from "../../_art/paint.js";
import { WIDTH, leftAt, top } from "../rules.js";

const PATTERNS = ["quilt", "stripe", "dots", "band"];
const LOOKS = 24;
const GOLDEN = -1;
const LANDS = 0.24; // seconds
const FLASHES = 0.5;
const THEIRS = `${ICE}40`;

/** A brand's `picture` may be sewn onto every jacket. */
export function createTower(width, height, theme, calm, picture) {
  const high = clamp(height * 0.052, 34, 48);
  const bench = height * 0.79;
  const stays = height * 0.6; // the camera keeps the top of the tower about here
  const unit = width / WIDTH;
  const jacket = mix(theme.accent, "#ffffff", 0.04);
  const sheets = createSheets(0.56 * width, high, theme, picture);
  const little = strip(
    26,
    26,
    (context) => (context.scale(0.26, 0.26), paintJacket(context, { colour: theme.accent })),
  );
  let tower = []; // every layer: [left, width, look]
  let from = null;
  let camera = 0;
  let rising = 0;
  let pieces = [];
  let landed = [0, -9]; // how hard, when
  let flash = [0, 0, -9];

  const layerY = (n) => bench - (n + 1) * high;

  return {
    get camera() {
      return camera;
    },
    /** Pixels a second that the camera climbs. */
    get rising() {
      return rising;
    },
    /** Keeps count of the layers, also those that the rules have let go of. */
    follow(state, seconds) {
      if (state !== from || state.layers < tower.length) {
        [from, tower, pieces, camera] = [state, [], [], 0];
      }
      const fresh = Math.min(state.layers - tower.length, state.stack.length);
      if (fresh > 0) tower.push(...state.stack.slice(-fresh));
      const wanted = Math.max(0, stays - layerY(tower.length - 1));
      const moved = (wanted - camera) * (calm ? 1 : Math.min(seconds * 6, 1));
      camera += moved;
      rising = seconds ? moved / seconds : 0;
    },
    move(seconds) {
      sheets.prepare();
      for (const piece of pieces) {
        piece.age += seconds;
        piece.x += piece.dx * seconds;
        piece.dy += 1500 * seconds;
        piece.y += piece.dy * seconds;
        piece.turn += piece.spin * seconds;
      }
      pieces = pieces.filter(({ age }) => age < 1.6);
    },
    /** Where the top of the tower is on the screen. */
    topY: () => layerY(tower.length - 1) + camera,
    land: (power, now) => (landed = [power, now]),
    flash: (left, wide, now) => (flash = [left, wide, now]),
    /** What was cut off falls down beside the tower. */
    cut(left, wide, side) {
      pieces.push({
        x: left * unit,
        y: layerY(tower.length - 1),
        wide: wide * unit,
        look: tower.at(-1)[2],
        dx: side * 70,
        dy: -60,
        turn: 0,
        spin: side * (2 + (left % 3)),
        age: 0,
      });
    },
    draw,
    drawSpares(context, x, y, count) {
      for (let n = 0; n < count; n++) context.drawImage(little.canvas, x + n * 27, y - 14, 26, 26);
    },
  };

  function draw(context, state, between, now, away, mode, theirs) {
    const whole = tower.length * high + height * 0.1;
    const scale = 1 - away * (1 - Math.min(1, (height * 0.6) / whole));
    context.save();
    // The tower stands on its bench while one steps back.
    context.translate(width / 2, bench);
    context.scale(scale, scale);
    context.translate(-width / 2, -bench + camera * (1 - away));
    drawBench(context);
    drawBystander(context, now, state, away);
    drawLayers(context, now, away);
    drawPieces(context);
    if (theirs) drawTheirs(context, theirs);
    if (mode !== "after") drawAir(context, state, between);
    context.restore();
  }

  function drawLayers(context, now, away) {
    const lowest = away > 0 ? 0 : Math.max(0, Math.floor((bench - height + camera) / high) - 1);
    const age = now - landed[1];
    const last = tower.length - 1;
    for (let n = lowest; n <= last; n++) {
      const [left, wide, look] = tower[n];
      let y = layerY(n);
      let squash = 0;
      if (n === last && last > 0) y -= (1 - bounce(clamp(age / LANDS, 0, 1))) * high * 0.7;
      if (n >= last - 4 && !calm)
        squash = landed[0] * fading(age - LANDS * 0.4, 0.3) * Math.sin(age * 30) * 0.12 * (1 - (last - n) / 5);
      drawFolded(context, look, left * unit, y, wide * unit, squash);
    }
    const glow = fading(now - flash[2], FLASHES);
    if (glow && last > 0) drawFlash(context, layerY(last), glow);
  }

  function drawFlash(context, y, glow) {
    const grown = (1 - glow) * 22;
    context.globalAlpha = glow;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2 + glow * 4;
    context.beginPath();
    context.roundRect(flash[0] * unit - grown, y - grown * 0.5, flash[1] * unit + grown * 2, high + grown, high * 0.4);
    context.stroke();
    context.globalAlpha = glow * 0.55;
    context.fillStyle = "#ffffff";
    context.fill();
    context.globalAlpha = 1;
  }

  function drawAir(context, state, between) {
    const tick = state.tick - 1 + between;
    const [left, wide] = top(state);
    const y = layerY(tower.length) - high * 0.7;
    let x = leftAt(state, Math.floor(tick));
    x += (leftAt(state, Math.floor(tick) + 1) - x) * (tick - Math.floor(tick));
    if (tick < state.resting) {
      const part = clamp((state.resting - tick) / 16, 0, 1);
      x = leftAt(state, state.resting) + (x > left ? 1 : -1) * easeOut(part) * 420;
    }
    const overlap = clamp(1 - Math.abs(x - left) / wide, 0, 1);
    if (overlap > 0) {
      context.fillStyle = `rgb(255 255 255 / ${Math.round(overlap * 16)}%)`;
      const [from, to] = [Math.max(x, left), Math.min(x, left) + wide];
      context.fillRect(from * unit, y + high, (to - from) * unit, high * 0.7);
    }
    drawFolded(context, state.golden ? GOLDEN : state.look, x * unit, y, wide * unit, 0);
  }

  function drawPieces(context) {
    for (const { x, y, wide, look, turn, age } of pieces) {
      context.save();
      context.translate(x + wide / 2, y + high / 2);
      context.rotate(turn);
      context.globalAlpha = clamp((1.6 - age) * 2, 0, 1);
      drawFolded(context, look, -wide / 2, -high / 2, wide, 0);
      context.restore();
    }
  }

  /** A folded jacket of any width: its two ends and as much of the middle as there is room for. */
  function drawFolded(context, look, x, y, wide, squash) {
    const { canvas, width: whole } = sheets.of(look);
    const sharp = canvas.width / whole;
    const end = Math.min(high * 0.5, wide / 2);
    const tall = high * (1 - squash);
    y += high - tall;
    const middle = wide - end * 2;
    const room = whole - end * 2;
    context.drawImage(canvas, 0, 0, end * sharp, canvas.height, x, y, end + 0.5, tall);
    if (middle > 0)
      context.drawImage(
        canvas,
        end * sharp,
        0,
        Math.min(middle, room) * sharp,
        canvas.height,
        x + end,
        y,
        middle + 0.5,
        tall,
      );
    context.drawImage(canvas, canvas.width - end * sharp, 0, end * sharp, canvas.height, x + wide - end, y, end, tall);
  }

  /** The tower that we race against, as an outline at the left edge: as high as it is, but slim. */
  function drawTheirs(context, { stack, layers }) {
    const slim = unit * 0.26;
    const x = width * 0.105 - (WIDTH / 2) * slim;
    context.strokeStyle = ICE;
    context.fillStyle = THEIRS;
    context.lineWidth = 1.5;
    for (let n = 0; n < stack.length; n++) {
      const y = layerY(layers - stack.length + n) + 2;
      context.beginPath();
      context.roundRect(x + stack[n][0] * slim, y, Math.max(stack[n][1] * slim, 2), high - 4, 4);
      context.fill();
      context.stroke();
    }
    // Its number stands on its top, and stays in sight when the tower does not.
    const seen = clamp(layerY(layers - 1) - 14, -camera + height * 0.25, -camera + height * 0.9);
    drawGhostSign(context, layers, 8, seen);
  }

  function drawBench(context) {
    const wide = width * 0.62;
    const x = (width - wide) / 2;
    context.fillStyle = "rgb(28 54 104 / 30%)";
    context.beginPath();
    context.ellipse(width / 2, bench + height * 0.075, wide * 0.56, 10, 0, 0, 7);
    context.fill();
    context.fillStyle = "#5b3b22";
    for (const leg of [0.1, 0.84]) context.fillRect(x + wide * leg, bench + 8, wide * 0.06, height * 0.07);
    context.fillStyle = "#8a5a33";
    context.beginPath();
    context.roundRect(x, bench, wide, 16, 5);
    context.fill();
    context.fillStyle = "#b47c49";
    context.fillRect(x + 4, bench + 2, wide - 8, 4);
    context.fillStyle = "#f4f8fd";
    for (const [at, size] of [
      [0.02, 0.1],
      [0.9, 0.08],
    ]) {
      context.beginPath();
      context.ellipse(x + wide * (at + size / 2), bench, wide * size, 5, 0, Math.PI, 0);
      context.fill();
    }
  }

  /** The hare beside the bench, glad at each perfect drop, and at the end. */
  function drawBystander(context, now, state, away) {
    const glad = now - flash[2] < 0.9 || away > 0.5;
    const tall = Math.min(height * 0.15, width * 0.28);
    const hop = glad && !calm ? Math.abs(Math.sin(now * 9)) * tall * 0.12 : 0;
    drawHareFront(context, width * 0.87, bench + height * 0.085 - hop, tall, jacket, {
      mood: glad ? "joy" : state.done ? "hurt" : "calm",
      arms: glad ? 1 : 0.1,
      squash: hop ? -0.12 : calm ? 0 : Math.sin(now * 2.4) * 0.04,
      lean: -0.04,
      time: calm ? 0 : now,
    });
  }
}

/** Every kind of jacket once, as wide as the widest: the ones that are seen, and with each picture one more. */
function createSheets(wide, high, theme, picture) {
  const colours = [theme.accent, "#e9b44c", mix(theme.ground, "#6fb0f0", 0.62), "#e8eef7", "#4f9d86", "#8a6fc4"];
  const sheets = new Map();
  let next = GOLDEN;

  function cutOf(look) {
    if (look === GOLDEN) return { colour: "#f7c844", trim: "#fff6d8", pattern: "quilt" };
    const trim = look % 6 === 3 ? theme.accent : "#fdf6ea";
    return { colour: colours[look % 6], trim, pattern: PATTERNS[Math.floor(look / 6)] };
  }

  function of(look) {
    if (!sheets.has(look)) {
      const paint = (context) => {
        paintFolded(context, wide, high, cutOf(look));
        if (picture) sewOn(context, picture, high);
      };
      sheets.set(look, strip(wide, high, paint));
    }
    return sheets.get(look);
  }

  return {
    of: (look) => of(look < LOOKS ? look : 0),
    prepare: () => next < LOOKS && of(next++),
  };
}

/** The brand's label on woven cloth, with its stitches, beside the left end: a narrow jacket keeps that part. */
function sewOn(context, picture, high) {
  const [tall, wide] = [high * 0.66, high * 1.32];
  const [x, y] = [high * 0.62, high * 0.17];
  context.fillStyle = "rgb(10 6 24 / 35%)";
  context.fillRect(x + 1, y + 2, wide, tall);
  context.fillStyle = "#fbf8f1";
  context.fillRect(x, y, wide, tall);
  context.drawImage(picture, x + 2, y + 1, wide - 4, tall - 2);
  context.strokeStyle = "rgb(60 40 50 / 55%)";
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  context.strokeRect(x + 1.5, y + 1.5, wide - 3, tall - 3);
}
