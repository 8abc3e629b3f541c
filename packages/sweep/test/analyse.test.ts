import { describe, expect, test } from "vitest";
import { analyse } from "../src/sensitivity/analyse.js";
import type { Sensitivity } from "../src/index.js";

const metric = { name: "latency_s_mean", unit: "s", description: "" };

/** Two rows of A, B, A with the parameter of B, A with the luck of B, whose runs are numbered backwards. */
const study: Sensitivity = {
  name: "by hand",
  seed: 1,
  confidence: 0.95,
  metrics: [metric],
  factors: [{ name: "x", low: 0, high: 1 }],
  points: [],
  runs: Array.from({ length: 8 }, () => ({ point: 0, replication: 0 })),
  design: { method: "sobol", samples: 1, randomizations: 2, order: Int32Array.from([7, 6, 5, 4, 3, 2, 1, 0]) },
  notes: [],
};

describe("analyse", () => {
  test("analyse takes outcomes in the order of the design, and mean and deviation from A and B alone", () => {
    // Rows 1 3 9 1 and 5 7 9 5: A and B are 1, 3, 5 and 7, in means 2 and 6.
    const values = Float64Array.from([1, 3, 9, 1, 5, 7, 9, 5]).toReversed();
    const found = analyse(study, metric, values);
    expect(found).toMatchObject({ method: "sobol", n_missing: 0, mean: { estimate: 4, std_error: 2, n: 2 } });
    expect(found.method === "sobol" ? found.std : 0).toBeCloseTo(Math.sqrt(20 / 3), 12);
    expect(found.factors.map(({ factor }) => factor)).toEqual(["x", "seed"]);
    expect(found.factors[1]).toMatchObject({ is_seed: true, total: { estimate: 0 } });
  });

  test.each([NaN, Infinity])("analyse gives no factors where a run has %d, and counts it once", (hole) => {
    const values = Float64Array.from([1, 3, hole, 1, 5, 7, 9, 5]);
    expect(analyse(study, metric, values)).toMatchObject({ n_missing: 1, factors: [] });
  });
});
