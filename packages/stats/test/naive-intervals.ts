import { moments, normalQuantile, studentTQuantile } from "../src/index.js";
import type { Sample } from "../src/index.js";
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
