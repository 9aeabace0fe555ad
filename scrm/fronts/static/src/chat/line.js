// How one conversation is asked and told: over the socket while there is one, else over HTTP.
const PATIENCE = 8000;

/** A no that will not change by asking again. Everything else is worth another try. */
export class Refusal extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

const PASSING = new Set(["too_fast", "overloaded", "unavailable", "conversation_not_joined", "too_many_requests", "failure"]);

export class Line extends EventTarget {
  #socket;
  #settings;
  #joined = false;

  constructor(socket, settings) {
    super();
    this.#socket = socket;
    this.#settings = settings;
    socket.on("connect", () => this.#join());
    socket.on("disconnect", () => {
      this.#joined = false;
      this.dispatchEvent(new Event("down"));
    });
    socket.on("connect_error", () => this.dispatchEvent(new Event("down")));
    for (const name of ["message", "read", "typing", "presence"]) {
      socket.on(name, (said) => {
        if (said.conversation === settings.conversation) this.#tell(name, said);
      });
    }
    socket.on("resync", () => this.dispatchEvent(new Event("up")));
    if (socket.connected) this.#join();
  }

  get isUp() {
    return this.#joined;
  }

  post({ client_id, text }) {
    return this.#ask("post", { client_id, text }, () => this.#send("messages", { client_id, text }, client_id));
  }

  since(seq) {
    return this.#ask("since", { seq }, () => this.#fetch(`messages?after=${seq}`));
  }

  before(seq) {
    return this.#fetch(`messages?before=${seq}`);
  }

  read(seq) {
    return this.#ask("read", { seq }, () => this.#send("read", { seq }, `read-${seq}`));
  }

  typing() {
    if (this.#joined) this.#socket.volatile.emit("typing", { conversation: this.#settings.conversation });
  }

  /** What only HTTP does: sending a coupon or a game. */
  send(what, said) {
    return this.#send(what, said, said.client_id);
  }

  async #join() {
    const { conversation, member } = this.#settings;
    try {
      const answer = checked(await this.#emit("join", { conversation, member }));
      this.#joined = true;
      this.#tell("presence", { side: this.#opposite, here: answer.here });
      this.dispatchEvent(new Event("up"));
    } catch (error) {
      if (error instanceof Refusal) this.#tell("refused", { key: error.key });
    }
  }

  get #opposite() {
    return this.#settings.side === "member" ? "staff" : "member";
  }

  async #ask(event, said, otherwise) {
    if (!this.#joined) return otherwise();
    let answer;
    try {
      answer = await this.#emit(event, { conversation: this.#settings.conversation, ...said });
    } catch {
      // The socket did not answer in time. The other way is safe to try: messages carry their own id.
      return otherwise();
    }
    return checked(answer);
  }

  #emit(event, said) {
    return this.#socket.timeout(PATIENCE).emitWithAck(event, said);
  }

  async #fetch(path, options = {}) {
    const answer = await fetch(`${this.#settings.address}/${path}`, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) return body;
    if (answer.status >= 500 || answer.status === 429) throw new Error(body.key ?? answer.status);
    throw Object.assign(new Refusal(body.key ?? "failure"), { detail: body.detail });
  }

  #send(path, said, key) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    return this.#fetch(path, { method: "POST", body: JSON.stringify(said), headers });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function checked(answer) {
  if (!answer.error) return answer;
  const { key } = answer.error;
  throw PASSING.has(key) ? new Error(key) : new Refusal(key);
}
