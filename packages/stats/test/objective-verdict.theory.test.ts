import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binomialCdf, objectiveVerdict, sortedQuantile, sortedValues } from "../src/index.js";
import type { ObjectiveOptions } from "../src/index.js";
import { acceptance } from "./coverage-experiment.js";
import { exponential, lognormal, normal } from "./laws-of-chance.js";
import { plainOneSidedT } from "./naive-intervals.js";
import { seededRandom } from "./seeded-random.js";

const experiments = 2000;
const confidence = 0.95;

/** 5 % of the experiments and three standard errors. */
const mostPasses = Math.floor(experiments * 0.05 + 3 * Math.sqrt(experiments * 0.05 * 0.95));

/** Rows of the table of verdicts in README.md; the last test holds the two together. */
const rows: string[] = [];

/** How often a rule passes samples whose truth is on the limit: every time is an error. */
function falsePasses({
  truth,
  rule,
  draw,
  n,
  passes,
}: {
  truth: string;
  rule: string;
  draw: (random: () => number) => number;
  n: number;
  /** May draw more. */
  passes: (values: Float64Array, next: () => number) => boolean;
}): number {
  const random = seededRandom(20_261_121);
  let count = 0;
  for (let k = 0; k < experiments; k++) {
    const values = Float64Array.from({ length: n }, () => draw(random));
    if (passes(values, () => draw(random))) count++;
  }
  rows.push(`| ${truth} | ${rule} | ${count} in ${experiments} | ${((100 * count) / experiments).toFixed(1)} % |`);
  return count;
}

function passing(options: Omit<ObjectiveOptions, "confidence">): (values: Float64Array) => boolean {
  return (values) => objectiveVerdict(values, { ...options, confidence }).verdict === "pass";
}

/** 0 when good, 2 when not, against a limit of 1. */
const runsWith =
  (breach: number) =>
  (random: () => number): number =>
    random() < breach ? 2 : 0;

const level = 0.95;
const demand = { side: "below", limit: 1, estimand: "probability", level } as const;

describe("objectiveVerdict false passes", () => {
  it.each([100, 300])("objectiveVerdict holds its level on a probability, n = %d", (n) => {
    const draw = runsWith(1 - level);
    const truth = `probability 0.95, n = ${n}`;
    const found = falsePasses({ truth, rule: "`objectiveVerdict`", draw, n, passes: passing(demand) });
    const share = (values: Float64Array): number => values.filter((value) => value < 1).length / n;
    const rule = "share >= level (control)";
    const naive = falsePasses({ truth: "", rule, draw, n, passes: (values) => share(values) >= level });
    expect(found).toBeLessThanOrEqual(mostPasses);
    let most = 0;
    while (binomialCdf({ successes: most, trials: n, probability: 1 - level }) <= 1 - confidence) most++;
    const exact = binomialCdf({ successes: most - 1, trials: n, probability: 1 - level });
    const { low, high } = acceptance({ covered: exact, experiments });
    expect(found).toBeGreaterThanOrEqual(low);
    expect(found).toBeLessThanOrEqual(high);
    expect(naive).toBeGreaterThan(0.5 * experiments);
  });

  it("objectiveVerdict does not hold its level when it is asked again after every extension", () => {
    const looks = 10;
    const extended = (values: Float64Array, next: () => number): boolean => {
      const all = [...values];
      for (let look = 1; look <= looks; look++) {
        const { verdict, n_needed } = objectiveVerdict(all, { ...demand, confidence });
        if (verdict !== "inconclusive" || !(n_needed < 5000)) return verdict === "pass";
        for (let k = 0; k < n_needed; k++) all.push(next());
      }
      return false;
    };
    const truth = "probability 0.95, n = 100, then `n_needed` more";
    const rule = "asked up to 10 times (control)";
    const peeking = falsePasses({ truth, rule, draw: runsWith(1 - level), n: 100, passes: extended });
    expect(peeking).toBeGreaterThan(0.1 * experiments);
  });

  it("objectiveVerdict holds its level where half of the breaches are failures, dropping them does not", () => {
    const n = 300;
    const draw = (random: () => number): number => {
      const u = random();
      return u < 0.025 ? NaN : u < 0.05 ? 2 : 0;
    };
    const truth = "probability 0.95, half the breaches fail, n = 300";
    const found = falsePasses({ truth, rule: "`objectiveVerdict`", draw, n, passes: passing(demand) });
    const dropping = (values: Float64Array): boolean => passing(demand)(values.filter((value) => !Number.isNaN(value)));
    const naive = falsePasses({ truth: "", rule: "failures dropped (control)", draw, n, passes: dropping });
    expect(found).toBeLessThanOrEqual(mostPasses);
    expect(naive).toBeGreaterThan(0.3 * experiments);
  });

  it("objectiveVerdict holds its level on a quantile", () => {
    const n = 300;
    const limit = -Math.log(1 - level);
    const objective = { side: "below", limit, estimand: "quantile", level } as const;
    const truth = "quantile 0.95, exponential, n = 300";
    const common = { draw: exponential, n };
    const found = falsePasses({ ...common, truth, rule: "`objectiveVerdict`", passes: passing(objective) });
    const naive = falsePasses({
      ...common,
      truth: "",
      rule: "sample quantile < limit (control)",
      passes: (values) => sortedQuantile(sortedValues(values), level) < limit,
    });
    expect(found).toBeLessThanOrEqual(mostPasses);
    expect(naive).toBeGreaterThan(0.4 * experiments);
  });

  it("objectiveVerdict holds its level on the mean of a normal", () => {
    const common = { draw: normal, n: 20 };
    const objective = { side: "below", limit: 0, estimand: "mean" } as const;
    const truth = "mean, normal, n = 20";
    const found = falsePasses({ ...common, truth, rule: "`objectiveVerdict`", passes: passing(objective) });
    const naive = falsePasses({
      ...common,
      truth: "",
      rule: "sample mean < limit (control)",
      passes: (values) => values.reduce((sum, value) => sum + value, 0) < 0,
    });
    expect(found).toBeLessThanOrEqual(mostPasses);
    expect(naive).toBeGreaterThan(0.4 * experiments);
  });

  it("objectiveVerdict comes closer to its level than plain t on the mean of a lognormal, without reaching it", () => {
    const limit = Math.exp(0.5);
    const common = { draw: lognormal(1), n: 100 };
    const passesOf = (side: "below" | "above"): readonly [number, number] => {
      const truth = `mean ${side} its own value, lognormal, sigma 1, n = 100`;
      const passes = passing({ side, limit, estimand: "mean" });
      const chosen = falsePasses({ ...common, truth, rule: "`objectiveVerdict`", passes });
      const rule = side === "below" ? "t always (control)" : "t always";
      const t = (values: Float64Array): boolean => {
        const { low, high } = plainOneSidedT(values);
        return side === "below" ? high < limit : low > limit;
      };
      return [chosen, falsePasses({ ...common, truth: "", rule, passes: t })];
    };
    const [below, plainBelow] = passesOf("below");
    const [above] = passesOf("above");
    expect(below).toBeLessThan(0.09 * experiments);
    expect(plainBelow).toBeGreaterThan(below);
    expect(above).toBeLessThanOrEqual(mostPasses);
  });

  it("objectiveVerdict holds its level on a rare event, as mean and as probability, where equal values are no proof", () => {
    const draw = (random: () => number): number => (random() < 0.05 ? 1 : 0);
    const truth = "mean 0.05, rare event, n = 30";
    const objective = { side: "below", limit: 0.05, estimand: "mean" } as const;
    const common = { draw, n: 30 };
    const asMean = falsePasses({
      ...common,
      truth,
      rule: "`objectiveVerdict`, as mean",
      passes: passing(objective),
    });
    const asProbability = falsePasses({
      ...common,
      truth: "",
      rule: "`objectiveVerdict`, as probability",
      passes: passing({ ...demand, limit: 0.5 }),
    });
    const asEqual = falsePasses({
      ...common,
      truth: "",
      rule: "equal values taken at their word (control)",
      passes: (values) => passing(objective)(values) || values.every((value) => value === 0),
    });
    // All thirty are 0 with probability 0.95^30.
    const { low, high } = acceptance({ covered: Math.exp(30 * Math.log(0.95)), experiments });
    expect(asMean).toBeLessThanOrEqual(mostPasses);
    expect(asEqual).toBeGreaterThanOrEqual(low);
    expect(asEqual).toBeLessThanOrEqual(high);
    expect(asProbability).toBe(0);
  });
});

it("README.md shows the false passes that were measured above", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const shown = readme.split("\n").filter((line) => / in 2000 \| [\d.]+ % \|$/.test(line));
  expect(shown).toEqual(rows);
});
