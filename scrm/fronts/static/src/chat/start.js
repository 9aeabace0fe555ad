// Starts the conversation of a page, if there is one, and gives its parts to the page's own script.
import { startComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Line } from "./line.js";
import { Outbox } from "./outbox.js";
import { openSocket } from "./socket.js";
import { View } from "./view.js";

export function startConversation(root, existingSocket) {
  const settings = JSON.parse(root.dataset.conversation);
  const socket = existingSocket ?? openSocket(settings);
  const line = new Line(socket, settings);
  const view = new View(root, settings);
  const conversation = new Conversation({ line, outbox: new Outbox(settings), view, settings });
  const composer = startComposer(root, conversation);
  conversation.start();
  loadEarlierAtTheTop(view, line);
  view.list.addEventListener("click", ({ target }) => {
    const failed = target.closest(".bubble.failed");
    if (failed) conversation.again(failed.dataset.client);
  });
  return { conversation, composer, line, settings };
}

function loadEarlierAtTheTop(view, line) {
  let loading = false;
  view.list.addEventListener("scroll", async () => {
    if (loading || view.list.scrollTop > 120 || view.firstSeq <= 1) return;
    loading = true;
    try {
      const { messages } = await line.before(view.firstSeq);
      view.showEarlier(messages);
    } catch {
      // The next scroll tries again.
    }
    loading = false;
  });
}
