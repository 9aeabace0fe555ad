// The guide's workbench: what happens appears on whichever page is open.
import { toast } from "../design/index.js";
import { openSocket } from "../chat/socket.js";
import { startConversation } from "../chat/start.js";
import { startEnclosures } from "./enclosures.js";
import { startLive } from "./live.js";

const live = document.getElementById("live");
if (live) {
  const socket = openSocket(JSON.parse(live.textContent));
  startLive(socket);
  const root = document.querySelector("[data-conversation]");
  if (root) startEnclosures(startConversation(root, socket), toast);
}
