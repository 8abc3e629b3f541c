import { describe, it } from "vitest";
import type { Distribution } from "../src/index.js";
import { rowOf } from "./measured.js";
import { constant, endpoint, exponential, io, singleQueue } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

const WAIT_S = 0.012;

describe("run", () => {
  it.each<readonly [string, Distribution]>([
    ["constant", constant(WAIT_S)],
    ["exponential", exponential(WAIT_S)],
    ["lognormal of cv 1", { kind: "lognormal", mu: Math.log(WAIT_S) - Math.log(2) / 2, sigma: Math.sqrt(Math.log(2)) }],
  ])("run of I/O of 12 ms at 167 / s, %s: Poisson numbers, whatever the law (row 30)", (name, wait) => {
    // Looked at every 50 ms, by when nearly nobody is left.
    const plan = singleQueue({
      rate_per_s: 167,
      endpoints: [endpoint([io(wait)])],
      more: { horizon_s: 1050, warm_up_s: 0, series_cell_s: 0.05 },
    });
    const found = replicated(plan, {
      mean: (value) => value("app.io_queue_mean"),
      many: (_value, { samples }) => {
        const numbers = rowOf(plan, samples, "app.io_queue_mean");
        return numbers.reduce((count, number) => count + (number >= 6 ? 1 : 0), 0) / numbers.length;
      },
    });
    expectTruth(found.mean, 2.004, `row 30 mean, ${name}`);
    expectTruth(found.many, 0.016708, `row 30 P(N >= 6), ${name}`);
  });
});
