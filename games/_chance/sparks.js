// What flies about for a moment, on a canvas over the scene: snow, paper, shards. It costs nothing while nothing flies.
const FALL = 900; // pixels a second, each second
const PLAIN = { shape: "flake", count: 16, speed: 260, size: 5, seconds: 0.9, fall: FALL, upward: 0.3 };

/**
 * @param {HTMLElement} stage
 * @param {boolean} calm whoever asked for less motion sees none of it
 */
export function createSparks(stage, calm) {
  const canvas = document.createElement("canvas");
  canvas.className = "sparks";
  canvas.setAttribute("aria-hidden", "true");
  stage.append(canvas);
  const context = canvas.getContext("2d");
  let flying = [];
  let before = 0;
  let handle = 0;

  // An empty canvas over the whole scene would still be laid over it for each frame; and one that had no place would have
  // to be given it in the very frame that answers a blow.
  canvas.style.visibility = "hidden";
  new ResizeObserver(([{ contentRect }]) => fit(contentRect)).observe(stage);

  function fit({ width, height }) {
    const sharpness = Math.min(devicePixelRatio || 1, 2);
    canvas.width = Math.round(width * sharpness);
    canvas.height = Math.round(height * sharpness);
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  }

  function begin() {
    canvas.style.visibility = "";
    before = performance.now();
    handle = requestAnimationFrame(frame);
  }

  function frame(now) {
    const passed = Math.min((now - before) / 1000, 0.05);
    before = now;
    context.clearRect(0, 0, canvas.width, canvas.height);
    flying = flying.filter((spark) => (spark.left -= passed) > 0);
    for (const spark of flying) {
      spark.dy += spark.fall * passed;
      spark.dx *= 1 - spark.drag * passed;
      spark.x += spark.dx * passed;
      spark.y += spark.dy * passed;
      spark.turn += spark.spin * passed;
      paint(context, spark);
    }
    handle = flying.length ? requestAnimationFrame(frame) : 0;
    if (!handle) canvas.style.visibility = "hidden";
  }

  return {
    /**
     * @param {number} x of the stage, in CSS pixels
     * @param {{shape?: "flake"|"paper"|"shard", count?: number, colours: string[], speed?: number, size?: number,
     *   seconds?: number, fall?: number, upward?: number}} kind `upward` 0 is all round, 1 only up
     */
    burst(x, y, kind) {
      if (calm) return;
      const { shape, count, colours, speed, size, seconds, fall, upward } = { ...PLAIN, ...kind };
      for (let n = 0; n < count; n++) {
        const turn = Math.random() * Math.PI * 2;
        const fast = speed * (0.35 + Math.random() * 0.65);
        const life = seconds * (0.6 + Math.random() * 0.4);
        flying.push({
          shape,
          x,
          y,
          dx: Math.cos(turn) * fast,
          dy: Math.sin(turn) * fast * (1 - upward) - fast * upward * 1.3,
          turn,
          spin: (Math.random() - 0.5) * 14,
          size: size * (0.5 + Math.random() * 0.8),
          colour: colours[n % colours.length],
          life,
          left: life,
          fall: shape === "flake" ? fall * 0.45 : fall,
          drag: shape === "shard" ? 0.4 : 1.8,
        });
      }
      if (!handle) begin();
    },
    /** What a draw is greeted with: paper for a prize, and soft snow where there is none. */
    greet(x, y, won, { accent }) {
      const kind = won ? { shape: "paper", count: 54, size: 12 } : { shape: "flake", count: 30, size: 9 };
      const colours = ["#ffffff", "#ffdf9a", accent, "#9fd0ff"];
      this.burst(x, y, { ...kind, speed: 410, upward: 0.5, seconds: 1.4, colours });
    },
    /** The middle of an element, in this stage's pixels. */
    middleOf(element) {
      const box = element.getBoundingClientRect();
      const mine = stage.getBoundingClientRect();
      return [box.x + box.width / 2 - mine.x, box.y + box.height / 2 - mine.y];
    },
  };
}

function paint(context, { shape, x, y, size, turn, colour, left, life }) {
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  context.globalAlpha = Math.min(1, (left / life) * 2);
  context.fillStyle = colour;
  context.beginPath();
  if (shape === "flake") context.arc(0, 0, size / 2, 0, 7);
  // A paper turns over as it falls: its height goes through nothing.
  else if (shape === "paper") context.rect(-size / 2, -size / 3, size, (size / 1.5) * Math.cos(turn * 1.7));
  else {
    context.moveTo(-size, -size * 0.5);
    context.lineTo(size * 0.9, -size * 0.7);
    context.lineTo(size * 0.3, size);
  }
  context.fill();
  context.restore();
}
