// A light runs around the prizes, slows down, and rests on what was drawn.
import { fit } from "../_chance/fit.js";
import { hareHead } from "../_chance/hare.js";
import { layOut } from "../_chance/layout.js";
import { animate, wait } from "../_chance/motion.js";
import { prizeLines } from "../_chance/prizes.js";
import { createSparks } from "../_chance/sparks.js";
import { createTurning } from "../_chance/turning.js";
import { frameMarkup } from "./art.js";
import { ring, sideFor } from "./ring.js";

// Cells a second at full speed, and the seconds until then.
const CRUISE = 17;
const GATHER = 0.7;
// Where within its cell the light comes to rest: little beyond the edge, so that its last step is the slow one.
const WITHIN = 0.22;
const SEEN = 900; // milliseconds that the found cell stands there before the result covers it

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const side = sideFor(frame.prizes.length);
  const places = ring(side);
  const laid = layOut(frame.prizes, places.length);
  const { board, cells } = build(stage, frame, laid, places, side);
  const sparks = createSparks(stage, frame.calm);
  const turning = createTurning({ cruise: CRUISE, gather: GATHER, round: laid.length }, run, leave);
  let light = 0;

  stage.shows = () => laid[light].no;

  function run(position) {
    const next = Math.floor(position) % laid.length;
    if (next === light) return;
    shine(next);
    frame.sound("tick");
  }

  function shine(cell) {
    cells[light].classList.remove("lit");
    cells[cell].classList.add("lit");
    light = cell;
  }

  /** It ran out without a draw. */
  function leave() {
    delete board.dataset.lights;
    cells[light].classList.remove("lit");
  }

  async function celebrate(won) {
    board.dataset.found = "";
    frame.sound(won ? "cheer" : "step");
    frame.buzz(won ? [20, 40, 20] : 15);
    if (frame.calm) return;
    sparks.greet(...sparks.middleOf(cells[light]), won, frame.theme);
    await animate(cells[light], POP, { duration: 420, easing: "cubic-bezier(.3,1.5,.5,1)" });
    await wait(SEEN);
  }

  return {
    start() {
      delete board.dataset.found;
      if (frame.calm) return;
      board.dataset.lights = "run";
      turning.start();
    },
    /** Comes to rest on a cell of the prize that was drawn. */
    async land({ prize, n }) {
      const suitable = laid.flatMap(({ no }, cell) => (no === prize.no ? [cell] : []));
      const target = suitable[n % suitable.length];
      if (frame.calm) shine(target);
      else await turning.land(target + WITHIN, frame.config.turns);
      delete board.dataset.lights;
      await celebrate(prize.kind !== "none");
    },
    /** No draw came. */
    rest: turning.rest,
  };
}

const POP = [{ transform: "none" }, { transform: "scale(1.16)" }, { transform: "scale(1.08)" }];

function build(stage, frame, laid, places, side) {
  const board = document.createElement("div");
  board.className = "grid";
  board.style.setProperty("--side", side);
  board.innerHTML = `${frameMarkup(frame.theme)}<div class="grid-cells"></div>`;
  const ground = board.lastElementChild;
  const cells = laid.map(({ kind, name }, n) => {
    const cell = document.createElement("div");
    cell.className = "grid-cell";
    cell.style.cssText = `grid-area:${places[n][1] + 1}/${places[n][0] + 1};--paint:${n % 2 ? "#dce9f6" : "#f7fafd"}`;
    cell.innerHTML = `<svg viewBox="0 0 64 64" aria-hidden="true">${prizeLines(kind, frame.theme.accent)}</svg><span class="grid-name"></span>`;
    cell.lastElementChild.textContent = name;
    ground.append(cell);
    return cell;
  });
  ground.append(centre(frame));
  stage.replaceChildren(board);
  fit(stage, board, { shape: 1, most: 460 });
  return { board, cells };
}

/** For fingers only: keys and screen readers have the button below. */
function centre({ begin, pictures }) {
  const button = document.createElement("button");
  button.className = "grid-centre";
  button.type = "button";
  button.tabIndex = -1;
  button.setAttribute("aria-hidden", "true");
  if (pictures.centre) button.append(pictures.centre);
  else button.innerHTML = `<svg viewBox="0 0 96 112">${hareHead()}</svg>`;
  button.addEventListener("click", begin);
  return button;
}
