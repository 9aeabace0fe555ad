// The snow hare on all fours, seen from the side: it runs, bounds and sits through these games.

/** @param {number} phase 0 to 1 through one bound */
export function drawHare(context, x, ground, tall, phase, still) {
  const bound = still ? 0 : Math.sin(phase * Math.PI);
  const stretch = still ? 0 : Math.cos(phase * Math.PI * 2) * -0.5 + 0.5;
  const y = ground - tall * 0.36 - bound * tall * 0.34;
  context.fillStyle = "rgb(28 54 104 / 24%)";
  context.beginPath();
  context.ellipse(x, ground, tall * (0.5 - bound * 0.16), tall * 0.06, 0, 0, 7);
  context.fill();
  context.save();
  context.translate(x, y);
  context.rotate(still ? -0.12 : (phase - 0.5) * 0.5);
  const fur = "#ffffff";
  const shade = "#c5d5ea";
  leg(context, shade, -tall * 0.24, tall * 0.08, still ? 0.15 : -0.9 + stretch * 1.5, tall * 0.34);
  leg(context, shade, tall * 0.26, tall * 0.08, still ? 0 : 0.9 - stretch * 1.5, tall * 0.26);
  oval(context, fur, 0, 0, tall * (0.42 + stretch * 0.06), tall * 0.23, 0);
  oval(context, fur, -tall * 0.22, -tall * 0.02, tall * 0.25, tall * 0.26, 0);
  oval(context, fur, -tall * 0.46, -tall * 0.08, tall * 0.1, tall * 0.1, 0);
  oval(context, shade, tall * 0.36, -tall * 0.46, tall * 0.07, tall * 0.24, -0.9 - bound * 0.4);
  oval(context, fur, tall * 0.42, -tall * 0.2, tall * 0.19, tall * 0.16, 0.2);
  oval(context, fur, tall * 0.3, -tall * 0.44, tall * 0.07, tall * 0.25, -0.62 - bound * 0.5);
  oval(context, "#f0a9a0", tall * 0.31, -tall * 0.43, tall * 0.03, tall * 0.17, -0.62 - bound * 0.5);
  oval(context, "#1c2338", tall * 0.48, -tall * 0.24, tall * 0.028, tall * 0.034, 0);
  oval(context, "#d97a70", tall * 0.6, -tall * 0.17, tall * 0.026, tall * 0.02, 0);
  leg(context, fur, -tall * 0.18, tall * 0.1, still ? 0.3 : -1.1 + stretch * 1.7, tall * 0.36);
  leg(context, fur, tall * 0.22, tall * 0.1, still ? 0.05 : 1.1 - stretch * 1.7, tall * 0.28);
  context.restore();
}

function leg(context, colour, x, y, turn, long) {
  context.strokeStyle = colour;
  context.lineWidth = long * 0.34;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + Math.sin(turn) * long, y + Math.cos(turn) * long);
  context.stroke();
}

function oval(context, colour, x, y, wide, high, turn) {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(x, y, wide, high, turn, 0, 7);
  context.fill();
}
