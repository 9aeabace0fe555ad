// The wheel as one sees it: lucky-canvas paints its face once, and the phone's compositor turns it.
import { LuckyWheel } from "lucky-canvas";
import { fit } from "../_chance/fit.js";
import { layOut } from "../_chance/layout.js";
import { address, prizeLines } from "../_chance/prizes.js";
import { createTurning } from "../_chance/turning.js";
import { linesOf } from "../_chance/words.js";
import { drawRim, hubMarkup } from "./art.js";
import { angleOf, sectorAt } from "./sectors.js";

// Degrees, and seconds.
const MOTION = { cruise: 840, gather: 0.7, round: 360 };
// How far off a sector's middle the wheel may stop, in parts of its width: near its edge it would look unfair.
const ASIDE = 0.32;
// How far from the middle a name's second line stands, in parts of the wheel's width.
const NAME_AT = 0.37;

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, frame) {
  const laid = layOut(frame.prizes, frame.config.sectors);
  const { wheel, face, pointer, rim } = build(stage, frame);
  // The number of the prize under the pointer, for whoever looks over the player's shoulder.
  stage.shows = wheel.shows = () => laid[sectorAt(angle, laid.length)].no;
  let painted = 0;
  // With air for the pointer above the rim. It is painted for its size, and anew when the stage has another one.
  fit(stage, wheel, { shape: 1, most: 460 }, (wide) => {
    if (wide !== painted) paintFace(face, laid, frame);
    painted = wide;
  });
  const turning = createTurning(MOTION, turn, rest);
  let angle = 0;

  function turn(position) {
    const before = sectorAt(angle, laid.length);
    angle = position;
    face.style.transform = `rotate(${angle}deg)`;
    // Each sector's edge flicks the pointer in passing.
    if (!frame.calm && sectorAt(angle, laid.length) !== before) flick();
  }

  function flick() {
    frame.sound("tick");
    const back = [{ transform: "rotate(-9deg)" }, { transform: "rotate(0)" }];
    pointer.animate(back, { duration: 110, easing: "ease-out" });
  }

  function rest() {
    rim.dataset.lights = "rest";
  }

  return {
    start() {
      if (frame.calm) return;
      rim.dataset.lights = "run";
      turning.start();
    },
    /** Comes to rest on a sector of the prize that was drawn. */
    async land({ prize, n }) {
      const sectors = laid.flatMap(({ no }, sector) => (no === prize.no ? [sector] : []));
      const target = angleOf(sectors[n % sectors.length], laid.length, (Math.random() * 2 - 1) * ASIDE);
      if (frame.calm) return turning.set(target);
      await turning.land(target, frame.config.turns);
      rest();
    },
    /** No draw came. */
    rest: turning.rest,
  };
}

function build(stage, frame) {
  const wheel = document.createElement("div");
  wheel.className = "wheel";
  wheel.innerHTML = '<div class="wheel-rim"></div><div class="wheel-face"></div><div class="wheel-hub"></div>';
  const [rim, face, hub] = wheel.children;
  rim.innerHTML = drawRim(frame.theme);
  hub.innerHTML = hubMarkup(frame.theme, frame.pictures.hub);
  stage.replaceChildren(wheel);
  return { wheel, face, rim, pointer: hub.querySelector(".wheel-pointer") };
}

function paintFace(face, laid, { theme }) {
  // Turned as it may be, it is as wide as when it stands.
  const size = face.offsetWidth;
  face.replaceChildren();
  const paints = ["#f7fafd", "#dce9f6", theme.accent];
  const picture = (kind, colour) => address(prizeLines(kind, colour), 64, 64);
  const family = getComputedStyle(face).fontFamily;
  const high = Math.round(size / (laid.length > 8 ? 30 : 25));
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 ${high}px ${family}`;
  // A sector where its second line stands, less some air; the library would break words anywhere.
  const broad = size * NAME_AT * Math.tan(Math.PI / laid.length) * 2 * 0.84;
  const dark = (sector) => paintOf(sector, laid.length) === 2;
  new LuckyWheel(face, {
    width: size,
    height: size,
    prizes: laid.map(({ name, kind }, sector) => ({
      background: paints[paintOf(sector, laid.length)],
      fonts: [
        {
          text: linesOf(pen, name, broad).join("\n"),
          top: "13%",
          fontSize: `${high}px`,
          fontWeight: "600",
          fontColor: dark(sector) ? theme.onAccent : "#12233f",
        },
      ],
      imgs: [{ src: picture(kind, dark(sector) ? theme.onAccent : theme.accent), top: "42%", width: "34%" }],
    })),
    // The library begins a sector at the top; here its middle stands there.
    defaultConfig: { offsetDegree: -180 / laid.length },
    defaultStyle: { fontStyle: family, wordWrap: false },
  });
}

/** Snow, ice and one warm sector in three, so that neighbours always differ. */
function paintOf(sector, count) {
  return sector === count - 1 && count % 3 === 1 ? 1 : sector % 3;
}
