/**
 * What the kernel asks of the platform it runs on. This file is the platform JavaScript; `platform.wasm.ts` takes its
 * place when the kernel is compiled to WebAssembly.
 */

/** One double seen as two 32-bit words, low word first: all platforms that run Node or a browser are little-endian. */
const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);

/** Sign, exponent and the first 20 bits of the mantissa. */
export function highWord(value: number): i32 {
  DOUBLE[0] = value;
  return WORDS[1];
}

/** Times as the kernel compares them fastest: as they are. */
export type Key = number;

/** A turn among the events of one moment, by rank and then by sequence: more of these for each rank than any run has events. */
export type Order = number;

export function orderOf(rank: i32, sequence: Order): Order {
  return rank * 281_474_976_710_656 + sequence;
}

/** Arrays without bounds checks, whose lengths their owners know. */
export type Keys = Float64Array;
export type Numbers = Float64Array;
export type Ints = Int32Array;

export function keyOf(time: number): Key {
  return time;
}

/** Of a leaf that is idle: later than every time, and none like another, so that idle leaves are never tied. */
export function idleKey(leaf: i32): Key {
  return 1e300 * (1 + leaf);
}

export function timeOf(key: Key): number {
  return key;
}

export function newKeys(length: i32): Keys {
  return new Float64Array(length);
}

export function newNumbers(length: i32): Numbers {
  return new Float64Array(length);
}

export function newInts(length: i32): Ints {
  return new Int32Array(length);
}

export type Refs<T> = T[];

export function newRefs<T>(length: i32, value: T): Refs<T> {
  return Array.from({ length }, () => value);
}

/** The exponential function of JavaScript, so that all platforms have the same bits. */
export function exp(x: number): number {
  return Math.exp(x);
}

/** Whether a number is in [0, length): one comparison for two. */
export function isWithin(index: i32, length: i32): boolean {
  return index >>> 0 < length;
}

/** The low word of a product. */
export function multiplyWords(a: i32, b: i32): i32 {
  return Math.imul(a, b);
}
