import type { Sample } from "./sample.js";

/** Where a path has settled, by `mser5`. */
export interface WarmUpCut {
  /** Values at the start of the path to leave out, a multiple of 5, at most half of them. NaN where it cannot be told. */
  readonly cut: number;
  /** Mean of the batches of 5 after the cut, in the unit of the path; NaN with the cut. */
  readonly mean: number;
  /** Values of the path. */
  readonly n: number;
  /** `run_too_short`, `not_estimable_needs_50`, `infinite_values`, `undefined_values`; may be empty. */
  readonly flags: readonly string[];
}

/**
 * Returns how many values at the start of a path carry the mark of the initial state: MSER-5 (White 1997; White, Cobb and
 * Spratt 2000) cuts where the mean of what is left has the smallest squared standard error, sum (z - mean)^2 / k^2 over the
 * k batch means of 5 values after the cut. `path` is the **average path across replications**: cut one by one, replications
 * that began high lose their beginning and others keep it, and the mean of the rest is biased (see the README).
 *
 * The cut is sought in the first half. Where the smallest error of the first three quarters lies beyond or on the edge of
 * that half, the path had not settled: `run_too_short`, and the cut is not to be trusted. The last quarter is not asked,
 * because a few values can be close to each other by chance.
 *
 * NaN values are left out of their batch, and flagged `undefined_values`; a last batch of fewer than 5 is left out. With fewer than
 * ten batches, or an infinite value, cut and mean are NaN, flagged `not_estimable_needs_50` or `infinite_values`.
 */
export function mser5(path: Sample): WarmUpCut {
  const batches = batchesOf(path);
  const n = path.length;
  const undefinedFlags = batches.undefinedValues > 0 ? ["undefined_values"] : [];
  const reason = reasonAgainst(batches);
  if (reason !== null) return { cut: NaN, mean: NaN, n, flags: [...undefinedFlags, reason] };
  const { first, mean, isSettled } = leastError(batches.means);
  return { cut: first * BATCH, mean, n, flags: [...undefinedFlags, ...(isSettled ? [] : ["run_too_short"])] };
}

const BATCH = 5;

/** With fewer there are not five places for a cut. */
const BATCHES_AT_LEAST = 10;

interface Batches {
  /** NaN for a batch without values. */
  readonly means: Float64Array;
  readonly undefinedValues: number;
  readonly isFinite: boolean;
}

function batchesOf(path: Sample): Batches {
  const means = new Float64Array(Math.floor(path.length / BATCH));
  let undefinedValues = 0;
  let isFinite = true;
  for (let batch = 0; batch < means.length; batch++) {
    let sum = 0;
    let count = 0;
    for (let i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
      if (Number.isNaN(path[i])) continue;
      sum += path[i];
      count++;
    }
    if (!Number.isFinite(sum)) isFinite = false;
    undefinedValues += BATCH - count;
    means[batch] = sum / count;
  }
  return { means, undefinedValues, isFinite };
}

function reasonAgainst({ means, isFinite }: Batches): string | null {
  if (!isFinite) return "infinite_values";
  const defined = means.filter((mean) => !Number.isNaN(mean)).length;
  return defined < BATCHES_AT_LEAST ? `not_estimable_needs_${BATCHES_AT_LEAST * BATCH}` : null;
}

interface Cut {
  /** Batch after the cut; NaN if no batch of the first half has values. */
  readonly first: number;
  readonly mean: number;
  readonly isSettled: boolean;
}

/** Goes backwards, so that mean and squares of what is left grow by one batch a step (Welford 1962). */
function leastError(means: Float64Array): Cut {
  const half = Math.floor(means.length / 2);
  let count = 0;
  let mean = 0;
  let squares = 0;
  let best = { first: NaN, mean: NaN, error: Infinity };
  let later = Infinity;
  for (let first = means.length - 1; first >= 0; first--) {
    if (Number.isNaN(means[first])) continue;
    count++;
    const distance = means[first] - mean;
    mean += distance / count;
    squares += distance * (means[first] - mean);
    const error = squares / (count * count);
    if (first > half && first <= 0.75 * means.length) later = Math.min(later, error);
    // Of equal errors the earliest cut.
    if (first <= half && error <= best.error) best = { first, mean, error };
  }
  return { first: best.first, mean: best.mean, isSettled: best.first < half && best.error <= later };
}
