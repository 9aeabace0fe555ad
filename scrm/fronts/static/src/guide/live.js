// Turns what the socket tells into events of the page, so that its lists ask the server for their news.

export function startLive(socket) {
  const shown = new Set([...document.querySelectorAll(".feed-line")].map(({ id }) => id));

  socket.on("feed", () => document.body.dispatchEvent(new Event("feed")));
  socket.on("message", ({ conversation, from }) => {
    document.body.dispatchEvent(new Event("message"));
    if (from === "member" && !isOpen(conversation)) countOneMore();
  });
  // What was missed while the line was down is in the lists.
  let wasDown = false;
  socket.on("disconnect", () => (wasDown = true));
  socket.on("connect", () => {
    if (!wasDown) return;
    wasDown = false;
    document.body.dispatchEvent(new Event("feed"));
    document.body.dispatchEvent(new Event("message"));
  });
  socket.on("resync", () => document.body.dispatchEvent(new Event("feed")));

  document.addEventListener("htmx:after:swap", () => {
    for (const line of document.querySelectorAll(".feed-line")) {
      if (!shown.has(line.id)) line.classList.add("arrives");
      shown.add(line.id);
    }
    if (shown.size) document.getElementById("feed-empty")?.remove();
  });
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
