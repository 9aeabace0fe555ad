// Touch, mouse, pen and keyboard become the actions of a game, each with the moment at which the finger moved.

// Whoever presses a key on one of these means it, and not the game.
const OWN_KEYS = "a, button, input, select, textarea, summary, dialog";

// A held key means its repeat so many milliseconds apart, whatever the keyboard's own repeat is set to.
const REPEATS_APART = 50;

/**
 * Follows fingers and keys for as long as the page is open, so that a game never believes in a finger that is gone: when
 * it stops hearing, whatever is held counts as let go, and when it hears again it is told what is held by then.
 *
 * @param {object} view the scene: `pointer(kind, x, y, id)`, `keys` and, in a game in which one holds, `releases` say
 * which action is meant; an entry of either may be a function that gives the action, or null. A release is told its kind:
 * "up", or "cancel" if nobody let go. `repeats` say what a key means on and on while it is held
 * @param {(time: number, action: [string, ...number[]]) => void} onAction
 */
export function createControls(stage, view, onAction) {
  const pointers = new Map(); // over the stage or held on it, by id: { x, y, down }
  const keys = new Set(); // held, by code
  let heard = false;

  const give = (time, action) => {
    if (action) onAction(time, action);
  };

  /** Where the pointer is now is remembered in any case, what it does only told to a game that hears. */
  const follow = (event, kind, down) => {
    const box = stage.getBoundingClientRect();
    const [x, y, id] = [event.clientX - box.left, event.clientY - box.top, event.pointerId];
    if (kind === "up" || kind === "cancel") pointers.delete(id);
    else pointers.set(id, { x, y, down });
    if (heard) give(moment(event), view.pointer(kind, x, y, id));
  };
  const press = (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    // Whoever drags a mouse off the stage still lets go in the game.
    if (event.isTrusted) stage.setPointerCapture(event.pointerId);
    follow(event, "down", true);
  };
  const move = (event) => {
    event.preventDefault();
    follow(event, "move", Boolean(pointers.get(event.pointerId)?.down));
  };
  const lift = (event) => {
    if (pointers.get(event.pointerId)?.down) follow(event, event.type.slice(7), false);
  };

  const key = (event) => {
    const meant = view.keys[event.code];
    if (!meant || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(OWN_KEYS)) return;
    if (heard) event.preventDefault();
    if (event.repeat) return;
    keys.add(event.code);
    if (heard) give(moment(event), actionOf(meant));
  };
  const release = (event) => {
    if (keys.delete(event.code) && heard) give(moment(event), actionOf(view.releases?.[event.code], "up"));
  };
  const repeat = () => {
    if (heard) for (const code of keys) give(performance.now(), actionOf(view.repeats[code]));
  };
  const releaseAll = () => {
    for (const code of keys) give(performance.now(), actionOf(view.releases?.[code], "cancel"));
  };
  // A window that is left hears of no key any more, not even that it was let go.
  const leave = () => {
    if (heard) releaseAll();
    keys.clear();
  };
  // A long press must neither select nor open a menu, and a double tap must not zoom.
  const prevent = (event) => event.preventDefault();

  stage.addEventListener("pointerdown", press);
  stage.addEventListener("pointermove", move);
  // A finger may go up over a sheet that has come up under it.
  addEventListener("pointerup", lift);
  addEventListener("pointercancel", lift);
  stage.addEventListener("contextmenu", prevent);
  stage.addEventListener("touchstart", prevent, { passive: false });
  addEventListener("keydown", key);
  addEventListener("keyup", release);
  addEventListener("blur", leave);
  if (view.repeats) setInterval(repeat, REPEATS_APART);

  return {
    /** The game hears from now on; one in which one holds is told first what is held already. */
    open() {
      heard = true;
      if (!view.releases) return;
      const now = performance.now();
      for (const [id, { x, y, down }] of pointers) if (down) give(now, view.pointer("down", x, y, id));
      for (const code of keys) if (view.releases[code]) give(now, actionOf(view.keys[code]));
    },
    /** The game hears nothing more: to it, nobody touches anything now. */
    close() {
      for (const [id, { x, y }] of pointers) give(performance.now(), view.pointer("cancel", x, y, id));
      releaseAll();
      heard = false;
    },
  };
}

/** @param {string} [kind] how a key was let go */
function actionOf(meant, kind) {
  return typeof meant === "function" ? meant(kind) : meant;
}

/** When it happened by the page's clock; old web views count from 1970, there the present moment must do. */
function moment(event) {
  const now = performance.now();
  return event.timeStamp <= now && event.timeStamp > now - 2000 ? event.timeStamp : now;
}
