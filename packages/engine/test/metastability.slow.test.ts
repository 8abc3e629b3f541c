import { describe, expect, it } from "vitest";
import { goodRatio, recovery_s, type Overload } from "./overloaded.js";

/** As `metastability.theory.test.ts`, at a scale where chance is small. */
const mu_per_s = 100;

describe("run of a hundred requests a second under overload", () => {
  it("run recovers at a load of 25/s by 1,360 s, give or take 4 standard deviations of 25 s", () => {
    const times = [0, 1, 2].map((replication) => recovery_s({ rate_per_s: 25, mu_per_s }, replication));
    for (const time of times) expect(Math.abs(time - 1360)).toBeLessThanOrEqual(100);
  });

  it("run is still draining at 30/s after 1,500 s", () => {
    expect(goodRatio({ rate_per_s: 30, mu_per_s })).toBe(0);
  });

  it.each([35, 40, 50, 70])("run at %d/s never recovers, and is stable without the trigger", (rate_per_s) => {
    for (const replication of [0, 1, 2]) {
      expect(goodRatio({ rate_per_s, mu_per_s }, replication)).toBe(0);
      expect(goodRatio({ rate_per_s, mu_per_s, factor: 1 }, replication)).toBeGreaterThan(0.95);
    }
  });

  it("run at 70/s recovers with a retry budget of 10 %, after 31,000 / (100 - 77) s, and not with backoff", () => {
    const load: Overload = { rate_per_s: 70, mu_per_s, horizon_s: 2500 };
    const budget = { budget_ratio: 0.1, budget_burst: 10 };
    const backoff = { kind: "exponential", base_s: 0.1, max_s: 10, jitter: "full" } as const;
    // 4 standard deviations of 24 s.
    expect(Math.abs(recovery_s({ ...load, retry: budget }, 0) - 1506)).toBeLessThanOrEqual(100);
    expect(goodRatio({ ...load, retry: budget })).toBeGreaterThan(0.95);
    expect(goodRatio({ ...load, retry: { backoff } })).toBe(0);
  });
});
