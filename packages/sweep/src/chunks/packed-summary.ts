import type { SummaryRow } from "@loadstar/store";

/**
 * Estimates of one point as they cross between threads: each text once, and numbers in one array. A hundred objects for each of thousands of points
 * would live just long enough to be kept by V8 for long.
 */
export interface PackedSummary {
  readonly texts: readonly string[];
  /** For each row the positions of its texts. */
  readonly labels: Int32Array;
  /** For each row its numbers. */
  readonly numbers: Float64Array;
}

export function packSummary(rows: readonly SummaryRow[]): PackedSummary {
  const positions = new Map<string, number>();
  const labels = new Int32Array(LABELS * rows.length);
  const numbers = new Float64Array(NUMBERS.length * rows.length);
  const positionOf = (text: string): number => {
    const known = positions.get(text) ?? positions.size;
    positions.set(text, known);
    return known;
  };
  for (const [row, { metric, estimand, method, flags, ...estimate }] of rows.entries()) {
    const texts = [metric, estimand, method, flags.join(BETWEEN_FLAGS)];
    for (let k = 0; k < LABELS; k++) labels[LABELS * row + k] = positionOf(texts[k]!);
    for (let k = 0; k < NUMBERS.length; k++) numbers[NUMBERS.length * row + k] = estimate[NUMBERS[k]!];
  }
  return { texts: [...positions.keys()], labels, numbers };
}

export function unpackSummary({ texts, labels, numbers }: PackedSummary, point_id: string): readonly SummaryRow[] {
  return Array.from({ length: labels.length / LABELS }, (_, row) => {
    const text = (position: number): string => texts[labels[LABELS * row + position]!]!;
    const at = NUMBERS.length * row;
    const flags = text(3);
    return {
      point_id,
      metric: text(0),
      estimand: text(1),
      estimate: numbers[at]!,
      std_error: numbers[at + 1]!,
      ci_low: numbers[at + 2]!,
      ci_high: numbers[at + 3]!,
      confidence: numbers[at + 4]!,
      method: text(2),
      n: numbers[at + 5]!,
      n_failed: numbers[at + 6]!,
      flags: flags === "" ? [] : flags.split(BETWEEN_FLAGS),
    };
  });
}

/** Texts of a row. */
const LABELS = 4;

/** Numbers of a row, in this order. */
const NUMBERS = ["estimate", "std_error", "ci_low", "ci_high", "confidence", "n", "n_failed"] as const;

/** No flag has it: they stand in one cell of a table, separated by commas. */
const BETWEEN_FLAGS = ",";
