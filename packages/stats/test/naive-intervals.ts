import { moments, normalQuantile, studentTQuantile } from "../src/index.js";
import type { Estimate, Sample } from "../src/index.js";
import type { Interval } from "./coverage-experiment.js";

// What other tools print, at 95 %: the negative controls of the coverage experiments.

const Z = normalQuantile(0.975);

/** mean -+ t std / sqrt(n), whatever the skewness. */
export function plainT(sample: Sample): Interval {
  const { n, mean, std } = moments(sample);
  const reach = (studentTQuantile({ probability: 0.975, degrees: n - 1 }) * std) / Math.sqrt(n);
  return { low: mean - reach, high: mean + reach };
}

/** Both one-sided bounds at 95 %, each an end of the interval at 90 %. */
export function plainOneSidedT(sample: Sample): Interval {
  const { n, mean, std } = moments(sample);
  const reach = (studentTQuantile({ probability: 0.95, degrees: n - 1 }) * std) / Math.sqrt(n);
  return { low: mean - reach, high: mean + reach };
}

/** A quantile of the fitted normal, with its standard error std sqrt((1 + z^2 / 2) / n). */
export function normalTheoryQuantile(sample: Sample, probability: number): Interval {
  const { n, mean, std } = moments(sample);
  const z = normalQuantile(probability);
  const reach = Z * std * Math.sqrt((1 + (z * z) / 2) / n);
  return { low: mean + z * std - reach, high: mean + z * std + reach };
}

/** p -+ z sqrt(p (1 - p) / n). */
export function wald({ successes, trials }: { successes: number; trials: number }): Interval {
  const ratio = successes / trials;
  const reach = Z * Math.sqrt((ratio * (1 - ratio)) / trials);
  return { low: ratio - reach, high: ratio + reach };
}

/** estimate -+ z std_error, however few values the error comes from. */
export function plainZ({ estimate, std_error }: Estimate): Interval {
  return { low: estimate - Z * std_error, high: estimate + Z * std_error };
}

/** First-order and total Sobol indices of each factor, with the rows of a design as if they were independent. */
export function rowByRowIndex(outcomes: Sample, dimensions: number): readonly Interval[] {
  const columns = dimensions + 3;
  const rows = Array.from({ length: outcomes.length / columns }, (_, k) => k * columns);
  const { mean } = moments(rows.flatMap((row) => [outcomes[row], outcomes[row + 1]]));
  const at = (k: number): number => outcomes[k] - mean;
  const squares = rows.map((row) => (at(row) * at(row) + at(row + 1) * at(row + 1)) / 2);
  const ratio = (values: readonly number[]): Interval => {
    const variance = moments(squares).mean;
    const share = moments(values).mean / variance;
    const { std, n } = moments(values.map((value, k) => (value - share * squares[k]) / variance));
    return { low: share - (Z * std) / Math.sqrt(n), high: share + (Z * std) / Math.sqrt(n) };
  };
  return Array.from({ length: dimensions + 1 }, (_, factor) => (row: number) => at(row + 2 + factor) - at(row)).flatMap(
    (change) => [
      ratio(rows.map((row) => at(row + 1) * change(row))),
      ratio(rows.map((row) => (change(row) * change(row)) / 2)),
    ],
  );
}
