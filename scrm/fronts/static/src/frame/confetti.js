// Paper snow for a win; fetched only when somebody wins.

/** Over `sheet`, which as a modal dialog covers everything outside it. */
export async function createConfetti(sheet) {
  const { default: confetti } = await import("canvas-confetti");
  const canvas = document.createElement("canvas");
  canvas.className = "game-confetti";
  canvas.setAttribute("aria-hidden", "true");
  sheet.append(canvas);
  const style = getComputedStyle(sheet);
  const colors = [style.getPropertyValue("--theme-accent").trim(), "#ffffff", "#9fd0ff", "#ffd9a0"];
  const shoot = confetti.create(canvas, { resize: true, useWorker: false });
  shoot({ particleCount: 60, angle: 60, spread: 60, origin: { x: 0, y: 0.5 }, colors, ticks: 180, scalar: 0.9 });
  await shoot({ particleCount: 60, angle: 120, spread: 60, origin: { x: 1, y: 0.5 }, colors, ticks: 180, scalar: 0.9 });
  canvas.remove();
}
