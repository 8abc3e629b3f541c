/** Where a capacity is searched, all in the unit of the value. */
export interface CapacityRange {
  readonly low: number;
  readonly high: number;
  /** Only `low` and whole steps above it count, > 0; without it any value does. */
  readonly step?: number | undefined;
  /** How far the answer may fall short, > 0; by default one step, or a hundredth of the range. */
  readonly tolerance?: number | undefined;
}

/** The values that are candidates, upwards, and the tolerance as a number of them. */
export interface CapacityValues {
  readonly values: readonly number[];
  readonly tolerance: number;
}

/** Most candidates; a search takes about as many probes as their number has binary digits. */
export const MOST_CANDIDATES = 1_000_000;

/**
 * Lays the candidates over a range: its steps, or equal parts that are no longer than the tolerance. Values are rounded to 12
 * digits, so that 0.1 and two steps of 0.1 make 0.3.
 */
export function capacityValues({ low, high, step, tolerance }: CapacityRange): CapacityValues {
  if (step === undefined) {
    const parts = tolerance === undefined ? 100 : Math.ceil((high - low) / tolerance);
    return { values: spread({ low, step: (high - low) / parts, count: parts + 1 }), tolerance: 1 };
  }
  const count = 1 + Math.floor(((high - low) / step) * (1 + ROUNDING));
  return {
    values: spread({ low, step, count }),
    tolerance: Math.max(1, Math.floor(((tolerance ?? step) / step) * (1 + ROUNDING))),
  };
}

/** Room for a quotient that should be whole. */
const ROUNDING = 1e-12;

function spread({ low, step, count }: { low: number; step: number; count: number }): readonly number[] {
  return Array.from({ length: count }, (_, k) => Number((low + k * step).toPrecision(12)));
}
