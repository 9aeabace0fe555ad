// What is felt beside what is seen: sound once asked for, vibration, and words for screen readers.
import { createSound } from "./sound.js";

const REMEMBERED = "sound";
// What browsers take for a gesture. The beginning of a touch is none on iPhones.
const GESTURES = ["pointerup", "touchend", "click", "keydown"];

export function createFeel(root) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const said = root.querySelector("[data-said]");
  const sound = createSound();
  const toggle = root.querySelector("[data-sound]");

  const show = () => toggle.setAttribute("aria-pressed", String(sound.on));
  toggle.addEventListener("click", () => {
    forget();
    sound.switch(!sound.on);
    remember(sound.on);
    show();
  });
  // Browsers let sound begin only after a gesture, so last time's wish is granted at the first one; the button itself
  // says what is wished now.
  const grant = (event) => {
    if (event.composedPath().includes(toggle)) return;
    forget();
    sound.switch(true);
    show();
  };
  const forget = () => GESTURES.forEach((gesture) => removeEventListener(gesture, grant, true));
  if (remembered()) GESTURES.forEach((gesture) => addEventListener(gesture, grant, true));
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
