// A state as a tree that stays open where one opened it, and marks what has just changed.

export function createTree(root) {
  const open = new Set();
  let seen = new Map(); // the text of each leaf, by its path

  root.addEventListener("toggle", ({ target }) => open[target.open ? "add" : "delete"](target.dataset.path), true);

  function show(state) {
    const fresh = new Map();
    const changed = (path, text) => (fresh.set(path, text), seen.size > 0 && seen.get(path) !== text);
    root.replaceChildren(...branches(state, "", open, changed));
    seen = fresh;
  }

  return { show };
}

function branches(value, path, open, changed) {
  return Object.entries(value).map(([name, child]) => {
    const at = `${path}/${name}`;
    if (child === null || typeof child !== "object") return leaf(name, at, String(child), changed);
    if (Object.values(child).every((one) => one === null || typeof one !== "object") && Object.keys(child).length <= 8)
      return leaf(name, at, JSON.stringify(child), changed);
    const branch = document.createElement("details");
    branch.dataset.path = at;
    branch.open = open.has(at);
    const summary = document.createElement("summary");
    summary.textContent = `${name} (${Object.keys(child).length})`;
    branch.append(summary, ...(branch.open ? branches(child, at, open, changed) : []));
    return branch;
  });
}

function leaf(name, path, text, changed) {
  const line = document.createElement("div");
  line.className = changed(path, text) ? "leaf changed" : "leaf";
  const label = document.createElement("span");
  label.textContent = name;
  const value = document.createElement("code");
  value.textContent = text;
  line.append(label, value);
  return line;
}
