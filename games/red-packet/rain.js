// The rain: which packet falls when and where, and which one a finger has caught. It becomes denser and faster.

// Packets a second at first and at last, and the seconds that one falls at first and at last.
const SHOWERS = {
  gentle: { often: [1.6, 2.4], fall: [3.4, 2.8] },
  brisk: { often: [2.2, 3.6], fall: [2.9, 2.1] },
  heavy: { often: [3, 5.2], fall: [2.5, 1.6] },
};
const LANES = 5;

/**
 * @param {{seconds: number, shower: string, dice: (below: number) => number}} weather
 * @returns {{born: number, fall: number, x: number, still: number, sway: number, phase: number}[]} in seconds, and
 *   parts of the sky: `x` and `still` (the height at which a packet stands if it must not move) from 0 to 1
 */
export function forecast({ seconds, shower, dice }) {
  const { often, fall } = SHOWERS[shower];
  const packets = [];
  let lane = -1;
  for (let born = 0; ; ) {
    const part = born / seconds;
    const takes = fall[0] + (fall[1] - fall[0]) * part;
    // The last one has left the sky when the rain is over.
    if (born + takes > seconds) return packets;
    // Never twice in the same lane: two would cover each other.
    lane = (lane + 1 + dice(LANES - 1)) % LANES;
    packets.push({
      born,
      fall: takes,
      x: (lane + 0.5 + (dice(31) - 15) / 100) / LANES,
      still: 0.22 + ((packets.length * 2) % 5) * 0.15,
      sway: (dice(21) - 10) / 500,
      phase: dice(628) / 100,
    });
    born += (0.8 + dice(41) / 100) / (often[0] + (often[1] - often[0]) * part);
  }
}

/** Where a packet is at `time`: x, y and how far it has fallen, from 0 to 1; null while it is not in the sky. */
export function placeOf(packet, time, calm) {
  const part = (time - packet.born) / packet.fall;
  if (part < 0 || part > 1) return null;
  if (calm) return { x: packet.x, y: packet.still, part };
  return { x: packet.x + packet.sway * Math.sin(part * 7 + packet.phase), y: part ** 1.15 * 1.3 - 0.15, part };
}

/** The packet under a finger at (x, y): of several the lowest. `reach` is its half width and half height. */
export function under(packets, x, y, time, [wide, high], calm) {
  let found = null;
  let lowest = -1;
  for (const packet of packets) {
    const place = packet.caught ? null : placeOf(packet, time, calm);
    if (!place || Math.abs(place.x - x) > wide || Math.abs(place.y - y) > high || place.y < lowest) continue;
    found = packet;
    lowest = place.y;
  }
  return found;
}

/** The one that is about to be missed: what the button catches. */
export function nextToLand(packets, time, calm) {
  const falling = packets.filter((packet) => !packet.caught && placeOf(packet, time, calm));
  return falling.sort((one, other) => one.born + one.fall - other.born - other.fall)[0] ?? null;
}
