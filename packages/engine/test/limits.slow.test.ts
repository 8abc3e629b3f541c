import { describe, expect, it } from "vitest";
import type { RateLimitPlan } from "../src/index.js";
import { calling, constant, exponential, io, poisson } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/*
 * Losses that are rare or that change slowly, as in `rate-limit.theory.test.ts` and `checkout.theory.test.ts`, whose runs would be too long there.
 */
describe("run of limits over millions of requests", () => {
  it.each<readonly [rate_per_s: number, burst: number, refill: "continuous" | "discrete", truth: number]>([
    [90, 10, "continuous", 0.016632],
    [90, 20, "continuous", 0.001853],
    [100, 5, "continuous", 0.1036],
    [100, 10, "continuous", 0.0511],
    [100, 20, "continuous", 0.0253],
    [90, 10, "discrete", 0.014808],
    [90, 20, "discrete", 0.001671],
  ])(
    "run of a token bucket at %d / s with a burst of %d, filled in a %s way, loses %d of all",
    (rate_per_s, burst, refill, truth) => {
      const limit: RateLimitPlan = { kind: "token_bucket", rate_per_s: 100, burst, refill };
      const plan = calling({ rate_per_s, steps: [io(0)], app: { rate_limits: [limit] } });
      const long = { ...plan, generators: [poisson(rate_per_s)], horizon_s: 6020, warm_up_s: 20 };
      const found = replicated(long, { loss: (value) => value("app.rate_limited") / value("requests_generated") });
      expectTruth(found.loss, truth, "loss", 0.02);
    },
  );

  it("run of a token bucket of half as much again as comes through loses a third, whatever it saves up", () => {
    for (const burst of [1, 5, 20]) {
      const limit: RateLimitPlan = { kind: "token_bucket", rate_per_s: 100, burst, refill: "continuous" };
      const plan = calling({ rate_per_s: 150, steps: [io(0)], app: { rate_limits: [limit] } });
      const long = { ...plan, generators: [poisson(150)], horizon_s: 620, warm_up_s: 20 };
      const { loss } = replicated(long, { loss: (value) => value("app.rate_limited") / value("requests_generated") });
      // A third at least, because no more tokens come than 100 / s; a bucket that holds more wastes less of them.
      if (burst === 20) expectTruth(loss, 1 / 3, "loss");
      else expect(loss.mean).toBeGreaterThan(1 / 3);
    }
  });

  it("run of M/M/1 at 95 % with a patience of 3 s loses what Barrer (1957) says", () => {
    const pool = { name: "db", size: 1, timeout_s: constant(3) };
    const hold = { kind: "hold" as const, pool: "db", steps: [io(exponential(0.1))] };
    const plan = calling({ rate_per_s: 9.5, steps: [hold], app: { pools: [pool] } });
    const long = { ...plan, generators: [poisson(9.5)], horizon_s: 60_100, warm_up_s: 100 };
    const found = replicated(long, { loss: (value) => value("requests_timed_out") / value("requests_generated") });
    expectTruth(found.loss, 0.013271, "loss", 0.02);
  });
});
