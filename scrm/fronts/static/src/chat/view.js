// Draws a conversation as the server's template does (templates/macros/chat.html), and keeps it at its end.
const TYPING_SECONDS = 4;
// As the server writes it, wherever the phone is.
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

export class View {
  #root;
  #list;
  #words;
  #side;
  #lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  #theirReadSeq;
  #typingTimer;
  #hereText = null;

  constructor(root, settings) {
    this.#root = root;
    this.#list = root.querySelector(".messages");
    this.#words = settings.words;
    this.#side = settings.side;
    this.#theirReadSeq = settings.theirReadSeq;
    this.#markRead();
  }

  get lastSeq() {
    return Number(this.#list.querySelector("[data-seq]:last-of-type")?.dataset.seq ?? 0);
  }

  get firstSeq() {
    return Number(this.#list.querySelector("[data-seq]")?.dataset.seq ?? 0);
  }

  get list() {
    return this.#list;
  }

  show(message) {
    const bubble = this.#bubble(message);
    const waiting = this.#of(message.client_id);
    const atEnd = this.#isAtEnd();
    waiting?.remove();
    this.#list.insertBefore(bubble, this.#list.querySelector(".pending"));
    if (!waiting) bubble.classList.add("arrives");
    if (message.from !== this.#side) this.#stopTyping();
    this.#markRead();
    if (atEnd || waiting) this.scrollToEnd();
  }

  /** What came earlier goes above, without moving what is being read. */
  showEarlier(messages) {
    const height = this.#list.scrollHeight;
    this.#list.prepend(...messages.map((message) => this.#bubble(message)));
    this.#list.scrollTop += this.#list.scrollHeight - height;
  }

  pending({ client_id, text, at }) {
    const bubble = this.#bubble({ client_id, at, from: this.#side, kind: "text", body: { text } });
    bubble.classList.add("pending");
    bubble.querySelector("time").textContent = this.#words.sending;
    this.#list.append(bubble);
    this.scrollToEnd();
  }

  /** It is stored already and shown: a waiting copy of it goes. */
  confirmed({ client_id }) {
    this.#list.querySelector(`.pending[data-client="${client_id}"]`)?.remove();
  }

  failed(clientId, key) {
    const bubble = this.#of(clientId);
    bubble?.classList.add("failed");
    const note = bubble?.querySelector("time");
    if (note) note.textContent = this.#words.refused[key] ?? this.#words.failed;
  }

  unfailed(clientId) {
    const bubble = this.#of(clientId);
    bubble?.classList.remove("failed");
    if (bubble) bubble.querySelector("time").textContent = this.#words.sending;
  }

  readByThem(seq) {
    if (seq <= this.#theirReadSeq) return;
    this.#theirReadSeq = seq;
    this.#markRead();
  }

  typing() {
    const hint = this.#root.querySelector(".conversation-hint");
    hint.textContent = this.#words.typing;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), TYPING_SECONDS * 1000);
  }

  presence(here) {
    const line = document.querySelector("[data-presence]");
    if (!line) return;
    this.#hereText ??= line.textContent;
    line.textContent = here ? this.#words.here : this.#hereText;
    line.classList.toggle("is-here", here);
  }

  connected(up) {
    this.#state(up ? null : this.#words.kept);
  }

  refused(key) {
    this.#state(this.#words.refused[key] ?? null);
  }

  scrollToEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  #state(text) {
    const state = this.#root.querySelector(".conversation-state");
    state.hidden = !text;
    state.textContent = text ?? "";
  }

  #stopTyping() {
    this.#root.querySelector(".conversation-hint").textContent = "";
  }

  #isAtEnd() {
    return this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 80;
  }

  /** Only the newest of one's own messages that the other side has read says so. */
  #markRead() {
    this.#list.querySelector(".is-read")?.classList.remove("is-read");
    const read = [...this.#list.querySelectorAll(".mine[data-seq]")].filter(
      (bubble) => Number(bubble.dataset.seq) <= this.#theirReadSeq,
    );
    const last = read.at(-1);
    if (!last) return;
    last.classList.add("is-read");
    last.querySelector("time").dataset.read = this.#words.read;
  }

  #of(clientId) {
    return this.#list.querySelector(`[data-client="${clientId}"]`);
  }

  #local(text) {
    return typeof text === "string" ? text : (text?.[this.#lang] ?? text?.zh ?? text?.en ?? "");
  }

  #bubble({ seq, client_id, from, kind, body, at }) {
    const side = from === "system" ? "system" : from === this.#side ? "mine" : "theirs";
    const bubble = element("li", `bubble ${side}`);
    bubble.dataset.client = client_id;
    bubble.dataset.at = at;
    if (seq) bubble.dataset.seq = seq;
    if (kind === "coupon") bubble.append(this.#coupon(body));
    else if (kind === "game") bubble.append(this.#enclosed("play", this.#words.game, body.title, body.path, this.#words.openGame));
    else bubble.append(element("p", "", this.#local(body.text)));
    if (side !== "system") {
      const time = element("time", "", CLOCK.format(new Date(at)));
      time.dateTime = at;
      bubble.append(time);
    }
    return bubble;
  }

  #coupon({ coupon_id, name }) {
    const isMember = this.#side === "member";
    const href = isMember ? `/wallet/${coupon_id}` : null;
    return this.#enclosed("ticket", this.#words.coupon, name, href, isMember ? this.#words.openCoupon : "");
  }

  #enclosed(icon, kind, title, href, action) {
    const card = element(href ? "a" : "span", "enclosed");
    if (href) card.href = href;
    const words = document.createElement("span");
    words.append(element("small", "", kind), element("strong", "", this.#local(title)));
    if (action) words.append(element("u", "", action));
    const drawing = document.getElementById(`icon-${icon}`);
    if (drawing) card.append(drawing.content.cloneNode(true));
    card.append(words);
    return card;
  }
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
