// One conversation: messages in their order without gaps, the outbox emptied in its order, reading marked.
import { Refusal } from "./line.js";

const SYNC_SECONDS = 60;
const POLL_SECONDS = 5;
const RETRY_SECONDS = [1, 2, 4, 8, 15];

export class Conversation {
  #line;
  #outbox;
  #view;
  #side;
  #lastSeq;
  #readSeq;
  #syncing = null;
  #flushing = false;
  #tries = 0;

  constructor({ line, outbox, view, settings }) {
    this.#line = line;
    this.#outbox = outbox;
    this.#view = view;
    this.#side = settings.side;
    this.#lastSeq = view.lastSeq;
    this.#readSeq = settings.readSeq;
  }

  start() {
    for (const entry of this.#outbox.entries) this.#show(entry);
    this.#line.addEventListener("up", () => this.#cameBack());
    this.#line.addEventListener("message", ({ detail }) => this.receive(detail));
    this.#line.addEventListener("read", ({ detail }) => this.#view.readByThem(detail.seq));
    this.#line.addEventListener("typing", () => this.#view.typing());
    this.#line.addEventListener("presence", ({ detail }) => this.#view.presence(detail.here));
    this.#line.addEventListener("refused", ({ detail }) => this.#view.refused(detail.key));
    this.#line.addEventListener("down", () => this.#view.connected(false));
    window.addEventListener("online", () => this.#cameBack());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#cameBack();
    });
    // The net under everything: a message that no event told of is found within a minute.
    setInterval(() => document.hidden || this.#sync(), SYNC_SECONDS * 1000);
    setInterval(() => document.hidden || this.#line.isUp || this.#cameBack(), POLL_SECONDS * 1000);
    this.#view.scrollToEnd();
    this.#seen();
    this.#flush();
  }

  #show(entry) {
    this.#view.pending(entry);
    if (entry.refused) this.#view.failed(entry.client_id, entry.refused);
  }

  write(text) {
    this.#show(this.#outbox.add(text));
    this.#flush();
  }

  again(clientId) {
    this.#outbox.refused(clientId, null);
    this.#view.unfailed(clientId);
    this.#flush();
  }

  typing() {
    this.#line.typing();
  }

  /** A message from anywhere: shown if it is the next one, else what lies between is asked for first. */
  receive(message) {
    if (message.seq <= this.#lastSeq) {
      this.#view.confirmed(message);
    } else if (message.seq === this.#lastSeq + 1) {
      this.#lastSeq = message.seq;
      this.#view.show(message);
      this.#outbox.remove(message.client_id);
      this.#seen();
    } else {
      this.#sync();
    }
  }

  async #cameBack() {
    if (await this.#sync()) this.#flush();
  }

  /** Ask for what follows the last number; true if the server could be asked at all. */
  #sync() {
    this.#syncing ??= this.#ask().finally(() => (this.#syncing = null));
    return this.#syncing;
  }

  async #ask() {
    try {
      for (;;) {
        const answer = await this.#line.since(this.#lastSeq);
        for (const message of answer.messages) this.receive(message);
        this.#view.readByThem(this.#side === "member" ? answer.staff_read_seq : answer.member_read_seq);
        this.#view.connected(true);
        if (!answer.messages.length || this.#lastSeq >= answer.last_seq) return true;
      }
    } catch (error) {
      if (error instanceof Refusal) this.#view.refused(error.key);
      else this.#view.connected(false);
      return false;
    }
  }

  async #flush() {
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      for (const entry of this.#outbox.entries) {
        if (!(await this.#deliver(entry))) break;
      }
    } finally {
      this.#flushing = false;
    }
    if (this.#outbox.entries.some((entry) => !entry.refused)) this.#later();
  }

  #later() {
    const wait = RETRY_SECONDS[Math.min(this.#tries++, RETRY_SECONDS.length - 1)];
    setTimeout(() => this.#flush(), wait * 1000);
  }

  /** False if it is not worth trying the following entries now. */
  async #deliver(entry) {
    if (entry.refused) return true;
    try {
      const { seq, at } = await this.#line.post(entry);
      this.#tries = 0;
      this.#outbox.remove(entry.client_id);
      this.#view.connected(true);
      const { client_id, text } = entry;
      this.receive({ seq, at, client_id, from: this.#side, kind: "text", body: { text } });
      return true;
    } catch (error) {
      if (error instanceof Refusal) {
        this.#outbox.refused(entry.client_id, error.key);
        this.#view.failed(entry.client_id, error.key);
        return true;
      }
      this.#view.connected(false);
      return false;
    }
  }

  #seen() {
    if (document.hidden || this.#lastSeq <= this.#readSeq) return;
    this.#readSeq = this.#lastSeq;
    this.#line.read(this.#lastSeq).catch(() => (this.#readSeq = 0));
  }
}
