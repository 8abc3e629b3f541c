import { DIRECTION_NUMBERS } from "./direction-numbers.js";

/** Dimensions that there are direction numbers for. */
export const MAX_SOBOL_DIMENSIONS: number = DIRECTION_NUMBERS.length + 1;

/**
 * Returns one coordinate, the `dimension`-th from 0, of the first `samples` = 2^m points of Sobol's sequence before any
 * scrambling, as numbers of cells of size 1 / samples: each from 0 to samples - 1, once. Points come in the order of
 * Gray codes (Antonov and Saleev 1979), as published by Joe and Kuo 2008.
 */
export function sobolCells({
  samples,
  dimension,
}: {
  readonly samples: number;
  readonly dimension: number;
}): Int32Array {
  const bits = Math.log2(samples);
  const directions = dimension === 0 ? halves(bits) : directionsOf(DIRECTION_NUMBERS[dimension - 1], bits);
  const cells = new Int32Array(samples);
  for (let k = 1; k < samples; k++) {
    const changedBit = 31 - Math.clz32(k & -k);
    cells[k] = cells[k - 1] ^ directions[changedBit];
  }
  return cells;
}

/** The directions of van der Corput's sequence: 1/2, 1/4, ... [cells]. */
function halves(bits: number): readonly number[] {
  return Array.from({ length: bits }, (_, k) => 1 << (bits - 1 - k));
}

/** m_k / 2^k [cells], the first m as given, the others by the recurrence of Sobol 1967. */
function directionsOf([polynomial, ...initial]: readonly number[], bits: number): readonly number[] {
  const degree = initial.length;
  const m = initial.slice(0, bits);
  for (let k = degree; k < bits; k++) {
    let next = m[k - degree] ^ (m[k - degree] << degree);
    for (let j = 1; j < degree; j++) {
      if ((polynomial >> (degree - 1 - j)) & 1) next ^= m[k - j] << j;
    }
    m.push(next);
  }
  return m.map((value, k) => value << (bits - 1 - k));
}
