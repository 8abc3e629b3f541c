import { definedValues } from "./defined-values.js";
import type { Side } from "./objective.js";
import type { Sample } from "./sample.js";

/** Replications by what they say about a limit: `n + n_failed` in all. */
export interface ShareCounts {
  /** Replications that produced a value. */
  readonly n: number;
  /** Replications that produced none, NaN values among them. */
  readonly n_failed: number;
  /** Replications on the good side, strictly. */
  readonly good: number;
}

/** Counts the replications on the good side of a limit, and those that do not say. */
export function shareCounts(
  sample: Sample,
  { side, limit, n_failed = 0 }: { readonly side: Side; readonly limit: number; readonly n_failed?: number },
): ShareCounts {
  const n = definedValues(sample).length;
  let good = 0;
  for (let i = 0; i < sample.length; i++) {
    if (side === "below" ? sample[i] < limit : sample[i] > limit) good++;
  }
  return { n, n_failed: n_failed + sample.length - n, good };
}

/** Returns the remarks on these counts that a verdict carries: see `objectiveVerdict`. */
export function shareFlags(
  { n, n_failed }: ShareCounts,
  { sample, fewest }: { readonly sample: Sample; readonly fewest: number },
): string[] {
  return [
    ...(n < sample.length ? ["undefined_values"] : []),
    ...(n === 0 ? ["no_values"] : []),
    ...(n_failed > 0 ? ["failed_replications"] : []),
    ...(n + n_failed < fewest ? [`pass_needs_${fewest}`] : []),
  ];
}
