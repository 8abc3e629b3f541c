import type { Estimate } from "./estimate.js";
import { moments } from "./moments.js";
import type { Moments } from "./moments.js";
import { requireFraction } from "./require-fraction.js";
import type { Sample } from "./sample.js";
import { studentTQuantile } from "./student-t.js";

export interface ControlVariateOptions {
  /** A number of the same replications, pair by pair, whose true mean is known. */
  readonly control: Sample;
  /** That true mean; not the mean of `control`. */
  readonly control_mean: number;
  /** Nominal coverage, range (0, 1). */
  readonly confidence: number;
}

/** An `Estimate`, and what the control was worth. */
export interface ControlVariateEstimate extends Estimate {
  /** Squared standard error of the plain mean over that of this one: so many times fewer replications do. NaN if not estimable. */
  readonly variance_reduction_factor: number;
}

/**
 * Returns the mean of independent replications, corrected by what a control variate is known to have got wrong: with b the
 * slope of the sample on the control, it is mean - b (mean of control - `control_mean`), the regression line at the known
 * mean, and its variance is that of a line there, S^2 (1 / n + (mean of control - control_mean)^2 / sum (c - mean)^2), S^2
 * the residual variance with n - 2 degrees (Lavenberg and Welch 1981, section 3). Exact for jointly normal pairs; otherwise the
 * estimate has a bias of order 1 / n.
 *
 * Good controls are what a replication drew: its number of arrivals, the mean of its service times. Choose it before
 * looking: the best of many controls promises too much.
 *
 * Pairs with a NaN on either side are left out, counted in `n_failed` and flagged `undefined_values`.
 *
 * | pairs | result | flag |
 * | --- | --- | --- |
 * | none | all NaN | `no_values` |
 * | one or two | estimate and interval NaN | `not_estimable_needs_3` |
 * | a control that does not vary | slope 0, degrees n - 2 | `low_correlation` |
 * | factor below 1.2 | as it is: the control explains too little | `low_correlation` |
 * | no residuals but rounding | an interval of length 0, which proves little | `zero_variance` |
 * | a value, sum or difference is infinite | estimate NaN, interval (-Infinity, +Infinity) | `infinite_values` |
 *
 * @throws RangeError unless 0 < confidence < 1, `control_mean` is finite and both samples have the same length.
 */
export function controlVariateMean(
  sample: Sample,
  { control, control_mean, confidence }: ControlVariateOptions,
): ControlVariateEstimate {
  requireFraction({ action: ACTION, name: "confidence", value: confidence });
  requirePairs({ sample, control, control_mean });
  const pairs = definedPairs(sample, control);
  const { n } = pairs;
  const undefinedPairs = sample.length - n;
  const { flags, ...found } = n < 3 ? nothing(n) : adjusted(pairs, { control_mean, confidence });
  return {
    estimand: "mean",
    ...found,
    confidence,
    method: "control_variate",
    n,
    n_failed: undefinedPairs,
    flags: [...(undefinedPairs > 0 ? ["undefined_values"] : []), ...flags],
  };
}

const ACTION = "estimate mean with a control variate";

/** As in `differenceInterval`: below this it is hardly worth its name. */
const LOW_REDUCTION = 1.2;

type Adjusted = Pick<
  ControlVariateEstimate,
  "estimate" | "std_error" | "ci_low" | "ci_high" | "variance_reduction_factor" | "flags"
>;

function nothing(n: number): Adjusted {
  const flag = n === 0 ? "no_values" : "not_estimable_needs_3";
  return { estimate: NaN, std_error: NaN, ci_low: NaN, ci_high: NaN, variance_reduction_factor: NaN, flags: [flag] };
}

function adjusted(
  { n, values, controls }: Pairs,
  { control_mean, confidence }: { readonly control_mean: number; readonly confidence: number },
): Adjusted {
  const plain = moments(values);
  const around = moments(controls);
  const line = regression({ n, values, controls, plain, around });
  const surprise = around.mean - control_mean;
  const estimate = plain.mean - line.slope * surprise;
  const leverage = around.std === 0 ? 0 : ((surprise / around.std) * (surprise / around.std)) / (n - 1);
  const std_error = line.residual_std * Math.sqrt(1 / n + leverage);
  if (!Number.isFinite(estimate) || !Number.isFinite(std_error)) {
    return { ...nothing(0), ci_low: -Infinity, ci_high: Infinity, flags: ["infinite_values"] };
  }
  const reach = -studentTQuantile({ probability: (1 - confidence) / 2, degrees: n - 2 }) * std_error;
  const gain = plain.std / Math.sqrt(n) / std_error;
  return {
    estimate,
    std_error,
    ci_low: estimate - reach,
    ci_high: estimate + reach,
    variance_reduction_factor: gain * gain,
    flags: [...(std_error === 0 ? ["zero_variance"] : []), ...(gain * gain < LOW_REDUCTION ? ["low_correlation"] : [])],
  };
}

interface Pairs {
  readonly n: number;
  readonly values: Float64Array;
  readonly controls: Float64Array;
}

function definedPairs(sample: Sample, control: Sample): Pairs {
  const kept = Array.from({ length: sample.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(sample[i]) && !Number.isNaN(control[i]),
  );
  return {
    n: kept.length,
    values: Float64Array.from(kept, (i) => sample[i]),
    controls: Float64Array.from(kept, (i) => control[i]),
  };
}

interface Line {
  readonly slope: number;
  /** With n - 2 degrees; 0 where nothing is left but rounding. */
  readonly residual_std: number;
}

function regression({ n, values, controls, plain, around }: Pairs & { plain: Moments; around: Moments }): Line {
  let products = 0;
  for (let i = 0; i < n; i++) products += ((controls[i] - around.mean) / around.std) * (values[i] - plain.mean);
  const slope = around.std === 0 ? 0 : products / (n - 1) / around.std;
  const residuals = values.map((value, i) => value - plain.mean - slope * (controls[i] - around.mean));
  const { std } = moments(residuals);
  const isRounding = std <= ROUNDING * plain.std;
  return { slope, residual_std: isRounding ? 0 : std * Math.sqrt((n - 1) / (n - 2)) };
}

/** Of the spread of the sample: residuals of a perfect line keep about this much. */
const ROUNDING = 1e-14;

function requirePairs({
  sample,
  control,
  control_mean,
}: {
  readonly sample: Sample;
  readonly control: Sample;
  readonly control_mean: number;
}): void {
  if (!Number.isFinite(control_mean)) {
    throw new RangeError(`Cannot ${ACTION}: control_mean must be finite: current value is ${control_mean}`);
  }
  if (control.length === sample.length) return;
  throw new RangeError(
    `Cannot ${ACTION}: control must have as many values as the sample, ${sample.length}: current value is ${control.length}`,
  );
}
