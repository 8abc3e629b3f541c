import { multiplyWords } from "../../platform/platform.js";

/** One past the last position of a ring: positions have 31 bits. */
export const RING_LENGTH: number = 2147483648;

/** Where a key stands on a ring, range [0, RING_LENGTH): the finaliser of MurmurHash3 (Appleby 2011). */
export function keyPosition(key: number): number {
  let hash = key as i32;
  hash = multiplyWords(hash ^ (hash >>> 16), -2048144789);
  hash = multiplyWords(hash ^ (hash >>> 13), -1028477387);
  return ((hash ^ (hash >>> 16)) >>> 1) as number;
}
