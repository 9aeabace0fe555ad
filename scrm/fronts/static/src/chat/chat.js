// Only loaded where there is chat, because the socket client weighs as much as everything else together.
export { io } from "socket.io-client";
