import type { Distribution } from "./distribution.js";
import type { FillBlock } from "./fill-block.js";
import { nextExponential } from "./exponential.js";
import { gammaFiller } from "./gamma.js";
import { nextNormalPair } from "./normal.js";
import { poissonFiller } from "./poisson.js";
import { uniform } from "./uniform.js";
import { zipfFiller } from "./zipf.js";

/**
 * The sampler of a distribution, as a loop over a block. Where that is cheap it inverts the distribution function or
 * transforms a standard variate, so that streams shared between two parameter points stay comonotone. Sources: Devroye
 * (1986), chapters II, IX and X.
 */
export function fillerOf(distribution: Distribution): FillBlock {
  switch (distribution.kind) {
    case "constant":
      return constantFiller(distribution.value);
    case "uniform":
      return uniformFiller(distribution.min, distribution.max);
    case "exponential":
      return exponentialFiller(distribution.mean);
    case "normal":
      return normalFiller(distribution.mean, distribution.std);
    case "lognormal":
      return lognormalFiller(distribution.mu, distribution.sigma);
    case "gamma":
      return gammaFiller(distribution.shape, distribution.scale);
    case "weibull":
      return weibullFiller(distribution.shape, distribution.scale);
    case "pareto":
      return paretoFiller(distribution.shape, distribution.minimum);
    case "poisson":
      return poissonFiller(distribution.mean);
    case "hyperexponential":
      return hyperexponentialFiller(distribution.probabilities, distribution.means);
    case "quantiles":
      return quantilesFiller(distribution.probabilities, distribution.values);
    case "zipf":
      return zipfFiller(distribution.count, distribution.exponent);
    case "empirical":
      return empiricalFiller(distribution.values);
  }
}

function constantFiller(value: number): FillBlock {
  return (_generator, block) => {
    block.fill(value);
  };
}

function uniformFiller(min: number, max: number): FillBlock {
  const width = max - min;
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) block[k] = min + width * uniform(generator);
  };
}

function exponentialFiller(mean: number): FillBlock {
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) block[k] = mean * nextExponential(generator);
  };
}

function normalFiller(mean: number, std: number): FillBlock {
  return (generator, block) => {
    for (let k = 0; k < block.length; k += 2) {
      nextNormalPair(generator, block, k);
      block[k] = Math.max(0, mean + std * block[k]!);
      block[k + 1] = Math.max(0, mean + std * block[k + 1]!);
    }
  };
}

function lognormalFiller(mu: number, sigma: number): FillBlock {
  return (generator, block) => {
    for (let k = 0; k < block.length; k += 2) {
      nextNormalPair(generator, block, k);
      block[k] = Math.exp(mu + sigma * block[k]!);
      block[k + 1] = Math.exp(mu + sigma * block[k + 1]!);
    }
  };
}

function weibullFiller(shape: number, scale: number): FillBlock {
  const power = 1 / shape;
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) {
      block[k] = scale * Math.exp(power * Math.log(nextExponential(generator)));
    }
  };
}

function paretoFiller(shape: number, minimum: number): FillBlock {
  const power = 1 / shape;
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) {
      block[k] = minimum * Math.exp(power * nextExponential(generator));
    }
  };
}

function hyperexponentialFiller(probabilities: readonly number[], means: readonly number[]): FillBlock {
  const last = means.length - 1;
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) {
      let remaining = uniform(generator);
      let branch = 0;
      while (branch < last && remaining >= probabilities[branch]!) remaining -= probabilities[branch++]!;
      block[k] = means[branch]! * nextExponential(generator);
    }
  };
}

function quantilesFiller(probabilities: readonly number[], values: readonly number[]): FillBlock {
  const last = values.length - 1;
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) {
      const u = uniform(generator);
      let right = 1;
      while (right < last && u >= probabilities[right]!) right++;
      const from = probabilities[right - 1]!;
      const share = (u - from) / (probabilities[right]! - from);
      block[k] = values[right - 1]! + share * (values[right]! - values[right - 1]!);
    }
  };
}

function empiricalFiller(values: ArrayLike<number>): FillBlock {
  return (generator, block) => {
    for (let k = 0; k < block.length; k++) block[k] = values[Math.floor(uniform(generator) * values.length)]!;
  };
}
