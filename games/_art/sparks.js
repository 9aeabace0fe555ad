// What bursts out when something happens: bits that fly, rings that widen, words that rise. All from painted sprites.
import { easeOut, overshoot } from "./ease.js";
import { clamp, scatter, strip } from "./paint.js";
import { softDot } from "./snowfall.js";
import { outlined } from "./words.js";

const MOST = 260;

/** @typedef {{canvas: HTMLCanvasElement, round?: boolean}} Sprite */

export function createSparks(calm) {
  const chance = scatter(4711);
  let bits = [];
  let rings = [];
  let words = [];

  return {
    /**
     * @param {Sprite[]} sprites taken in turn by chance
     * @param {{power?: number, weight?: number, life?: number, size?: number, lift?: number, spread?: number}} how power in
     * pixels a second, weight as pull downwards, lift as push upwards, spread as the width of the place it comes from
     */
    burst(x, y, count, sprites, { power = 180, weight = 420, life = 0.8, size = 10, lift = 60, spread = 0 } = {}) {
      const most = calm ? Math.ceil(count / 4) : count;
      for (let n = 0; n < most && bits.length < MOST; n++) {
        const turn = chance() * 6.283;
        const fast = power * (0.25 + chance() * 0.75);
        const { canvas, round } = sprites[Math.floor(chance() * sprites.length)];
        bits.push({
          sprite: canvas,
          round,
          x: x + (chance() - 0.5) * spread,
          y,
          dx: Math.cos(turn) * fast,
          dy: Math.sin(turn) * fast - lift,
          size: size * (0.5 + chance() * 0.8),
          weight,
          life: life * (0.6 + chance() * 0.5),
          age: 0,
          turn: chance() * 6,
          spin: (chance() - 0.5) * 9,
        });
      }
    },
    ring(x, y, colour, size, life = 0.45) {
      rings.push({ x, y, colour, size, life, age: 0 });
    },
    say(x, y, text, { size = 22, colour = "#ffffff", life = 0.9, rise = 46 } = {}) {
      words.push({ x, y, text, size, colour, life, rise, age: 0 });
      if (words.length > 8) words.shift();
    },
    clear() {
      bits = [];
      rings = [];
      words = [];
    },
    move(seconds) {
      grow(bits, seconds);
      grow(rings, seconds);
      grow(words, seconds);
      for (const bit of bits) {
        bit.dx *= 1 - seconds * 1.6;
        bit.dy += bit.weight * seconds;
        bit.x += bit.dx * seconds;
        bit.y += bit.dy * seconds;
        bit.turn += bit.spin * seconds;
      }
    },
    draw(context) {
      for (const { sprite, round, x, y, size, age, life, turn } of bits) {
        const left = 1 - age / life;
        context.globalAlpha = Math.min(left * 2, 1);
        // A spot of light looks the same however it is turned; and turned back a picture never is quite even again.
        if (round) {
          context.drawImage(sprite, x - size, y - size, size * 2, size * 2);
          continue;
        }
        context.save();
        context.translate(x, y);
        context.rotate(turn);
        context.drawImage(sprite, -size, -size, size * 2, size * 2);
        context.restore();
      }
      for (const { x, y, colour, size, age, life } of rings) {
        const part = age / life;
        context.globalAlpha = 1 - part;
        context.strokeStyle = colour;
        context.lineWidth = 1 + (1 - part) * 5;
        context.beginPath();
        context.arc(x, y, size * easeOut(part), 0, 7);
        context.stroke();
      }
      context.globalAlpha = 1;
    },
    /** Words come last, over everything. `width` keeps them inside the picture. */
    drawWords(context, width) {
      for (const { x, y, text, size, colour, life, rise, age } of words) {
        const part = age / life;
        const grown = overshoot(Math.min(part * 5, 1));
        const half = (text.length * size) / 3.2;
        context.globalAlpha = clamp((1 - part) * 2.5, 0, 1);
        outlined(context, text, clamp(x, half + 6, width - half - 6), y - easeOut(part) * rise, {
          size: size * grown + 0.1,
          colour,
        });
      }
      context.globalAlpha = 1;
    },
  };
}

/** Lets time pass, and takes out what has lived its time; in place, since a new list for each picture is to be swept up. */
export function grow(things, seconds) {
  let kept = 0;
  for (const thing of things) {
    thing.age += seconds;
    if (thing.age < thing.life) things[kept++] = thing;
  }
  things.length = kept;
}

/** A soft spot of light. */
export function glowSprite(colour) {
  return softDot(colour, 32);
}

/** A star with four points. */
export function starSprite(colour) {
  return strip(32, 32, (context) => {
    context.fillStyle = colour;
    context.translate(16, 16);
    context.beginPath();
    for (let n = 0; n < 8; n++) {
      const far = n % 2 ? 4 : 15;
      context.lineTo(Math.cos((n * Math.PI) / 4) * far, Math.sin((n * Math.PI) / 4) * far);
    }
    context.fill();
  });
}

/** A strip of paper. */
export function paperSprite(colour) {
  return strip(32, 32, (context) => {
    context.fillStyle = colour;
    context.fillRect(9, 4, 14, 24);
  });
}
