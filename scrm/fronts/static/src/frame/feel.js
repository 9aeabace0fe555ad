// What is felt beside what is seen: sound once asked for, vibration, and words for screen readers.
import { createSound } from "./sound.js";

const REMEMBERED = "sound";

export function createFeel(root) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const said = root.querySelector("[data-said]");
  const sound = createSound();
  const toggle = root.querySelector("[data-sound]");

  const show = () => toggle.setAttribute("aria-pressed", String(sound.on));
  toggle.addEventListener("click", () => {
    sound.switch(!sound.on);
    remember(sound.on);
    show();
  });
  // Browsers let sound begin only after a gesture, so last time's wish is granted at the first one.
  if (remembered()) addEventListener("pointerdown", () => (sound.switch(true), show()), { once: true });
  show();

  return {
    calm,
    sound: (name, steps) => sound.play(name, steps),
    buzz: (pattern) => navigator.vibrate?.(pattern),
    say: (text) => (said.textContent = text),
  };
}

// Some web views forbid storage; then the wish lasts as long as the page.
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "on";
  } catch {
    return false;
  }
}

function remember(on) {
  try {
    localStorage.setItem(REMEMBERED, on ? "on" : "off");
  } catch {}
}
