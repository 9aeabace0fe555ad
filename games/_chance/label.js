// The name of what was drawn, under the figure that brings it.
import { animate } from "./motion.js";

/** Puts the label of prize `no` into `scene`; it rises into its place unless the reader asked for less motion. */
export function putLabel(scene, { prizes, calm }, no) {
  const label = document.createElement("p");
  label.className = "prize-label";
  label.textContent = prizes.find((prize) => prize.no === no).name;
  scene.append(label);
  if (calm) return;
  const rise = [
    { opacity: 0, transform: "translateY(20px)" },
    { opacity: 1, transform: "none" },
  ];
  animate(label, rise, { duration: 400, delay: 250, fill: "backwards" });
}
