// The marketer's own pictures, loaded before the first frame so that nothing changes its look while one plays.

// A picture that has not come by then is left out; the game's own art is there at once.
const PATIENCE = 4000; // milliseconds

/** @param {Record<string, string>} addresses by the picture's name in game.toml; those that fail are missing */
export async function loadPictures(addresses = {}) {
  const loaded = await Promise.all(
    Object.entries(addresses).map(async ([name, address]) => [name, await Promise.race([load(address), giveUp()])]),
  );
  return Object.fromEntries(loaded.filter(([, picture]) => picture));
}

async function load(address) {
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
    return picture;
  } catch {
    return null;
  }
}

const giveUp = () => new Promise((go) => setTimeout(go, PATIENCE));
