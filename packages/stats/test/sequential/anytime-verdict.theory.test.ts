import { describe, expect, it } from "vitest";
import { anytimeVerdict, nextLook, objectiveVerdict } from "../../src/index.js";
import type { ObjectiveOptions, Verdict } from "../../src/index.js";
import { coverageExperiment } from "../coverage-experiment.js";
import type { Coverage } from "../coverage-experiment.js";
import { exponential, happensWith, lognormal, normal } from "../laws-of-chance.js";
import type { Law } from "../laws-of-chance.js";
import { growingSample } from "./growing-sample.js";
import { fewestHits, MeasuredTable } from "./measured-table.js";

const confidence = 0.95;
const experiments = 1000;
const table = new MeasuredTable();

describe("anytimeVerdict false passes over 10 looks", () => {
  const looks: number[] = [];
  for (let n = 0; looks.length < 10; looks.push(n)) n = nextLook(n, { max: 2000 });

  type Rule = typeof objectiveVerdict;

  /** Truths on the limit that were not called pass at any look: every pass is an error. */
  function holding({ law, objective, rule }: { law: Law; objective: ObjectiveOptions; rule: Rule }): Coverage {
    return coverageExperiment({
      experiments,
      experiment: (random) => {
        const sample = growingSample({ law, random, max: looks.at(-1) ?? 0 });
        let verdict: Verdict = "inconclusive";
        for (let look = 0; look < looks.length && verdict === "inconclusive"; look++) {
          ({ verdict } = rule(sample(looks[look] ?? 0), objective));
        }
        return [{ truth: verdict === "pass" ? 1 : 0, low: 0, high: 0 }];
      },
    });
  }

  const common = { side: "below", confidence } as const;

  it.each([
    {
      name: "probability 0.95",
      law: happensWith(0.05),
      objective: { ...common, limit: 1, estimand: "probability", level: 0.95 },
      controlAbove: 0.1,
    },
    {
      name: "quantile 0.9, exponential",
      law: exponential,
      objective: { ...common, limit: Math.log(10), estimand: "quantile", level: 0.9 },
      controlAbove: 0.1,
    },
    {
      name: "mean, lognormal, sigma 1",
      law: lognormal(1),
      objective: { ...common, limit: Math.exp(0.5), estimand: "mean" },
      controlAbove: 0.2,
    },
    {
      name: "mean, normal",
      law: normal,
      objective: { ...common, limit: 0, estimand: "mean" },
      controlAbove: 0.1,
    },
  ] as const)("anytimeVerdict holds its level when it is asked again, objectiveVerdict does not: $name", (found) => {
    const { name, law, objective, controlAbove } = found;
    const anytime = table.record({
      truth: `${name} on the limit, 10 looks, no pass`,
      method: "`anytimeVerdict`",
      coverage: holding({ law, objective, rule: anytimeVerdict }),
    });
    const fixed = table.record({
      truth: "",
      method: "`objectiveVerdict` (control)",
      coverage: holding({ law, objective, rule: objectiveVerdict }),
    });
    expect(anytime.hits).toBeGreaterThanOrEqual(fewestHits(experiments));
    expect(fixed.covered).toBeLessThan(1 - controlAbove);
  });
});

it("SEQUENTIAL.md shows the coverage that was measured above", () => {
  expect(table.shownBelow("Verdicts that may be asked again")).toEqual(table.rows);
});
