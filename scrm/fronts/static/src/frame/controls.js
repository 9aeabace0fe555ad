// Touch, mouse, pen and keyboard become the actions of a game, each with the moment at which the finger moved.

/**
 * @param {object} view the scene: `pointer(kind, x, y, id)`, `keys` and, for keys that are held, `releases` say which
 * action is meant; an entry of either may be a function that gives the action, or null
 * @param {(time: number, action: [string, ...number[]]) => void} onAction
 * @returns {() => void} takes the controls away again
 */
export function listen(stage, view, onAction) {
  const give = (event, action) => {
    if (action) onAction(moment(event), action);
  };

  const pointer = (event) => {
    if (event.type === "pointerdown" && event.button !== 0) return;
    event.preventDefault();
    // Whoever drags a mouse off the stage still lets go in the game.
    if (event.type === "pointerdown" && event.isTrusted) stage.setPointerCapture(event.pointerId);
    const box = stage.getBoundingClientRect();
    give(event, view.pointer(event.type.slice(7), event.clientX - box.left, event.clientY - box.top, event.pointerId));
  };
  const key = (event) => {
    const meant = view.keys[event.code];
    if (!meant || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!event.repeat) give(event, actionOf(meant));
  };
  const release = (event) => give(event, actionOf(view.releases?.[event.code] ?? null));
  // A long press must neither select nor open a menu, and a double tap must not zoom.
  const prevent = (event) => event.preventDefault();

  const kinds = ["pointerdown", "pointermove", "pointerup", "pointercancel"];
  for (const kind of kinds) stage.addEventListener(kind, pointer);
  stage.addEventListener("contextmenu", prevent);
  stage.addEventListener("touchstart", prevent, { passive: false });
  addEventListener("keydown", key);
  addEventListener("keyup", release);
  return () => {
    for (const kind of kinds) stage.removeEventListener(kind, pointer);
    stage.removeEventListener("contextmenu", prevent);
    stage.removeEventListener("touchstart", prevent);
    removeEventListener("keydown", key);
    removeEventListener("keyup", release);
  };
}

function actionOf(meant) {
  return typeof meant === "function" ? meant() : meant;
}

/** When it happened by the page's clock; old web views count from 1970, there the present moment must do. */
function moment(event) {
  const now = performance.now();
  return event.timeStamp <= now && event.timeStamp > now - 2000 ? event.timeStamp : now;
}
