// Saves the form a moment after the last change, one save at a time, and never loses what was typed.
const PAUSE = 700;
const RETRY = 4000;

/** What is typed in the form; chosen files have a way of their own. */
function typed(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  return fields;
}

/** On a small screen the question lies behind a button, which opens it. */
function showQuestion(standing) {
  const opener = document.querySelector("[aria-controls='beside']");
  const isOpen = document.getElementById("beside").classList.contains("show");
  if (opener.offsetParent && !isOpen) opener.click();
  else standing.scrollIntoView({ block: "nearest" });
}

/**
 * `saved()` is called when the server has answered and the standing was drawn anew.
 *
 * Gives back `deliver(address, more)`: sends what is typed together with the fields `more` to another address, in turn
 * with the saves, and resolves to the answer as a document; with "heavy", "lost" or "undecided" where there is none.
 *
 * Where somebody else saved first, the standing asks whose version is to stay. Until that is decided nothing is sent,
 * for every answer would only ask again.
 */
export function startAutosave(editor, form, saved) {
  const standing = document.getElementById("standing");
  const undecided = () => standing.querySelector("[data-theirs]") !== null;
  let timer = null;
  let running = null;
  let dirty = undecided();
  let leaving = false;

  const say = (text, tone) => {
    const place = standing.querySelector("[data-save-state]");
    if (!place) return;
    place.textContent = text;
    place.dataset.tone = tone;
  };

  const standAnew = (html) => {
    standing.innerHTML = html;
    if (!undecided()) return;
    dirty = true;
    showQuestion(standing);
  };

  const plan = (after) => {
    clearTimeout(timer);
    timer = setTimeout(save, after);
  };

  async function save() {
    clearTimeout(timer);
    if (running) {
      await running;
      return dirty ? save() : undefined;
    }
    if (!dirty || undecided()) return undefined;
    const outcome = await inTurn(send);
    if (outcome === "saved") saved();
    return dirty ? plan(outcome === "lost" ? RETRY : PAUSE) : undefined;
  }

  function saveNow() {
    dirty = true;
    if (undecided()) showQuestion(standing);
    else save();
  }

  async function inTurn(act) {
    while (running) await running;
    running = act();
    const outcome = await running;
    running = null;
    return outcome;
  }

  async function deliver(address, more) {
    clearTimeout(timer);
    const outcome = await inTurn(async () => {
      if (undecided()) {
        showQuestion(standing);
        return "undecided";
      }
      const fields = typed(form);
      for (const [name, value] of Object.entries(more)) fields.append(name, value);
      dirty = false;
      say(editor.dataset.saving, "busy");
      try {
        const answer = await fetch(address, { method: "POST", body: fields, headers: { "HX-Request": "true" } });
        if (answer.redirected) return location.reload();
        if (!answer.ok) dirty = true;
        if (answer.status === 413) return "heavy";
        if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        standAnew((page.getElementById("standing") ?? page.body).innerHTML);
        if (answer.ok) saved();
        return page;
      } catch {
        dirty = true;
        say(editor.dataset.offline, "bad");
        return "lost";
      }
    });
    if (dirty) plan(PAUSE);
    return outcome;
  }

  async function send() {
    dirty = false;
    say(editor.dataset.saving, "busy");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: typed(form),
        headers: { "HX-Request": "true" },
      });
      // After signing out, the answer is the sign-in page: nothing was saved.
      if (answer.redirected) return location.reload();
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
      standAnew(await answer.text());
      return answer.ok ? "saved" : "refused";
    } catch {
      dirty = true;
      say(editor.dataset.offline, "bad");
      return "lost";
    }
  }

  const changed = ({ target }) => {
    if (target.type === "file") return;
    dirty = true;
    if (undecided()) return;
    say(editor.dataset.unsaved, "busy");
    plan(PAUSE);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  // A button that changes the draft's shape sends the whole form; a save under way must have ended first.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (undecided() || !event.submitter?.name) {
      event.preventDefault();
      saveNow();
    } else if (running) {
      event.preventDefault();
      running.then(() => form.requestSubmit(event.submitter));
    } else leaving = true;
  });

  standing.addEventListener("click", (event) => {
    const keepMine = event.target.closest("[data-keep-mine]");
    if (keepMine) {
      event.preventDefault();
      const revision = standing.querySelector("[name='revision']");
      revision.value = keepMine.value;
      delete revision.dataset.theirs;
      saveNow();
    } else if (event.target.closest("[data-discard]")) leaving = true;
  });
  standing.addEventListener("submit", (event) => {
    if (dirty || running) {
      event.preventDefault();
      saveAndUndo(event.submitter);
      return;
    }
    leaving = true;
    // The redirect that answers keeps the fragment, and so the step that the person is at.
    const { target } = event;
    target.action = target.action.split("#")[0] + location.hash;
  });

  /** What was typed last becomes part of the history first; the save draws the buttons anew, with its revision. */
  async function saveAndUndo(button) {
    await save();
    // Nothing can be done again after something new.
    if (!dirty && "undo" in button.dataset) standing.querySelector("[data-undo]")?.click();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      saveNow();
    }
  });
  addEventListener("online", () => dirty && save());
  addEventListener("beforeunload", (event) => {
    if ((dirty || running) && !leaving) event.preventDefault();
  });
  return deliver;
}
