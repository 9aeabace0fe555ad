// The member's conversation page. Only loaded there: the socket client weighs as much as everything else.
import "../design/index.js";
import { startConversation } from "./start.js";

const root = document.querySelector("[data-conversation]");
if (root) startConversation(root);
