import { definedValues } from "../defined-values.js";
import type { Estimate } from "../estimate.js";
import { meanInterval } from "../mean-interval.js";
import { moments } from "../moments.js";
import { requireFraction } from "../require-fraction.js";
import type { Sample } from "../sample.js";
import type { MorrisTrajectory } from "./morris-trajectories.js";

/** How much one factor does to the outcome, in the unit of the outcome. */
export interface MorrisEffect {
  /** Mean of the elementary effects: with its sign, so that effects up and down cancel. */
  readonly mu: Estimate;
  /** Mean of their sizes: how much the factor matters. */
  readonly mu_star: Estimate;
  /** Standard deviation of the elementary effects: how much depends on the other factors, or is not linear. */
  readonly sigma: number;
  /** Of `sigma`, by the jackknife; NaN below 3 trajectories. */
  readonly sigma_std_error: number;
}

/**
 * Returns the elementary effects of every parameter, and last those of the seed, from the outcomes of the runs of
 * `morrisTrajectories`, trajectory by trajectory: `mu` and `sigma` (Morris 1991), `mu_star` (Campolongo,
 * Cariboni and Saltelli 2007). Intervals are those of `meanInterval`, that of `mu_star` cut at 0: trajectories are
 * independent.
 *
 * The effect of a parameter is the change of the outcome over the step, 2/3 of the range: so it says what the whole range
 * would do if it went on like this. The effect of the seed is the plain difference between two replications.
 *
 * An outcome that is NaN makes the effects beside it NaN: they are left out and counted in `n_failed`.
 *
 * @throws RangeError unless 0 < confidence < 1 and there is one outcome for each run.
 */
export function morrisEffects(
  trajectories: readonly MorrisTrajectory[],
  { outcomes, confidence }: { readonly outcomes: Sample; readonly confidence: number },
): readonly MorrisEffect[] {
  requireFraction({ action: ACTION, name: "confidence", value: confidence });
  requireOutcomes(trajectories, outcomes);
  const factors = trajectories[0]?.moved.length ?? 0;
  const effects = Array.from({ length: factors }, () => new Float64Array(trajectories.length));
  for (const [row, { runs, moved }] of trajectories.entries()) {
    const first = row * runs.length;
    for (const [step, factor] of moved.entries()) {
      const change = outcomes[first + step + 1] - outcomes[first + step];
      const isSeed = factor === factors - 1;
      effects[factor][row] = isSeed ? change : change / (runs[step + 1].point[factor] - runs[step].point[factor]);
    }
  }
  return effects.map((sample) => effectOf(sample, confidence));
}

const ACTION = "estimate Morris effects";

function requireOutcomes(trajectories: readonly MorrisTrajectory[], outcomes: Sample): void {
  const runs = trajectories.reduce((total, trajectory) => total + trajectory.runs.length, 0);
  if (outcomes.length === runs) return;
  throw new RangeError(`Cannot ${ACTION}: number of outcomes must be ${runs}: current value is ${outcomes.length}`);
}

function effectOf(sample: Float64Array, confidence: number): MorrisEffect {
  const defined = definedValues(sample);
  const sizes = meanInterval(sample.map(Math.abs), { confidence });
  return {
    mu: meanInterval(sample, { confidence }),
    mu_star: { ...sizes, ci_low: Math.max(0, sizes.ci_low) },
    sigma: moments(defined).std,
    sigma_std_error: jackknifeErrorOfStd(defined),
  };
}

/** Efron and Stein 1981, for the standard deviation. */
function jackknifeErrorOfStd(sample: Float64Array): number {
  const { n, mean, variance } = moments(sample);
  if (n < 3) return NaN;
  const squares = (n - 1) * variance;
  const without = sample.map((x) => {
    const deviation = x - mean;
    return Math.sqrt(Math.max(0, squares - (deviation * deviation * n) / (n - 1)) / (n - 2));
  });
  const spread = moments(without).std;
  return ((n - 1) / Math.sqrt(n)) * spread;
}
