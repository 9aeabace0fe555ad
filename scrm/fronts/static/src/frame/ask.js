// Asks the server for something of value exactly once, however often the connection breaks on the way.

/** The server's no, in the reader's language. */
export class Refusal extends Error {
  constructor(problem, status) {
    super(problem.detail);
    this.key = problem.key;
    this.status = status;
  }
}

/** Nobody answered, however often we asked; the same question may be asked again. */
export class NoAnswer extends Error {}

const WAITS = [400, 900, 1800, 3500, 6000];

export function newKey() {
  const words = crypto.getRandomValues(new Uint32Array(5));
  return Array.from(words, (word) => word.toString(36)).join("");
}

/**
 * Posts `body` under `key` until it is answered. The same key makes a repeated request harmless: the server gives the
 * answer that it gave before. With `idleFrom`, a time, each request tells how long that is ago.
 */
export async function ask(url, { key, body = {}, idleFrom, onWait = () => {} }) {
  for (let attempt = 0; ; attempt++) {
    const answer = await once(url, key, body, idleFrom);
    if (answer.done) return answer.value;
    if (attempt === WAITS.length) throw new NoAnswer(url);
    onWait();
    // Spread out: a crowd that was sent away in one moment must not come back in one.
    await pause(Math.max(WAITS[attempt], answer.retryAfter) * (1 + Math.random()));
  }
}

async function once(url, key, body, idleFrom) {
  const idle = idleFrom === undefined ? {} : { "Idle-Ms": String(Math.max(Date.now() - idleFrom, 0)) };
  let response = null;
  let told = null;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key, Accept: "application/json", ...idle },
      body: JSON.stringify(body),
    });
    told = await response.json();
  } catch {
    // Nobody there, broken off in the middle of the answer, or the page of somebody else: a hotspot's, a proxy's.
  }
  if (response?.ok && told) return { done: true, value: told };
  const passing = !told || response.status >= 500 || response.status === 429 || told.key === "idempotency_in_flight";
  if (passing) return { done: false, retryAfter: Number(response?.headers.get("Retry-After") ?? 0) * 1000 };
  throw new Refusal(told, response.status);
}

function pause(milliseconds) {
  return new Promise((go) => setTimeout(go, milliseconds));
}
