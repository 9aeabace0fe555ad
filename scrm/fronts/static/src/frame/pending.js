// What was asked but not answered yet outlives the page: a closed web view loses neither a draw nor a score.

/** One question at a time for each campaign and kind; `slot` names it. */
export function createPending(slot) {
  const name = `pending:${slot}`;
  return {
    keep(question) {
      try {
        localStorage.setItem(name, JSON.stringify(question));
      } catch {}
    },
    /** The question that is still open, or null. */
    open() {
      try {
        return JSON.parse(localStorage.getItem(name));
      } catch {
        return null;
      }
    },
    settle() {
      try {
        localStorage.removeItem(name);
      } catch {}
    },
  };
}
