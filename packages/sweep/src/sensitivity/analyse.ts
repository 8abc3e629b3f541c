import type { Metric } from "@loadstar/engine";
import { designMean, moments, morrisEffects, sobolIndices, tornado, type Estimate } from "@loadstar/stats";
import type { Sensitivity } from "./sensitivity.js";
import type { SensitivityAnalysis } from "./sensitivity-event.js";

/** Name of the factor that is luck. */
export const SEED_FACTOR = "seed";

/**
 * What each factor does to a metric, from its values in the runs of the analysis. Where one is not finite there are no
 * factors: runs that collapse are those that matter, and without them the others would look calm.
 */
export function analyse(
  { design, factors, confidence }: Sensitivity,
  metric: Metric,
  values: Float64Array,
): SensitivityAnalysis {
  const n_missing = values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  const outcomes = Float64Array.from(design.order, (run) => values[run]!);
  const isWhole = n_missing === 0;
  const nameOf = (index: number): { readonly factor: string; readonly is_seed: boolean } => ({
    factor: factors[index]?.name ?? SEED_FACTOR,
    is_seed: index === factors.length,
  });
  switch (design.method) {
    case "sobol": {
      const options = { dimensions: factors.length, randomizations: design.randomizations, confidence };
      const indices = isWhole ? sobolIndices(outcomes, options) : [];
      const found = indices.map((one, index) => ({ ...nameOf(index), ...one }));
      return { metric, n_missing, method: "sobol", ...spreadOf(outcomes, options), factors: found };
    }
    case "morris": {
      const effects = isWhole ? morrisEffects(design.trajectories, { outcomes, confidence }) : [];
      const found = effects.map((one, index) => ({ ...nameOf(index), ...one }));
      return { metric, n_missing, method: "morris", factors: found };
    }
    case "tornado": {
      const block = (index: number): Float64Array =>
        outcomes.subarray(index * design.replications, (index + 1) * design.replications);
      const samples = factors.map(({ name }, k) => ({ name, low: block(1 + 2 * k), high: block(2 + 2 * k) }));
      const { base, bars } = tornado({ base: block(0), factors: isWhole ? samples : [], confidence });
      const found = bars.map(({ name, ...bar }) => ({ factor: factors.find((one) => one.name === name)!, ...bar }));
      return { metric, n_missing, method: "tornado", base, factors: found };
    }
  }
}

/** Mean and standard deviation of the outcome over the points A and B of a Sobol design; NaN if one is missing. */
function spreadOf(
  outcomes: Float64Array,
  { dimensions, randomizations, confidence }: { dimensions: number; randomizations: number; confidence: number },
): { readonly mean: Estimate; readonly std: number } {
  const columns = dimensions + 3;
  const bases = outcomes.filter((_, run) => run % columns < 2);
  const size = bases.length / randomizations;
  const means = Array.from(
    { length: randomizations },
    (_, k) => moments(bases.subarray(k * size, (k + 1) * size)).mean,
  );
  return { mean: designMean(means, { confidence }), std: moments(bases).std };
}
