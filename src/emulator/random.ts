/** Everything that looks random in the emulator comes from here: the same seed gives the same run. */
export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  nextInteger(): number;
  /** From 0, included, to 1, not included. */
  fraction(): number;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
}

/**
 * A small seeded generator (SplitMix32). It decides what a test sees, so it must not be used to keep a real
 * secret.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;

  function nextInteger(): number {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  function hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += nextInteger().toString(16).padStart(8, '0');
    return digits.slice(0, length);
  }

  return { nextInteger, fraction: () => nextInteger() / 2 ** 32, hex };
}
