// The two boots to tap: a ring closes on each, and the beat is when it touches.
import { clamp, lay, mix, strip } from "../../_art/paint.js";
import { FACE } from "../../_art/words.js";

// A ring is seen for two beats: its own and the one before, which belongs to the other foot.
const RING_FROM = 1.05;

export function createPads(width, height, theme, texts) {
  const radius = Math.min(width * 0.155, height * 0.085);
  const y = height * 0.79;
  const centre = { left: width * 0.26, right: width * 0.74 };
  const edge = height * 0.676;
  const floor = strip(width, height - edge, (context) => paintFloor(context, width, height, edge, theme));
  const colours = { left: mix(theme.ground, "#7cc4ff", 0.82), right: mix(theme.accent, "#ffb070", 0.35) };
  const dark = mix(theme.ground, "#050a1e", 0.35);
  const looks = { left: looksOf(colours.left), right: looksOf(colours.right) };

  /**
   * @param {(foot: string) => number | null} beatsUntil how many beats until this foot's turn; null if none is known
   * @param {{foot: string, age: number, quality: string} | null} last the last judged step
   */
  function draw(context, { beatsUntil, next, last, thumbs, blocked }) {
    lay(context, floor, 0, edge);
    for (const foot of ["left", "right"]) {
      const pressed = last && last.foot === foot ? clamp(1 - last.age / 0.18, 0, 1) : 0;
      drawPad(context, foot, next === foot && !blocked, pressed, blocked);
      const until = beatsUntil(foot);
      if (until !== null && until < 2) drawRing(context, foot, until, next === foot);
      if (thumbs) drawThumb(context, foot, until);
    }
  }

  function drawPad(context, foot, mine, pressed, blocked) {
    const [x, colour] = [centre[foot], colours[foot]];
    const size = radius * (1 - pressed * 0.07);
    context.globalAlpha = blocked ? 0.35 : 1;
    const look = looks[foot][mine ? "mine" : "others"];
    const ground = pressed ? mix(dark, colour, look.lit + pressed * 0.5) : look.ground;
    context.fillStyle = ground;
    context.beginPath();
    context.arc(x, y, size, 0, 7);
    context.fill();
    context.lineWidth = mine ? 4 : 2.5;
    context.strokeStyle = look.rim;
    context.stroke();
    drawBootprint(context, x, y - radius * 0.12, radius * 0.52, foot, look.print, ground);
    context.fillStyle = look.word;
    context.font = `600 ${Math.round(radius * 0.25)}px ${FACE}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(texts[foot], x, y + radius * 0.74);
    context.globalAlpha = 1;
  }

  /** A pad when it is its foot's turn, and when it is the other's. */
  function looksOf(colour) {
    const look = (lit, rest) => ({
      lit,
      ground: mix(dark, colour, lit),
      rim: mix(colour, theme.ground, rest * 0.45),
      print: mix("#ffffff", theme.ground, rest * 0.4),
      word: mix("#ffffff", theme.ground, rest * 0.25),
    });
    return { mine: look(0.3, 0), others: look(0.14, 1) };
  }

  function drawRing(context, foot, until, mine) {
    const near = clamp(1 - until / 2, 0, 1);
    context.globalAlpha = mine ? 0.35 + near * 0.65 : near * 0.5;
    context.lineWidth = mine ? 3 + near * 3 : 2.5;
    context.strokeStyle = until < 0 ? "#ffffff" : colours[foot];
    context.beginPath();
    context.arc(centre[foot], y, radius * (1 + Math.max(until, -0.08) * RING_FROM * 0.5), 0, 7);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** In the demonstration a thumb comes down with each beat: the whole tutorial. */
  function drawThumb(context, foot, until) {
    const away = until === null ? 1 : Math.min(Math.abs(until), 1);
    const [x, top] = [centre[foot] + (foot === "left" ? -1 : 1) * radius * 0.25, y + radius * (0.28 + away * 0.55)];
    context.save();
    context.translate(x, top);
    context.rotate(foot === "left" ? 0.35 : -0.35);
    context.fillStyle = "#f3c9a5";
    context.strokeStyle = "rgb(90 50 30 / 45%)";
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(-radius * 0.22, -radius * 0.25, radius * 0.44, radius * 1.6, radius * 0.22);
    context.fill();
    context.stroke();
    context.fillStyle = "rgb(255 238 226 / 85%)";
    context.beginPath();
    context.roundRect(-radius * 0.13, -radius * 0.19, radius * 0.26, radius * 0.3, radius * 0.12);
    context.fill();
    context.restore();
  }

  return { draw, centre, y, radius };
}

/** The dark before the track, with a soft edge of snow where the track ends. */
function paintFloor(context, width, height, edge, theme) {
  context.translate(0, -edge);
  const ground = context.createLinearGradient(0, height * 0.68, 0, height * 0.76);
  ground.addColorStop(0, mix(theme.ground, "#0a1230", 0.2));
  ground.addColorStop(1, mix(theme.ground, "#050a1e", 0.6));
  context.fillStyle = ground;
  context.fillRect(0, height * 0.685, width, height * 0.315);
  context.fillStyle = "#f1f6fd";
  context.beginPath();
  context.moveTo(0, height * 0.68);
  for (let x = 0; x <= width + 20; x += 20) {
    context.lineTo(x, height * (0.694 + Math.sin(x * 0.045) * 0.003 + Math.sin(x * 0.017 + 2) * 0.004));
  }
  context.lineTo(width, height * 0.68);
  context.fill();
}

/** The sole of a winter boot, as it stands in the snow. */
function drawBootprint(context, x, y, size, foot, colour, ground) {
  context.save();
  context.translate(x, y);
  context.scale(foot === "left" ? size : -size, size);
  context.rotate(-0.1);
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(-0.3, 0.15);
  context.bezierCurveTo(-0.52, -0.35, -0.42, -0.98, 0.04, -1);
  context.bezierCurveTo(0.5, -0.98, 0.5, -0.3, 0.3, 0.15);
  context.bezierCurveTo(0.28, 0.4, 0.34, 0.55, 0.3, 0.72);
  context.bezierCurveTo(0.22, 1.02, -0.24, 1.02, -0.3, 0.72);
  context.bezierCurveTo(-0.34, 0.55, -0.24, 0.4, -0.3, 0.15);
  context.fill();
  context.strokeStyle = ground;
  context.lineWidth = 0.09;
  for (const bar of [-0.68, -0.42, -0.16, 0.08, 0.5, 0.7]) {
    context.beginPath();
    context.moveTo(-0.36, bar);
    context.lineTo(0, bar - 0.08);
    context.lineTo(0.36, bar);
    context.stroke();
  }
  context.restore();
}
