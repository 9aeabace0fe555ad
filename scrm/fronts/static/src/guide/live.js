// Turns what the socket tells into events of the page, so that its lists ask the server for their news.

const TOP = 400;
const TOGETHER_MS = 400;

export function startLive(socket) {
  const shown = new Set([...document.querySelectorAll(".feed-line")].map(({ id }) => id));
  const state = document.querySelector("[data-live-state]");

  socket.on("feed", tellFeed);
  socket.on("message", ({ conversation, from }) => {
    document.body.dispatchEvent(new Event("message"));
    if (from === "member" && !isOpen(conversation)) countOneMore();
  });
  const down = () => {
    if (!state) return;
    state.textContent = state.dataset.down;
    state.hidden = false;
  };
  socket.on("disconnect", down);
  socket.on("connect_error", down);
  socket.on("connect", () => {
    if (state) state.hidden = true;
    // What happened while the line was down, or between the making of this page and its first connection.
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

let told = 0;

/** News that come close together are fetched once, a moment after the first. */
function tellFeed() {
  told ||= setTimeout(() => {
    told = 0;
    show();
  }, TOGETHER_MS);
}

/** Whoever reads further down is not interrupted: the news come when they are back at the top. */
function show() {
  if (scrollY < TOP) document.body.dispatchEvent(new Event("feed"));
  else addEventListener("scrollend", show, { once: true });
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
