/** Four 32-bit words that identify a stream by name, before seed and replication are mixed in. */
export type StreamKey = readonly [number, number, number, number];

/** Hashes a component's id and the purpose of its draws to a key. Lengths are hashed too: no two pairs collide by joining. */
export function streamKey(component: string, purpose: string): StreamKey {
  const state: [number, number, number, number] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  for (const part of [component, purpose]) {
    absorb(state, part.length);
    for (let k = 0; k < part.length; k++) absorb(state, part.charCodeAt(k));
  }
  return state;
}

/**
 * Mixes a root seed (an integer in [0, 2^53)) and a replication number into a key and gives the 128-bit generator
 * state of that stream in that replication. Never all zero, which xoroshiro could not leave.
 */
export function streamState(key: StreamKey, seed: number, replication: number): readonly number[] {
  const state: [number, number, number, number] = [key[0], key[1], key[2], key[3]];
  absorb(state, seed >>> 0);
  absorb(state, Math.floor(seed / 4_294_967_296));
  absorb(state, replication);
  for (let round = 0; round < 4; round++) absorb(state, round);
  // `| 0` makes small integers of what came out of an array of doubles: a generator made from doubles is four times slower.
  const [a, b, c, d] = [state[0] | 0, state[1] | 0, state[2] | 0, state[3] | 0];
  return (a | b | c | d) === 0 ? [1, 2, 3, 4] : [a, b, c, d];
}

/**
 * One round: the word enters lane 0, every lane passes a 32-bit finaliser (constants of MurmurHash3, Appleby 2011) and
 * feeds the next, so after four rounds every input bit has reached every lane.
 */
function absorb(state: [number, number, number, number], word: number): void {
  const a = finalise(state[0] ^ word);
  const b = finalise((state[1] + a + 0x9e3779b9) | 0);
  const c = finalise((state[2] + b + 0x7f4a7c15) | 0);
  const d = finalise((state[3] + c + 0x94d049bb) | 0);
  state[0] = (a + d) | 0;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

function finalise(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
