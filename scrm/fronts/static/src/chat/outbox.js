// What was written and is not yet known to be stored. It survives the page, the phone's sleep and the tunnel.
import { newId } from "../design/newid.js";

export class Outbox {
  #key;
  #entries;

  constructor(conversation) {
    this.#key = `outbox:${conversation}`;
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
}
