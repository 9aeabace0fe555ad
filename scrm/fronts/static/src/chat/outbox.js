// What was written and is not yet known to be stored. It survives the page, the phone's sleep and the tunnel.
import { newId } from "../design/newid.js";

export class Outbox {
  #key;
  #entries;

  /** One for each person who writes: a shop's phone goes from hand to hand, and a conversation to another guide. */
  constructor({ side, own, conversation }) {
    this.#key = `outbox:${side}:${own}:${conversation}`;
    // What was kept before outboxes had an owner could be anybody's.
    this.#forget(`outbox:${conversation}`);
    this.#entries = this.#kept();
  }

  get entries() {
    return [...this.#entries];
  }

  add(text) {
    const entry = { client_id: newId(), text, at: new Date().toISOString() };
    this.#entries.push(entry);
    this.#keep();
    return entry;
  }

  remove(clientId) {
    this.#entries = this.#entries.filter((entry) => entry.client_id !== clientId);
    this.#keep();
  }

  /** Remember the refusal, after which only its writer sends it again; `null`: they do. */
  refused(clientId, key) {
    const entry = this.#entries.find((one) => one.client_id === clientId);
    if (entry) entry.refused = key;
    this.#keep();
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  #keep() {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#entries));
    } catch {
      // Private windows may keep nothing; then the message lives as long as the page.
    }
  }

  #forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Where nothing can be kept there is nothing.
    }
  }
}
