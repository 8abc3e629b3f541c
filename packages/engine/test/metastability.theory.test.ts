import { describe, expect, it } from "vitest";
import { goodRatio, recovery_s, TRIGGER_END_S, type Overload } from "./overloaded.js";

/*
 * One FIFO queue, whose callers give up after 1 s and try three times at once. When every attempt times out, the server receives 3 lam,
 * so a backlog that a trigger has left drains iff 3 lam < mu, at the rate mu - 3 lam (Bronson, Aghayev, Charapko and Zhu 2021 for the
 * phenomenon, fluid limits for the numbers). Here mu = 20; `metastability.slow.test.ts` has mu = 100.
 */
const mu_per_s = 20;
const ATTEMPTS = 3;
const TRIGGER_S = 60;
const FACTOR = 8;

/** Mean and variance of the time from the end of the trigger to the end of the backlog [s], [s^2]. */
function draining({ rate_per_s }: Pick<Overload, "rate_per_s">): {
  readonly mean_s: number;
  readonly variance_s2: number;
} {
  const peak_per_s = FACTOR * rate_per_s;
  // The queue is one second long only after mu / (peak - mu) seconds; who came before that needs no retry.
  const backlog =
    (ATTEMPTS * peak_per_s - mu_per_s) * TRIGGER_S - (ATTEMPTS - 1) * peak_per_s * (mu_per_s / (peak_per_s - mu_per_s));
  const left_per_s = mu_per_s - ATTEMPTS * rate_per_s;
  const mean_s = backlog / left_per_s;
  const varies = (load_per_s: number): number => ATTEMPTS * ATTEMPTS * load_per_s + mu_per_s;
  return {
    mean_s,
    variance_s2: (varies(peak_per_s) * TRIGGER_S + varies(rate_per_s) * mean_s) / (left_per_s * left_per_s),
  };
}

describe("run of callers that try again under overload", () => {
  it("run recovers from a trigger where 3 lam < mu, after backlog / (mu - 3 lam)", () => {
    const load = { rate_per_s: 5, mu_per_s, horizon_s: 2000 };
    const times = Array.from({ length: 12 }, (_, replication) => recovery_s(load, replication));
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    const { mean_s, variance_s2 } = draining(load);
    // Half a cell: what is measured are ends of cells.
    expect(Math.abs(mean - 5 - TRIGGER_END_S - mean_s)).toBeLessThanOrEqual(4 * Math.sqrt(variance_s2 / times.length));
  });

  it.each([7, 8, 10])("run never recovers from it where 3 lam > mu: %d/s", (rate_per_s) => {
    for (const replication of [0, 1, 2]) expect(goodRatio({ rate_per_s, mu_per_s }, replication)).toBe(0);
  });

  it.each([5, 7, 8, 10])("run is stable without the trigger: %d/s", (rate_per_s) => {
    expect(goodRatio({ rate_per_s, mu_per_s, factor: 1 })).toBeGreaterThan(0.9);
  });

  it("run recovers with a retry budget of 10 %: 1.1 lam < mu", () => {
    const load = { rate_per_s: 10, mu_per_s, horizon_s: 2000 };
    expect(goodRatio(load)).toBe(0);
    expect(goodRatio({ ...load, retry: { budget_ratio: 0.1, budget_burst: 10 } })).toBeGreaterThan(0.9);
  });

  it("run is not cured by exponential backoff and jitter: the load is open, so retries come later and all the same", () => {
    const backoff = { kind: "exponential", base_s: 0.1, max_s: 10, jitter: "full" } as const;
    expect(goodRatio({ rate_per_s: 10, mu_per_s, horizon_s: 2000, retry: { backoff } })).toBe(0);
  });

  it("run recovers at once where callers who give up cancel, or tell their deadline", () => {
    for (const policy of [{ cancels: true }, { propagates: true }]) {
      expect(recovery_s({ rate_per_s: 10, mu_per_s, policy }, 0)).toBeLessThanOrEqual(TRIGGER_END_S + 20);
    }
  });
});
