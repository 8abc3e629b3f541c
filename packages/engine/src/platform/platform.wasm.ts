/** The platform WebAssembly: see `platform.ts`. */

export function highWord(value: number): i32 {
  return (reinterpret<u64>(value) >> 32) as i32;
}

export function isWithin(index: i32, length: i32): bool {
  return (index as u32) < (length as u32);
}

/** Non-negative doubles are ordered like their bits, and those are compared and selected without a branch. */
export type Key = u64;

/** The rank in the highest bits. */
export type Order = i64;

export function orderOf(rank: i32, sequence: Order): Order {
  return ((rank as i64) << 48) + sequence;
}

/**
 * Whether an index is within the array at this position, by the length in bytes that stands before it. Asked by checked
 * builds only: `assert` is left out of the others.
 */
function within(array: usize, index: i32, shift: u32): bool {
  return (index as u32) < load<u32>(array - 4) >> shift;
}

/** An array is the position of its first element. */
@unmanaged
export class Keys {
  @operator("[]")
  private get(index: i32): u64 {
    assert(within(changetype<usize>(this), index, 3));
    return load<u64>(changetype<usize>(this) + ((index as usize) << 3));
  }
  @operator("[]=")
  private set(index: i32, value: u64): void {
    assert(within(changetype<usize>(this), index, 3));
    store<u64>(changetype<usize>(this) + ((index as usize) << 3), value);
  }
}

@unmanaged
export class Numbers {
  @operator("[]")
  private get(index: i32): f64 {
    assert(within(changetype<usize>(this), index, 3));
    return load<f64>(changetype<usize>(this) + ((index as usize) << 3));
  }
  @operator("[]=")
  private set(index: i32, value: f64): void {
    assert(within(changetype<usize>(this), index, 3));
    store<f64>(changetype<usize>(this) + ((index as usize) << 3), value);
  }
}

@unmanaged
export class Ints {
  @operator("[]")
  private get(index: i32): i32 {
    assert(within(changetype<usize>(this), index, 2));
    return load<i32>(changetype<usize>(this) + ((index as usize) << 2));
  }
  @operator("[]=")
  private set(index: i32, value: i32): void {
    assert(within(changetype<usize>(this), index, 2));
    store<i32>(changetype<usize>(this) + ((index as usize) << 2), value);
  }
}

export function keyOf(time: number): Key {
  return reinterpret<u64>(time);
}

/** As in `platform.ts`, but that the bits are counted up, which is as good and costs less. */
export function idleKey(leaf: i32): Key {
  return reinterpret<u64>(1e300) + (leaf as u64);
}

export function timeOf(key: Key): number {
  return reinterpret<f64>(key);
}

export function newKeys(length: i32): Keys {
  return changetype<Keys>(new Float64Array(length).dataStart);
}

export function newNumbers(length: i32): Numbers {
  return changetype<Numbers>(new Float64Array(length).dataStart);
}

export function newInts(length: i32): Ints {
  return changetype<Ints>(new Int32Array(length).dataStart);
}

@unmanaged
export class Refs<T> {
  @operator("[]")
  private get(index: i32): T {
    assert(within(changetype<usize>(this), index, 2));
    return changetype<T>(load<usize>(changetype<usize>(this) + ((index as usize) << 2)));
  }
  @operator("[]=")
  private set(index: i32, value: T): void {
    assert(within(changetype<usize>(this), index, 2));
    store<usize>(changetype<usize>(this) + ((index as usize) << 2), changetype<usize>(value));
  }
}

export function newRefs<T>(length: i32, value: T): Refs<T> {
  const refs = changetype<Refs<T>>(new Int32Array(length).dataStart);
  for (let k = 0; k < length; k++) refs[k] = value;
  return refs;
}

/** The host's, so that all platforms have the same bits. */
export declare function exp(x: f64): f64;

export function multiplyWords(a: i32, b: i32): i32 {
  return a * b;
}
