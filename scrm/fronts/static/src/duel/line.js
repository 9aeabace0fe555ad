// The line of a duel: what is said over the socket, each word acknowledged.
import { openSocket } from "../chat/socket.js";

const PATIENCE = 4000;

/**
 * @param {{id: string, url: string, token: string, tokenAddress: string}} duel
 * @param {{onNews: () => void, onInputs: (batch: object) => void, onDown: () => void}} ears `onNews`: look again, since
 * something has changed, or was missed while the line was down
 */
export function createLine({ id, ...address }, { onNews, onInputs, onDown }) {
  const socket = openSocket(address);
  socket.on("connect", onNews);
  socket.on("resync", onNews);
  socket.on("duel", ({ duel }) => duel === id && onNews());
  socket.on("duel_inputs", (batch) => batch.duel === id && onInputs(batch));
  socket.on("disconnect", onDown);
  socket.on("connect_error", onDown);

  return {
    /** The answer, or a rejection if none came in time. */
    say: (event, said = {}) => socket.timeout(PATIENCE).emitWithAck(event, { duel: id, ...said }),
  };
}
