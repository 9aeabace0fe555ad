// What was written and is not yet known to be stored. It survives the page, the phone's sleep and the tunnel.
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
    const entry = { client_id: crypto.randomUUID?.() ?? fallbackId(), text, at: new Date().toISOString() };
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

/** randomUUID needs https, which a phone on the shop's test network may not have. */
function fallbackId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
