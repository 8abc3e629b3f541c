import type { Distribution } from "./distribution.js";

/** Points of the midpoint rule where the mean has no plain formula. */
const POINTS = 1000;

/** The mean of a distribution; that of a Weibull by a rule of 1,000 points, that of a normal as if negative draws stayed negative. */
export function meanOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform":
      return (distribution.min + distribution.max) / 2;
    case "exponential":
    case "normal":
    case "poisson":
      return distribution.mean;
    case "lognormal":
      return Math.exp(distribution.mu + (distribution.sigma * distribution.sigma) / 2);
    case "gamma":
      return distribution.shape * distribution.scale;
    case "weibull":
      return distribution.scale * meanPower(1 / distribution.shape);
    case "pareto":
      return distribution.shape > 1
        ? (distribution.shape * distribution.minimum) / (distribution.shape - 1)
        : Number.POSITIVE_INFINITY;
    case "hyperexponential":
      return distribution.means.reduce((sum, mean, branch) => sum + mean * distribution.probabilities[branch]!, 0);
    case "quantiles":
      return trapezoids(distribution.probabilities, distribution.values);
    case "zipf":
      return meanRank(distribution);
    case "empirical":
      return average(distribution.values);
  }
}

function average(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum / values.length;
}

/** The mean of a unit exponential to this power. */
function meanPower(power: number): number {
  let sum = 0;
  for (let k = 0; k < POINTS; k++) sum += Math.exp(power * Math.log(-Math.log((k + 0.5) / POINTS)));
  return sum / POINTS;
}

function meanRank({ count, exponent }: { readonly count: number; readonly exponent: number }): number {
  let total = 0;
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) {
    const weight = Math.exp(-exponent * Math.log(rank));
    total += weight;
    sum += rank * weight;
  }
  return sum / total;
}

function trapezoids(probabilities: readonly number[], values: readonly number[]): number {
  let sum = 0;
  for (let k = 1; k < values.length; k++) {
    sum += (probabilities[k]! - probabilities[k - 1]!) * 0.5 * (values[k]! + values[k - 1]!);
  }
  return sum;
}
