/**
 * A wave of whole numbers: up to 1000, down to -1000 and back, once in 1024 of `phase`. Two parabolas, so that every
 * engine sways alike.
 */
export function wave(phase) {
  const half = phase & 511;
  const arch = (half * (512 - half) * 125) >> 13;
  return phase & 512 ? -arch : arch;
}
