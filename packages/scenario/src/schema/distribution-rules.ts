import type { DistributionMapping } from "../model/distribution-mapping.js";
import { resolveDistribution } from "../resolve/resolve-distribution.js";
import { showNames, showValue } from "../wording/show-value.js";
import { DEFAULT_FAMILY, DISTRIBUTION_FAMILIES, type FamilyName } from "./distribution-families.js";

/** A rule that a mapping breaks, and the key it stands at; no key for the mapping as a whole. */
export interface BrokenRule {
  readonly key?: string;
  readonly message: string;
}

/** A mapping whose keys are known and whose values are right one by one. */
export type LooseMapping = Readonly<Record<string, unknown>> & { readonly distribution?: FamilyName };

/** Finds what is wrong with the keys of a mapping taken together. */
export function brokenRules(mapping: LooseMapping): readonly BrokenRule[] {
  const family = mapping.distribution ?? DEFAULT_FAMILY;
  const ways = DISTRIBUTION_FAMILIES[family];
  const keys = Object.keys(mapping).filter((key) => key !== "distribution" && mapping[key] !== null);
  const isWay = ways.some((way) => way.length === keys.length && way.every((key) => keys.includes(key)));
  if (!isWay) return [{ message: wayMessage(family, ways, keys) }];
  const relations = brokenRelations(family, mapping);
  return relations.length > 0 ? relations : degenerate(mapping);
}

function wayMessage(family: FamilyName, ways: readonly (readonly string[])[], keys: readonly string[]): string {
  const choices = ways.map((way) => way.join(" and "));
  const rule = choices.length === 1 ? choices[0] : `exactly one of (${choices.join("), (")})`;
  return `${family} must be given by ${rule}: current keys are ${showNames(keys)}`;
}

function brokenRelations(family: FamilyName, mapping: LooseMapping): readonly BrokenRule[] {
  const number = (key: string): number => mapping[key] as number;
  const has = (key: string): boolean => typeof mapping[key] === "number";
  const rules: (BrokenRule & { readonly holds: boolean })[] = [];
  const demand = (holds: boolean, key: string, rule: string): void => {
    rules.push({ holds, key, message: `${rule}: current value is ${showValue(mapping[key])}` });
  };
  if (family === "uniform" && has("max")) demand(number("max") > number("min"), "max", `must be > min`);
  if (family === "lognormal" && has("median")) {
    const quantile = has("p95") ? "p95" : "p99";
    demand(number(quantile) >= number("median"), quantile, `must be >= median`);
  }
  if (family === "erlang") demand(Number.isInteger(number("shape")), "shape", "must be an integer for erlang");
  if (family === "pareto" && has("mean")) {
    demand(number("shape") > 1, "shape", "must be > 1 for a pareto given by its mean");
  }
  if (family === "hyperexponential" && has("cv")) demand(number("cv") > 1, "cv", "must be > 1 for hyperexponential");
  const broken = rules.filter(({ holds }) => !holds).map(({ key, message }) => ({ key: key ?? "", message }));
  return [...broken, ...brokenLists(mapping)];
}

function brokenLists(mapping: LooseMapping): readonly BrokenRule[] {
  if (Array.isArray(mapping["probabilities"])) return brokenMixture(mapping);
  const quantiles = mapping["quantiles"];
  return typeof quantiles === "object" && quantiles !== null
    ? brokenQuantiles(quantiles as Record<string, number>)
    : [];
}

function brokenMixture(mapping: LooseMapping): readonly BrokenRule[] {
  const probabilities = mapping["probabilities"] as readonly number[];
  const means = mapping["means"] as readonly number[];
  if (means.length !== probabilities.length) {
    const lengths = `${means.length} to ${probabilities.length}`;
    const message = `must have one value for each of probabilities: current length is ${lengths}`;
    return [{ key: "means", message }];
  }
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  if (Math.abs(sum - 1) <= 1e-9) return [];
  return [{ key: "probabilities", message: `must add up to 1: current sum is ${sum}` }];
}

function brokenQuantiles(quantiles: Readonly<Record<string, number>>): readonly BrokenRule[] {
  const points = Object.entries(quantiles).map(([text, value]) => ({ probability: Number(text), value }));
  points.sort((a, b) => a.probability - b.probability);
  const inOrder = points.every(({ value }, index) => index === 0 || value >= (points[index - 1]?.value ?? 0));
  const distinct = points.every(({ probability }, index) => probability !== points[index - 1]?.probability);
  const rules = [
    { holds: distinct, message: "must give each probability once" },
    { holds: points[0]?.probability === 0, message: "must begin at probability 0" },
    { holds: points.at(-1)?.probability === 1, message: "must end at probability 1" },
    { holds: inOrder, message: "must ascend with the probability" },
  ];
  const shown = points.map(({ probability, value }) => `${probability}: ${value}`).slice(0, 10);
  return rules
    .filter(({ holds }) => !holds)
    .map(({ message }) => ({ key: "quantiles", message: `${message}: current value is {${shown.join(", ")}}` }));
}

/** Values that are right one by one can still be so extreme that a parameter of the sampler overflows. */
function degenerate(mapping: LooseMapping): readonly BrokenRule[] {
  const parameters = Object.entries(resolveDistribution(mapping as DistributionMapping, "loadstar"));
  const isSound = parameters.every(([name, value]) => {
    const numbers: readonly unknown[] = Array.isArray(value) ? value : [value];
    return numbers.every((number) => {
      if (typeof number !== "number") return true;
      return Number.isFinite(number) && (number > 0 || !POSITIVE_PARAMETERS.has(name));
    });
  });
  return isSound ? [] : [{ message: "must be within the range of numbers: current values are too extreme" }];
}

const POSITIVE_PARAMETERS: ReadonlySet<string> = new Set(["shape", "scale", "minimum", "mean", "means"]);
