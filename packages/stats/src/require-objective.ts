import type { ObjectiveOptions } from "./objective.js";
import { requireCount } from "./require-count.js";
import { requireFraction } from "./require-fraction.js";

/** An objective with its defaults; `level` is NaN for a mean. */
export type RequiredObjective = Required<ObjectiveOptions>;

/**
 * Returns the objective with its defaults.
 * @throws RangeError unless its confidence and level are fractions, its limit is finite and `n_failed` is a count.
 */
export function requireObjective(options: ObjectiveOptions): RequiredObjective {
  const { estimand, limit, level = NaN, confidence, n_failed = 0 } = options;
  const action = "judge objective";
  requireFraction({ action, name: "confidence", value: confidence });
  requireCount({ action, name: "n_failed", value: n_failed });
  if (!Number.isFinite(limit)) {
    throw new RangeError(`Cannot ${action}: limit must be finite: current value is ${limit}`);
  }
  if (estimand !== "mean") requireFraction({ action, name: "level", value: level });
  return { ...options, level, n_failed };
}
