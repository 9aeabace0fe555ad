// Computes a draw again in the reader's own browser, from nothing but the numbers that stand on the page.
const place = document.querySelector("[data-proof]");

if (place && window.crypto?.subtle) compute(place);

async function compute({ dataset, children }) {
  const seed = bytes(dataset.seed);
  const digest = await crypto.subtle.digest("SHA-256", seed);
  const key = await crypto.subtle.importKey("raw", seed, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(dataset.message)));
  // 48 bits fit a number exactly; shifts would cut them to 32.
  const number = signed.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  show(children[0], hex(digest) === dataset.hash);
  show(children[1], String(number) === dataset.number);
}

function show(line, fits) {
  line.className = fits ? "fits" : "fits-not";
  line.prepend(fits ? "✓ " : "✗ ");
  line.hidden = false;
}

function bytes(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
