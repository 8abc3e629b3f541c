import * as fc from "fast-check";

/** Of every law in this package: the same cases on every machine. */
export const runs = { seed: 20_261_121, numRuns: 300 };

/** Without subnormal numbers, whose differences have no digits left. */
const within = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((x) => (Math.abs(x) < 1e-290 ? 0 : x));

/** Two values at least; a few large ones beside small ones make it skewed. */
export const sample = fc.array(fc.oneof(within(-1e6, 1e6), within(0, 1)), { minLength: 2, maxLength: 60 });

/** A probability or a confidence. */
export const fraction = fc.double({ min: 1e-3, max: 0.999, noNaN: true });
