// One Socket.IO connection for a page. It comes back by itself, also after its token has run out.
import { io } from "socket.io-client";

/** `tokenAddress` gives a fresh token as JSON; without a socket the page works on over HTTP. */
export function openSocket({ url, token, tokenAddress }) {
  let current = token;
  const socket = io(url, {
    transports: ["websocket"],
    auth: (give) => give({ token: current }),
    reconnectionDelay: 400,
    reconnectionDelayMax: 8000,
    timeout: 6000,
  });

  socket.on("connect_error", async (error) => {
    // A line that cannot be opened is tried again by the library; a refusal is ours to answer.
    if (socket.active) return;
    if (error.message === "signed_out") {
      const answer = await fetch(tokenAddress, { headers: { Accept: "application/json" } }).catch(() => null);
      if (answer?.ok) current = (await answer.json()).token;
      else if (answer?.status === 401 || answer?.status === 403) return;
    }
    setTimeout(() => socket.connect(), 3000);
  });

  // A server that parts says goodbye, which the library takes as final.
  socket.on("disconnect", () => {
    if (!socket.active) setTimeout(() => socket.connect(), 400 + Math.random() * 1200);
  });

  return socket;
}
