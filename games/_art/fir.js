// A fir under snow, painted once and drawn at any size.
import { mix, strip } from "./paint.js";

/** 60 by 90 units; it stands at the middle of its lower edge. */
export function firSprite(night) {
  return strip(60, 90, (context) => paintFir(context, night));
}

function paintFir(context, night) {
  const needles = mix(night.deep, "#0d2a33", 0.5);
  for (let tier = 0; tier < 4; tier++) {
    const top = 4 + tier * 17;
    const half = 11 + tier * 5.5;
    context.fillStyle = mix(needles, "#2c5a63", tier * 0.1);
    context.beginPath();
    context.moveTo(30, top);
    context.lineTo(30 + half, top + 33);
    context.lineTo(30 - half, top + 33);
    context.fill();
    context.fillStyle = "#dfeaf8";
    context.beginPath();
    context.moveTo(30, top);
    context.lineTo(30 + half * 0.55, top + 18);
    context.lineTo(30 + half * 0.1, top + 13);
    context.lineTo(30 - half * 0.3, top + 17);
    context.fill();
  }
}
