/** The thumb of a demonstration, its tip at x, y: bright while it is down. */
export function drawThumb(context, x, y, size, down, accent) {
  context.fillStyle = down ? "#ffffff" : "rgb(255 255 255 / 55%)";
  context.strokeStyle = down ? accent : "rgb(255 255 255 / 60%)";
  context.lineWidth = down ? 6 : 2;
  context.beginPath();
  context.roundRect(x - size, y, size * 2, size * 7.5, size);
  context.fill();
  context.stroke();
}
