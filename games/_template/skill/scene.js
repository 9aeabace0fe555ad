// The game as one sees, hears and feels it.
import * as rules from "./rules.js";

export { rules };

const ICE = "#9fc4f0"; // of whom one races against, in every game

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount({ theme, texts, pictures }) {
  let width = 0;
  let height = 0;

  function drawMarker(context, x, y) {
    if (pictures.marker) {
      context.drawImage(pictures.marker, x - 24, y - 24, 48, 48);
      return;
    }
    context.fillStyle = theme.accent;
    context.beginPath();
    context.arc(x, y, 18, 0, 7);
    context.fill();
  }

  return {
    resize(wide, high) {
      [width, height] = [wide, high];
    },
    /**
     * @param {"demo" | "play" | "after"} mode @param {number} between 0 to 1 on the way to the next tick
     * @param rival in a race or a duel the round of the other one
     */
    draw(context, { state }, between, mode, rival) {
      context.fillStyle = theme.ground;
      context.fillRect(0, 0, width, height);
      const placed = ({ at, way, pace }) => ((at + way * pace * between) / 1000) * (width - 40) + 20;
      context.fillStyle = theme.onGround;
      context.fillRect(20, height / 2 - 2, width - 40, 4);
      context.fillRect(width / 2 - 2, height / 2 - 30, 4, 60);
      if (rival) {
        context.strokeStyle = ICE;
        context.lineWidth = 3;
        context.beginPath();
        context.arc(placed(rival.state), height / 2, 24, 0, 7);
        context.stroke();
      }
      drawMarker(context, placed(state), height / 2);
      context.fillStyle = theme.onGround;
      context.font = "700 44px sans-serif";
      context.textAlign = "center";
      context.fillText(`${texts.points} ${state.points}`, width / 2, height * 0.28);
    },
    /** Sound and vibration for what the last tick brought. */
    feel({ state, tick }, { sound, buzz }) {
      if (state.news?.[1] !== tick - 1) return;
      sound(state.news[0] > 80 ? "perfect" : "step");
      buzz(10);
    },
    /** What the demonstration does at this tick. */
    autopilot: (state) => (Math.abs(state.at - 500) < state.pace ? [["throw"]] : []),
    /** The tick at which the demonstration stands still for those who asked for less motion. */
    stillAt: 60,
    /** @param {"down" | "move" | "up" | "cancel"} kind; gives the action that is meant, or null */
    pointer: (kind) => (kind === "down" ? ["throw"] : null),
    keys: { Space: ["throw"], Enter: ["throw"] },
  };
}
