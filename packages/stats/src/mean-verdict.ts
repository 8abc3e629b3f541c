import { boundsVerdict, UNBOUNDED } from "./bounds-verdict.js";
import { definedValues } from "./defined-values.js";
import { firstWhere } from "./first-where.js";
import { meanBounds } from "./mean-interval.js";
import type { MeanBounds } from "./mean-interval.js";
import { moments } from "./moments.js";
import type { Moments } from "./moments.js";
import type { ObjectiveOptions, ObjectiveVerdict } from "./objective.js";
import { REPLICATIONS_LIMIT } from "./replications-limit.js";
import type { Sample } from "./sample.js";

interface MeanOptions extends ObjectiveOptions {
  readonly n_failed: number;
}

/** Judges whether the mean is on the good side: see `objectiveVerdict`. */
export function meanVerdict(sample: Sample, options: MeanOptions): ObjectiveVerdict {
  const { confidence } = options;
  if (!(confidence > 0.5)) {
    throw new RangeError(`Cannot judge objective: confidence of a mean must be > 0.5: current value is ${confidence}`);
  }
  const found = moments(definedValues(sample));
  const n_failed = options.n_failed + sample.length - found.n;
  const { low, high, method, flags } = boundsOf(found, options);
  const bounds = n_failed > 0 ? UNBOUNDED : { low, high };
  const verdict = boundsVerdict(bounds, options);
  return {
    verdict,
    estimate: found.mean,
    bound_low: bounds.low,
    bound_high: bounds.high,
    confidence,
    method,
    n: found.n,
    n_failed,
    n_needed: verdict !== "inconclusive" ? 0 : n_failed > 0 ? NaN : neededFor(found, options),
    flags: [
      ...(found.n < sample.length ? ["undefined_values"] : []),
      ...(n_failed > 0 ? ["failed_replications"] : []),
      ...flags,
    ],
  };
}

function boundsOf(found: Moments, { confidence }: MeanOptions): MeanBounds {
  const bounds = meanBounds(found, 2 * confidence - 1);
  // Thirty runs without a timeout do not prove that there is none: a variance of zero is not certainty.
  return found.std === 0 ? { ...bounds, ...UNBOUNDED } : bounds;
}

/** How many more values of the same moments would decide. */
function neededFor(found: Moments, options: MeanOptions): number {
  if (!(found.std > 0) || !Number.isFinite(found.std) || found.mean === options.limit) return NaN;
  const decides = (n: number): boolean => boundsVerdict(boundsOf({ ...found, n }, options), options) !== "inconclusive";
  return firstWhere({ above: found.n, limit: REPLICATIONS_LIMIT, holds: decides }) - found.n;
}
