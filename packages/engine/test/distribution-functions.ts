import type { Distribution } from "../src/index.js";
import { logGamma, lowerGamma, upperGamma } from "./incomplete-gamma.js";

/** P(X <= x) and P(X > x), each with all its digits where it is small. */
export interface DistributionFunctions {
  readonly lower: (x: number) => number;
  readonly upper: (x: number) => number;
}

/** The distribution functions of a continuous distribution; a clamped normal has its atom at 0. */
export function functionsOf(distribution: Distribution): DistributionFunctions {
  switch (distribution.kind) {
    case "uniform": {
      const { min, max } = distribution;
      return { lower: (x) => (x - min) / (max - min), upper: (x) => (max - x) / (max - min) };
    }
    case "exponential":
      return exponentialFunctions(distribution.mean);
    case "normal": {
      const { mean, std } = distribution;
      return { lower: (x) => normalUpper((mean - x) / std), upper: (x) => normalUpper((x - mean) / std) };
    }
    case "lognormal": {
      const { mu, sigma } = distribution;
      return {
        lower: (x) => normalUpper((mu - Math.log(x)) / sigma),
        upper: (x) => normalUpper((Math.log(x) - mu) / sigma),
      };
    }
    case "gamma": {
      const { shape, scale } = distribution;
      return { lower: (x) => lowerGamma(shape, x / scale), upper: (x) => upperGamma(shape, x / scale) };
    }
    case "weibull": {
      const { shape, scale } = distribution;
      const power = (x: number): number => (x / scale) ** shape;
      return { lower: (x) => -Math.expm1(-power(x)), upper: (x) => Math.exp(-power(x)) };
    }
    case "pareto": {
      const { shape, minimum } = distribution;
      return {
        lower: (x) => -Math.expm1(shape * Math.log(minimum / x)),
        upper: (x) => (minimum / x) ** shape,
      };
    }
    case "hyperexponential": {
      const { probabilities } = distribution;
      const branches = distribution.means.map(exponentialFunctions);
      const mixed = (part: (branch: DistributionFunctions) => number): number =>
        branches.reduce((sum, branch, k) => sum + probabilities[k]! * part(branch), 0);
      return { lower: (x) => mixed(({ lower }) => lower(x)), upper: (x) => mixed(({ upper }) => upper(x)) };
    }
    case "quantiles": {
      const lower = (x: number): number => inverted(distribution, x);
      return { lower, upper: (x) => 1 - lower(x) };
    }
    default:
      throw new RangeError(`Cannot give the functions of "${distribution.kind}": it is not continuous`);
  }
}

/** The x at which `lower(x)` reaches p, by bisection on [0, 1e6]. */
export function quantileOf({ lower, upper }: DistributionFunctions, p: number): number {
  let low = 0;
  let high = 1e6;
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (p < 0.5 ? lower(middle) < p : upper(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return high;
}

/** P(X = k) of a Poisson variable. */
export function poissonMass(mean: number, k: number): number {
  return Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

function exponentialFunctions(mean: number): DistributionFunctions {
  return { lower: (x) => -Math.expm1(-x / mean), upper: (x) => Math.exp(-x / mean) };
}

/** P(Z > z) of a standard normal: erfc as an incomplete gamma function, DLMF 7.11.2. */
function normalUpper(z: number): number {
  const half = 0.5 * upperGamma(0.5, 0.5 * z * z);
  return z >= 0 ? half : 1 - half;
}

function inverted(
  { probabilities, values }: { readonly probabilities: readonly number[]; readonly values: readonly number[] },
  x: number,
): number {
  const right = Math.max(
    1,
    values.findIndex((value, k) => k > 0 && x <= value),
  );
  const share = (x - values[right - 1]!) / (values[right]! - values[right - 1]!);
  return probabilities[right - 1]! + share * (probabilities[right]! - probabilities[right - 1]!);
}
