/** Writes and reads the recorded inputs of a round; the format stands in games/inputs.py. */
const VERSION = 1;

/**
 * @param {{ticks: number, events: [number, string, ...number[]][]}} log
 * @param {string[]} actions in the order of game.toml
 */
export function encode({ ticks, events }, actions) {
  const bytes = [VERSION];
  put(bytes, ticks);
  put(bytes, events.length);
  let before = 0;
  for (const [tick, action, ...values] of events) {
    put(bytes, tick - before);
    bytes.push(actions.indexOf(action));
    for (const value of values) put(bytes, value >= 0 ? value * 2 : -value * 2 - 1);
    before = tick;
  }
  return Uint8Array.from(bytes);
}

/** The log in `bytes`, which our own server kept and checked. `actions` gives the number of values of each. */
export function decode(bytes, actions) {
  let at = 1;
  const take = () => {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value;
    }
  };
  const ticks = take();
  const events = [];
  let tick = 0;
  for (let left = take(); left > 0; left--) {
    tick += take();
    const [action, count] = actions[bytes[at++]];
    const event = [tick, action];
    for (let place = 0; place < count; place++) {
      const zigzag = take();
      event.push(zigzag % 2 ? -(zigzag + 1) / 2 : zigzag / 2);
    }
    events.push(event);
  }
  return { ticks, events };
}

/** Bytes as URL-safe base64, for a JSON body. */
export function toText(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes that `toText` wrote, from our own server. */
export function fromText(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function put(bytes, number) {
  while (number >= 0x80) {
    bytes.push((number & 0x7f) | 0x80);
    number = Math.floor(number / 128);
  }
  bytes.push(number);
}
