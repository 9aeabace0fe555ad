// Turns what the socket tells into events of the page, so that its lists ask the server for their news.

const TOP = 400;
const TOGETHER_MS = 400;
const SYNC_SECONDS = 60;

const tellFeed = together(show);
const tellMessages = together(() => {
  document.body.dispatchEvent(new Event("message"));
  countWaiting();
});

export function startLive(socket) {
  const shown = new Set([...document.querySelectorAll(".feed-line")].map(({ id }) => id));
  const state = document.querySelector("[data-live-state]");

  socket.on("feed", tellFeed);
  socket.on("message", tellMessages);
  const down = () => {
    if (!state) return;
    state.textContent = state.dataset.down;
    state.hidden = false;
  };
  socket.on("disconnect", down);
  socket.on("connect_error", down);
  // What happened while the line was down, or between the making of this page and its first connection.
  const catchUp = () => {
    tellFeed();
    tellMessages();
  };
  socket.on("connect", () => {
    if (state) state.hidden = true;
    catchUp();
  });
  socket.on("resync", catchUp);
  document.addEventListener("visibilitychange", () => document.hidden || catchUp());
  // No event tells of what was read on another phone.
  setInterval(() => document.hidden || countWaiting(), SYNC_SECONDS * 1000);

  document.addEventListener("htmx:after:swap", () => {
    for (const line of document.querySelectorAll(".feed-line")) {
      if (!shown.has(line.id)) line.classList.add("arrives");
      shown.add(line.id);
    }
  });
}

/** What comes close together is asked for once, a moment after the first. */
function together(act) {
  let waiting = 0;
  return () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      act();
    }, TOGETHER_MS);
  };
}

/** Whoever reads further down is not interrupted: the news come when they are back at the top. */
function show() {
  if (scrollY < TOP) document.body.dispatchEvent(new Event("feed"));
  else addEventListener("scrollend", show, { once: true });
}

/** The tab says how many conversations wait, however many messages each has; one may have been read elsewhere. */
async function countWaiting() {
  const tab = document.querySelector('.tabs a[href$="/conversations"]');
  if (!tab) return;
  try {
    const answer = await fetch(`${tab.href}/waiting`, { headers: { Accept: "application/json" } });
    if (answer.ok) showCount(tab, (await answer.json()).waiting);
  } catch {
    // Without a connection the number stays; it is asked for again with the next one.
  }
}

function showCount(tab, waiting) {
  tab.querySelector(".count")?.remove();
  if (waiting) tab.append(Object.assign(document.createElement("span"), { className: "count", textContent: waiting }));
}
