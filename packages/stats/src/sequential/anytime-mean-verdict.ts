import { boundsVerdict, UNBOUNDED } from "../bounds-verdict.js";
import { definedValues } from "../defined-values.js";
import { firstWhere } from "../first-where.js";
import { moments } from "../moments.js";
import type { Moments } from "../moments.js";
import type { ObjectiveVerdict } from "../objective.js";
import { REPLICATIONS_LIMIT } from "../replications-limit.js";
import type { RequiredObjective } from "../require-objective.js";
import type { Sample } from "../sample.js";
import { anytimeBounds } from "./anytime-interval.js";
import type { AnytimeBounds } from "./anytime-interval.js";
import { oneSidedReach } from "./mean-sequence.js";
import { FIRST_LOOK } from "./next-look.js";

/** Judges whether the mean is on the good side: see `anytimeVerdict`. */
export function anytimeMeanVerdict(sample: Sample, options: RequiredObjective): ObjectiveVerdict {
  const { confidence } = options;
  const found = moments(definedValues(sample));
  const n_failed = options.n_failed + sample.length - found.n;
  const { method, flags, ...bounds } = boundsOf(found, confidence);
  const { low, high } = n_failed > 0 ? UNBOUNDED : bounds;
  const verdict = boundsVerdict({ low, high }, options);
  return {
    verdict,
    estimate: found.mean,
    bound_low: low,
    bound_high: high,
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

function boundsOf(found: Moments, confidence: number): AnytimeBounds {
  const reach = oneSidedReach({ n: found.n, error: 1 - confidence });
  return anytimeBounds(found, { first_look: FIRST_LOOK, reach });
}

/** How many more values of the same moments would decide. */
function neededFor(found: Moments, options: RequiredObjective): number {
  if (!(found.std > 0) || !Number.isFinite(found.std) || found.mean === options.limit) return NaN;
  const decides = (n: number): boolean =>
    boundsVerdict(boundsOf({ ...found, n }, options.confidence), options) !== "inconclusive";
  return firstWhere({ above: found.n, limit: REPLICATIONS_LIMIT, holds: decides }) - found.n;
}
