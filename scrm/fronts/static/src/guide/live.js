// Turns what the socket tells into events of the page, so that its lists ask the server for their news.

const TOP = 400;

export function startLive(socket) {
  const shown = new Set([...document.querySelectorAll(".feed-line")].map(({ id }) => id));
  const state = document.querySelector("[data-live-state]");

  socket.on("feed", tellFeed);
  socket.on("message", ({ conversation, from }) => {
    document.body.dispatchEvent(new Event("message"));
    if (from === "member" && !isOpen(conversation)) countOneMore();
  });
  // What was missed while the line was down is in the lists.
  let wasDown = false;
  const down = () => {
    wasDown = true;
    if (!state) return;
    state.textContent = state.dataset.down;
    state.hidden = false;
  };
  socket.on("disconnect", down);
  socket.on("connect_error", down);
  socket.on("connect", () => {
    if (state) state.hidden = true;
    if (!wasDown) return;
    wasDown = false;
    tellFeed();
    document.body.dispatchEvent(new Event("message"));
  });
  socket.on("resync", tellFeed);

  document.addEventListener("htmx:after:swap", () => {
    for (const line of document.querySelectorAll(".feed-line")) {
      if (!shown.has(line.id)) line.classList.add("arrives");
      shown.add(line.id);
    }
  });
}

/** Whoever reads further down is not interrupted: the news come when they are back at the top. */
function tellFeed() {
  if (scrollY < TOP) document.body.dispatchEvent(new Event("feed"));
  else addEventListener("scrollend", tellFeed, { once: true });
}

function isOpen(conversation) {
  const root = document.querySelector("[data-conversation]");
  return root !== null && JSON.parse(root.dataset.conversation).conversation === conversation;
}

function countOneMore() {
  const tab = document.querySelector('.tabs a[href$="/conversations"]');
  if (!tab) return;
  let count = tab.querySelector(".count");
  if (!count) {
    count = Object.assign(document.createElement("span"), { className: "count", textContent: "0" });
    tab.append(count);
  }
  count.textContent = String(Number(count.textContent) + 1);
}
