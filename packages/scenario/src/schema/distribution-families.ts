import type { DistributionMapping } from "../model/distribution-mapping.js";

/** Name of a distribution in a file. */
export type FamilyName = NonNullable<DistributionMapping["distribution"]>;

/**
 * The ways of giving each distribution: a mapping holds the keys of exactly one of them. One table for the checks,
 * the JSON Schema and the reference.
 */
export const DISTRIBUTION_FAMILIES: Readonly<Record<FamilyName, readonly (readonly string[])[]>> = {
  constant: [["value"]],
  uniform: [["min", "max"], ["mean"]],
  exponential: [["mean"]],
  normal: [["mean", "std"], ["mean", "variance"], ["mean", "cv"], ["mean"]],
  lognormal: [
    ["mean", "cv"],
    ["mean", "std"],
    ["mean", "variance"],
    ["median", "p95"],
    ["median", "p99"],
  ],
  log_normal: [["mean", "variance"], ["mean"]],
  gamma: [
    ["mean", "cv"],
    ["mean", "std"],
    ["mean", "variance"],
  ],
  erlang: [["mean", "shape"]],
  weibull: [["mean", "shape"]],
  pareto: [
    ["mean", "shape"],
    ["minimum", "shape"],
  ],
  poisson: [["mean"]],
  hyperexponential: [
    ["mean", "cv"],
    ["probabilities", "means"],
  ],
  empirical: [["values"], ["quantiles"], ["file", "column"]],
};

/** Every name, in the order of the table. */
export const FAMILY_NAMES: readonly FamilyName[] = Object.keys(DISTRIBUTION_FAMILIES) as FamilyName[];

/** What a mapping without `distribution` is: AsyncFlow's default. */
export const DEFAULT_FAMILY: FamilyName = "poisson";
