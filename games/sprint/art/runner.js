// The runner: a skeleton whose feet come down exactly on the beats, dressed in a down jacket.
import { mix } from "../../_art/paint.js";

const TURN = Math.PI / 180;

// One leg through a whole stride, from its own step to its next one: thigh forward, and how far the knee is bent.
const THIGH = [24, 0, -31, -20, 18, 58, 68, 47];
const KNEE = [14, 26, 18, 92, 122, 100, 70, 26];

/** Poses before the gun, in degrees. */
const POSES = {
  marks: { lean: 22, near: { thigh: 32, knee: 36 }, far: { thigh: -14, knee: 16 }, nearArm: [-32, 78], farArm: [40, 84] },
  set: { lean: 46, near: { thigh: 64, knee: 82 }, far: { thigh: -18, knee: 44 }, nearArm: [-58, 84], farArm: [62, 88] },
};

export function createRunner(tall, theme) {
  const jacket = theme.accent;
  const dress = {
    jacket,
    jacketShade: mix(jacket, "#1a0b16", 0.34),
    jacketLight: mix(jacket, "#ffffff", 0.28),
    trousers: mix(theme.ground, "#0a1024", 0.35),
    trousersShade: mix(theme.ground, "#04060f", 0.6),
    boot: "#f4f7fb",
    bootShade: "#b9c6da",
    sole: mix(jacket, "#2a0d08", 0.2),
    skin: "#f3c9a5",
    hat: "#f6f9fd",
    scarf: mix(theme.ground, "#5aa4f0", 0.6),
  };
  const long = { thigh: tall * 0.245, shin: tall * 0.235, trunk: tall * 0.3, arm: tall * 0.15, fore: tall * 0.14 };

  /**
   * @param {{phase: number, speed: number, pose: string, stumble: number, joy: number, time: number}} body
   * `phase` 0 to 1 through both steps (0 the left foot lands, a half the right); `speed` 0 to 1; `stumble` and `joy`
   * 0 to 1, how far the runner is thrown off balance or throws up the arms.
   */
  return (context, x, ground, body) => {
    const figure = body.pose === "run" ? running(body, long, tall) : waiting(POSES[body.pose], long, tall);
    drawShadow(context, x, ground, tall);
    context.save();
    context.translate(x, ground - figure.hip);
    context.lineCap = "round";
    context.lineJoin = "round";
    drawArm(context, figure, figure.far, dress, long, true);
    drawLeg(context, figure.farLeg, dress, long, true);
    drawLeg(context, figure.nearLeg, dress, long, false);
    drawTrunk(context, figure, dress, long, tall, body);
    drawArm(context, figure, figure.near, dress, long, false);
    context.restore();
  };
}

function running({ phase, speed, stumble, joy, time }, long, tall) {
  const reach = 0.42 + speed * 0.58;
  const leg = (at) => {
    const thigh = along(THIGH, at) * reach;
    const knee = along(KNEE, at) * (0.5 + reach * 0.5);
    return { thigh: thigh * TURN, knee: knee * TURN };
  };
  const nearLeg = leg(phase);
  const farLeg = leg((phase + 0.5) % 1);
  const wobble = Math.sin(time * 22) * stumble;
  const lean = (7 + speed * 9 + stumble * 34 - joy * 12) * TURN + wobble * 0.12;
  // Twice in a stride the runner flies: highest between the steps.
  const flight = Math.abs(Math.sin(phase * Math.PI * 2)) * tall * 0.035 * reach;
  const swing = (leg) => leg.thigh * 0.95;
  const cheer = joy * 150 * TURN;
  return {
    hip: standing([nearLeg, farLeg], long, tall) + flight,
    lean,
    nearLeg,
    farLeg,
    near: { upper: swing(farLeg) * (1 - joy) + cheer + wobble, elbow: (88 - joy * 66) * TURN },
    far: { upper: swing(nearLeg) * (1 - joy) + cheer * 0.9 - wobble, elbow: (88 - joy * 60) * TURN },
  };
}

function waiting({ lean, near, far, nearArm, farArm }, long, tall) {
  const leg = ({ thigh, knee }) => ({ thigh: thigh * TURN, knee: knee * TURN });
  const arm = ([upper, elbow]) => ({ upper: upper * TURN, elbow: elbow * TURN });
  const [nearLeg, farLeg] = [leg(near), leg(far)];
  const hip = standing([nearLeg, farLeg], long, tall);
  return { hip, lean: lean * TURN, nearLeg, farLeg, near: arm(nearArm), far: arm(farArm) };
}

/** How high the hips are when the lower foot stands on the ground. */
function standing(legs, long, tall) {
  const reach = ({ thigh, knee }) => long.thigh * Math.cos(thigh) + long.shin * Math.cos(thigh - knee);
  return Math.max(...legs.map(reach)) + tall * 0.055;
}

/** The value at `phase` of a cycle of evenly spaced values, rounded off between them. */
function along(values, phase) {
  const place = phase * values.length;
  const n = Math.floor(place);
  const part = place - n;
  const [a, b, c, d] = [-1, 0, 1, 2].map((off) => values[(n + off + values.length) % values.length]);
  return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
}

function drawShadow(context, x, ground, tall) {
  context.fillStyle = "rgb(28 54 104 / 30%)";
  context.beginPath();
  context.ellipse(x + tall * 0.04, ground + 2, tall * 0.27, tall * 0.035, 0, 0, 7);
  context.fill();
}

function drawLeg(context, { thigh, knee }, dress, long, far) {
  const [kneeX, kneeY] = [Math.sin(thigh) * long.thigh, Math.cos(thigh) * long.thigh];
  const shin = thigh - knee;
  const [footX, footY] = [kneeX + Math.sin(shin) * long.shin, kneeY + Math.cos(shin) * long.shin];
  const cloth = far ? dress.trousersShade : dress.trousers;
  taper(context, 0, 0, kneeX, kneeY, long.thigh * 0.36, long.thigh * 0.25, cloth);
  taper(context, kneeX, kneeY, footX, footY, long.thigh * 0.25, long.thigh * 0.16, cloth);
  if (!far) {
    context.strokeStyle = "rgb(255 255 255 / 26%)";
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(kneeX * 0.2, kneeY * 0.2);
    context.lineTo(kneeX * 0.92, kneeY * 0.92);
    context.stroke();
  }
  drawBoot(context, footX, footY, shin + 0.12 * knee, dress, long.shin, far);
}

function drawBoot(context, x, y, turn, dress, size, far) {
  context.save();
  context.translate(x, y);
  context.rotate(-turn);
  context.fillStyle = far ? dress.bootShade : dress.boot;
  context.beginPath();
  context.roundRect(-size * 0.15, -size * 0.3, size * 0.32, size * 0.4, size * 0.1);
  context.roundRect(-size * 0.15, -size * 0.04, size * 0.62, size * 0.19, size * 0.09);
  context.fill();
  context.fillStyle = dress.sole;
  context.beginPath();
  context.roundRect(-size * 0.16, size * 0.11, size * 0.64, size * 0.08, size * 0.04);
  context.fill();
  context.restore();
}

function drawArm(context, { lean }, { upper, elbow }, dress, long, far) {
  const [shoulderX, shoulderY] = [Math.sin(lean) * long.trunk * 0.88, -Math.cos(lean) * long.trunk * 0.88];
  const down = upper - lean * 0.25;
  const [elbowX, elbowY] = [shoulderX + Math.sin(down) * long.arm, shoulderY + Math.cos(down) * long.arm];
  const fore = down + elbow;
  const [handX, handY] = [elbowX + Math.sin(fore) * long.fore, elbowY + Math.cos(fore) * long.fore];
  const cloth = far ? dress.jacketShade : dress.jacket;
  puff(context, shoulderX, shoulderY, elbowX, elbowY, long.arm * 0.46, 3, cloth, far ? cloth : dress.jacketLight);
  puff(context, elbowX, elbowY, handX, handY, long.arm * 0.38, 3, cloth, far ? cloth : dress.jacketLight);
  context.fillStyle = dress.trousers;
  context.beginPath();
  context.arc(handX + Math.sin(fore) * 3, handY + Math.cos(fore) * 3, long.arm * 0.23, 0, 7);
  context.fill();
}

function drawTrunk(context, { lean }, dress, long, tall, { time, speed }) {
  const [neckX, neckY] = [Math.sin(lean) * long.trunk, -Math.cos(lean) * long.trunk];
  drawScarf(context, neckX, neckY, dress, tall, time, speed);
  puff(context, Math.sin(lean) * -2, 4, neckX, neckY, tall * 0.155, 5, dress.jacket, dress.jacketLight);
  const [headX, headY] = [neckX + Math.sin(lean * 0.6) * tall * 0.1, neckY - Math.cos(lean * 0.6) * tall * 0.1];
  taper(context, neckX, neckY + 1, neckX + (headX - neckX) * 0.3, neckY + (headY - neckY) * 0.3, tall * 0.12, tall * 0.115, dress.scarf);
  drawHead(context, headX, headY, lean * 0.5, dress, tall * 0.078);
}

function drawHead(context, x, y, tilt, dress, size) {
  context.save();
  context.translate(x, y);
  context.rotate(tilt);
  context.fillStyle = dress.skin;
  context.beginPath();
  context.arc(0, 0, size, 0, 7);
  context.arc(size * 0.98, size * 0.14, size * 0.17, 0, 7);
  context.fill();
  context.fillStyle = "#2a1d1a";
  context.beginPath();
  context.arc(size * 0.55, -size * 0.02, size * 0.11, 0, 7);
  context.fill();
  context.fillStyle = "rgb(224 120 96 / 45%)";
  context.beginPath();
  context.arc(size * 0.42, size * 0.36, size * 0.2, 0, 7);
  context.fill();
  context.fillStyle = dress.hat;
  context.beginPath();
  context.arc(-size * 0.04, -size * 0.14, size * 1.06, Math.PI * 0.93, Math.PI * 1.98);
  context.fill();
  context.fillStyle = dress.jacket;
  context.beginPath();
  context.roundRect(-size * 1.16, -size * 0.36, size * 2.2, size * 0.38, size * 0.18);
  context.fill();
  context.fillStyle = dress.hat;
  context.beginPath();
  context.arc(-size * 0.3, -size * 1.28, size * 0.36, 0, 7);
  context.fill();
  context.restore();
}

/** The scarf streams behind, the straighter the faster. */
function drawScarf(context, x, y, dress, tall, time, speed) {
  const long = tall * (0.16 + speed * 0.22);
  const droop = (1 - speed) * tall * 0.18;
  context.strokeStyle = dress.scarf;
  context.lineWidth = tall * 0.05;
  context.beginPath();
  context.moveTo(x - 2, y - 2);
  for (let part = 0.1; part <= 1; part += 0.1) {
    const wave = Math.sin(time * 13 - part * 7) * tall * 0.03 * part;
    context.lineTo(x - long * part, y - 4 + droop * part * part + wave);
  }
  context.stroke();
}

/** Baffles of down along a line: round, close together, each with its own light. */
function puff(context, fromX, fromY, toX, toY, wide, count, cloth, light) {
  const turn = Math.atan2(toY - fromY, toX - fromX);
  const long = Math.hypot(toX - fromX, toY - fromY);
  const step = long / count;
  context.save();
  context.translate(fromX, fromY);
  context.rotate(turn);
  for (let n = 0; n < count; n++) {
    // Fullest in the middle, closer at cuff and collar.
    const full = wide * (0.9 + 0.1 * Math.sin(((n + 0.5) / count) * Math.PI));
    context.fillStyle = cloth;
    context.beginPath();
    context.roundRect(n * step - step * 0.12, -full / 2, step * 1.24, full, step * 0.55);
    context.fill();
    context.fillStyle = light;
    context.globalAlpha = 0.5;
    context.beginPath();
    context.roundRect(n * step + step * 0.18, full * 0.12, step * 0.5, full * 0.26, step * 0.24);
    context.fill();
    context.globalAlpha = 0.3;
    context.fillStyle = "#14060a";
    context.fillRect(n * step - step * 0.1, -full * 0.44, 1.3, full * 0.88);
    context.globalAlpha = 1;
  }
  context.restore();
}

/** A limb that is `wide` at one end and `narrow` at the other. */
function taper(context, fromX, fromY, toX, toY, wide, narrow, colour) {
  const turn = Math.atan2(toY - fromY, toX - fromX) + Math.PI / 2;
  const [nx, ny] = [Math.cos(turn) / 2, Math.sin(turn) / 2];
  context.fillStyle = colour;
  context.beginPath();
  context.arc(fromX, fromY, wide / 2, 0, 7);
  context.arc(toX, toY, narrow / 2, 0, 7);
  context.fill();
  context.beginPath();
  context.moveTo(fromX + nx * wide, fromY + ny * wide);
  context.lineTo(toX + nx * narrow, toY + ny * narrow);
  context.lineTo(toX - nx * narrow, toY - ny * narrow);
  context.lineTo(fromX - nx * wide, fromY - ny * wide);
  context.fill();
}
