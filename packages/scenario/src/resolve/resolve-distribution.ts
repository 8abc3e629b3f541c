import type { Distribution } from "@loadstar/engine";
import type { Dialect } from "../model/dialect.js";
import type { DistributionMapping, Duration } from "../model/distribution-mapping.js";
import { logGamma } from "./log-gamma.js";

/** Decides the distribution of a duration [s]; a plain number is a constant. */
export function resolveDuration(duration: Duration, dialect: Dialect): Distribution {
  return typeof duration === "number" ? { kind: "constant", value: duration } : resolveDistribution(duration, dialect);
}

/**
 * Decides a distribution in the parameters of its sampler. Only `uniform` by its mean, `normal` by its variance and
 * `log_normal` depend on the dialect. A spread of 0 gives a constant. Values that stand in a file are not there: `compile` sees to them.
 */
export function resolveDistribution(mapping: DistributionMapping, dialect: Dialect): Distribution {
  switch (mapping.distribution) {
    case "constant":
      return { kind: "constant", value: mapping.value };
    case "uniform":
      return resolveUniform(mapping, dialect);
    case "exponential":
      return { kind: "exponential", mean: mapping.mean };
    case "normal":
      return normal(mapping.mean, normalStd(mapping, dialect));
    case "lognormal":
      return "median" in mapping ? lognormalByQuantile(mapping) : lognormal(mapping.mean, cvOf(mapping));
    case "log_normal":
      return resolveAsyncFlowLognormal(mapping.mean, mapping.variance ?? mapping.mean, dialect);
    case "gamma":
      return gamma(mapping.mean, cvOf(mapping));
    case "erlang":
      return { kind: "gamma", shape: mapping.shape, scale: mapping.mean / mapping.shape };
    case "weibull":
      return weibull(mapping.mean, mapping.shape);
    case "pareto":
      return "mean" in mapping
        ? { kind: "pareto", shape: mapping.shape, minimum: (mapping.mean * (mapping.shape - 1)) / mapping.shape }
        : { kind: "pareto", shape: mapping.shape, minimum: mapping.minimum };
    case "hyperexponential":
      return "mean" in mapping
        ? balancedHyperexponential(mapping.mean, mapping.cv)
        : { kind: "hyperexponential", probabilities: [...mapping.probabilities], means: [...mapping.means] };
    case "empirical":
      return resolveEmpirical(mapping);
    default:
      return { kind: "poisson", mean: mapping.mean };
  }
}

/** Normal, or the constant when it has no spread. */
export function normal(mean: number, std: number): Distribution {
  return std === 0 ? { kind: "constant", value: mean } : { kind: "normal", mean, std };
}

/** A mean with at most one way of giving the spread. */
export interface MeanAndSpread {
  readonly mean: number;
  readonly std?: number;
  readonly cv?: number;
  readonly variance?: number | null;
}

/** Standard deviation of a normal. AsyncFlow 0.1.1 hands the variance to a sampler that takes the deviation. */
export function normalStd(given: MeanAndSpread, dialect: Dialect): number {
  if (given.std !== undefined) return given.std;
  if (given.cv !== undefined) return given.cv * given.mean;
  const variance = given.variance ?? given.mean;
  return dialect === "asyncflow" ? variance : Math.sqrt(variance);
}

function resolveUniform(mapping: DistributionMapping & { distribution: "uniform" }, dialect: Dialect): Distribution {
  if (!("mean" in mapping)) return { kind: "uniform", min: mapping.min, max: mapping.max };
  return { kind: "uniform", min: 0, max: dialect === "asyncflow" ? 1 : 2 * mapping.mean };
}

function cvOf({ mean, std, cv, variance }: MeanAndSpread): number {
  return cv ?? (std ?? Math.sqrt(variance ?? 0)) / mean;
}

/** Johnson, Kotz and Balakrishnan (1994), chapter 14: sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2. */
function lognormal(mean: number, cv: number): Distribution {
  if (cv === 0) return { kind: "constant", value: mean };
  const squared = Math.log1p(cv * cv);
  return { kind: "lognormal", mu: Math.log(mean) - squared / 2, sigma: Math.sqrt(squared) };
}

function lognormalByQuantile(mapping: {
  readonly median: number;
  readonly p95?: number;
  readonly p99?: number;
}): Distribution {
  const { median, p95, p99 } = mapping;
  const sigma =
    p95 === undefined ? Math.log((p99 ?? median) / median) / NORMAL_P99 : Math.log(p95 / median) / NORMAL_P95;
  return sigma === 0 ? { kind: "constant", value: median } : { kind: "lognormal", mu: Math.log(median), sigma };
}

/** Quantiles of the standard normal. */
const NORMAL_P95 = 1.6448536269514722;
const NORMAL_P99 = 2.3263478740408408;

/** AsyncFlow 0.1.1 hands mean and variance to a sampler that takes mu and sigma. */
function resolveAsyncFlowLognormal(mean: number, variance: number, dialect: Dialect): Distribution {
  if (dialect === "loadstar") return lognormal(mean, Math.sqrt(variance) / mean);
  return variance === 0
    ? { kind: "constant", value: Math.exp(mean) }
    : { kind: "lognormal", mu: mean, sigma: variance };
}

function gamma(mean: number, cv: number): Distribution {
  const scv = cv * cv;
  return cv === 0 ? { kind: "constant", value: mean } : { kind: "gamma", shape: 1 / scv, scale: mean * scv };
}

/** The mean of a Weibull is scale x Gamma(1 + 1 / shape). */
function weibull(mean: number, shape: number): Distribution {
  return { kind: "weibull", shape, scale: mean * Math.exp(-logGamma(1 + 1 / shape)) };
}

/**
 * Two branches with p1 mean1 = p2 mean2: p1 = (1 + r) / 2 where r^2 = (cv^2 - 1) / (cv^2 + 1). Whitt (1982), section 3.
 * The other probability, (1 - r) / 2, is written without the difference, which would cancel for a large cv.
 */
function balancedHyperexponential(mean: number, cv: number): Distribution {
  const scv = cv * cv;
  const root = Math.sqrt((scv - 1) / (scv + 1));
  const first = (1 + root) / 2;
  const second = 1 / ((scv + 1) * (1 + root));
  return { kind: "hyperexponential", probabilities: [first, second], means: [mean / (2 * first), mean / (2 * second)] };
}

function resolveEmpirical(mapping: DistributionMapping & { distribution: "empirical" }): Distribution {
  if ("quantiles" in mapping) return resolveQuantiles(mapping.quantiles);
  if ("values" in mapping) {
    const { values } = mapping;
    return { kind: "empirical", values: values instanceof Float64Array ? values : [...values] };
  }
  const { file, column } = mapping;
  const unread = { kind: "empirical" as const, values: [], file, column };
  return unread;
}

function resolveQuantiles(quantiles: Readonly<Record<string, number>>): Distribution {
  const points = Object.entries(quantiles).map(([text, value]) => ({ probability: Number(text), value }));
  points.sort((a, b) => a.probability - b.probability);
  return {
    kind: "quantiles",
    probabilities: points.map(({ probability }) => probability),
    values: points.map(({ value }) => value),
  };
}
