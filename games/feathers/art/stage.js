// Where the feathers fall: a village street at night under a snowy eave, with lamps, northern lights and wind.
import { createAurora } from "../../_art/aurora.js";
import { featherSprite } from "../../_art/feather.js";
import { lay, mix, scatter, strip } from "../../_art/paint.js";
import { safeTop } from "../../_art/safe.js";
import { createSnowfall } from "../../_art/snowfall.js";
import { lampSprite, paintNight } from "../../_art/village.js";

export function createStage(width, height, ground, theme, calm) {
  const street = ground - height * 0.075;
  const night = strip(width, height, (context) => {
    paintNight(context, width, height, theme, { horizon: street / height });
    paintFloor(context, width, height, ground);
  });
  const lamp = lampSprite(Math.min(height * 0.27, 220));
  const aurora = createAurora(width, height);
  let painted = null;
  /** The light of the golden down; it has time until the first picture has been shown. */
  const warm = () => (painted ??= strip(width, height, (context) => paintWarmth(context, width, height)));
  const roof = 44 + safeTop();
  const eave = strip(width, roof + 40, (context) => paintEave(context, width, roof, theme));
  const snow = createSnowfall(width, height, { calm });
  const sign = featherSprite("#ffffff", 44);
  const goldenSign = featherSprite("#ffd45e", 44);
  let glow = 0;
  let shownAt = Infinity;

  return {
    move(seconds, wind, glowing) {
      snow.move(seconds, wind * 42);
      glow += ((glowing ? 1 : 0) - glow) * Math.min(seconds * 4, 1);
    },
    drawBehind(context, now) {
      lay(context, night);
      aurora(context, calm ? 0 : now, 0.5 + glow * 0.5);
      for (const x of [0.12, 0.88]) {
        lay(context, lamp, x * width - lamp.middle, street + 24 - lamp.foot);
      }
      if (now > shownAt) warm();
      shownAt = Math.min(shownAt, now);
      if (glow < 0.02) return;
      context.globalAlpha = glow * (calm ? 0.6 : 0.5 + 0.15 * Math.sin(now * 7));
      context.globalCompositeOperation = "lighter";
      lay(context, warm());
      context.globalCompositeOperation = "source-over";
      context.globalAlpha = 1;
    },
    drawBefore(context) {
      snow.draw(context);
      lay(context, eave);
    },
    drawFeatherSign(context, x, y, glowing) {
      context.drawImage((glowing ? goldenSign : sign).canvas, x - 17, y - 17, 34, 34);
    },
  };
}

/** Trodden snow where the hare runs. */
function paintFloor(context, width, height, ground) {
  const light = context.createLinearGradient(0, ground - 40, 0, height);
  light.addColorStop(0, "rgb(255 255 255 / 0%)");
  light.addColorStop(0.25, "rgb(255 255 255 / 55%)");
  light.addColorStop(1, "rgb(176 204 240 / 70%)");
  context.fillStyle = light;
  context.fillRect(0, ground - 40, width, height - ground + 40);
  const chance = scatter(8);
  for (let n = 0; n < 26; n++) {
    const [x, y, size] = [chance() * width, ground + chance() * (height - ground), 14 + chance() * 34];
    context.fillStyle = "rgb(96 136 204 / 13%)";
    context.beginPath();
    context.ellipse(x, y + 3, size, size * 0.13, 0, 0, 7);
    context.fill();
    context.fillStyle = "rgb(255 255 255 / 60%)";
    context.beginPath();
    context.ellipse(x, y, size, size * 0.11, 0, 0, 7);
    context.fill();
  }
}

/** The light of the golden down: rays from above. */
function paintWarmth(context, width, height) {
  const light = context.createRadialGradient(width / 2, height * 0.1, 0, width / 2, height * 0.1, height * 0.8);
  light.addColorStop(0, "rgb(255 206 92 / 50%)");
  light.addColorStop(1, "rgb(255 170 60 / 0%)");
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  context.fillStyle = "rgb(255 226 150 / 9%)";
  for (let n = 0; n < 9; n++) {
    const turn = 0.35 + (n / 8) * 2.44;
    context.beginPath();
    context.moveTo(width / 2, -20);
    context.lineTo(width / 2 + Math.cos(turn - 0.06) * height * 1.2, Math.sin(turn - 0.06) * height * 1.2);
    context.lineTo(width / 2 + Math.cos(turn + 0.06) * height * 1.2, Math.sin(turn + 0.06) * height * 1.2);
    context.fill();
  }
}

/** The edge of the roof above us, dark behind the bar, from which the icicles hang. */
function paintEave(context, width, roof, theme) {
  const wood = mix(theme.ground, "#04081a", 0.62);
  context.fillStyle = wood;
  context.fillRect(0, 0, width, roof);
  context.fillStyle = mix(wood, "#ffffff", 0.06);
  for (let y = 12; y < roof; y += 15) context.fillRect(0, y, width, 1.5);
  const chance = scatter(21);
  for (let x = 4; x < width; x += 11 + chance() * 20) {
    const long = 5 + chance() ** 2 * 17;
    context.fillStyle = "rgb(196 228 255 / 72%)";
    context.beginPath();
    context.moveTo(x - 3.5, roof + 4);
    context.lineTo(x + 3.5, roof + 4);
    context.lineTo(x, roof + 5 + long);
    context.fill();
  }
  context.fillStyle = "#eef4fc";
  context.beginPath();
  context.moveTo(0, roof - 4);
  for (let x = 0; x <= width + 10; x += 10)
    context.lineTo(x, roof + 4 + Math.sin(x * 0.07) * 2.5 + Math.sin(x * 0.19) * 1.5);
  for (let x = width + 10; x >= 0; x -= 10) context.lineTo(x, roof - 4 + Math.sin(x * 0.05) * 1.5);
  context.fill();
}
