import { describe, expect, it } from "vitest";
import { bucketHigh, bucketLow, type HistogramBuckets, type Plan } from "../src/index.js";
import { call, calling, cpu, edge, endpoint, exponential, generator, io, parallel, planOf, server } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

/** Standard error of quantiles from p99 on, relative. */
const TAIL = 0.02;
const metric =
  (name: string): Reading =>
  (value) =>
    value(name);
const sojourns = {
  sojourn: metric("latency_s_mean"),
  p50: metric("latency_s_p50"),
  p95: metric("latency_s_p95"),
  p99: metric("latency_s_p99"),
};

/** A request that asks so many others at once and waits for all of them. */
function forked(ways: number, rate_per_s: number, more: Partial<Plan>): Plan {
  const ids = Array.from({ length: ways }, (_, k) => `leaf-${k}`);
  return calling({
    rate_per_s,
    steps: [parallel(ids.map((id) => [call(`app-${id}`)]))],
    callees: ids.map((id) => server(id, [endpoint([cpu(exponential(0.01))])])),
    more,
  });
}

/** The sum 1 + 1/2 + ... + 1/n. */
function harmonic(n: number): number {
  return n === 0 ? 0 : 1 / n + harmonic(n - 1);
}

describe("run", () => {
  it("run of two queues in a row at 100 and 120 / s: the sum of two independent exponentials (row 24)", () => {
    // Burke 1956: what leaves the first one is Poisson. Sojourns of means 1 / 20 and 1 / 40 s.
    const plan = planOf({
      horizon_s: 1050,
      warm_up_s: 20,
      generators: [generator(80)],
      servers: [
        server("first", [endpoint([cpu(exponential(1 / 100))])]),
        server("second", [endpoint([cpu(exponential(1 / 120))])]),
      ],
      edges: [edge("source", "client"), edge("client", "first"), edge("first", "second"), edge("second", "client")],
    });
    const found = replicated(plan, sojourns);
    expectTruth(found.sojourn, 0.075, "row 24 sojourn");
    expectTruth(found.p50, 0.061397, "row 24 p50");
    expectTruth(found.p95, 0.183807, "row 24 p95");
    expectTruth(found.p99, 0.26479, "row 24 p99", TAIL);
  });

  it("run of a fork into two queues: (12 - rho) / 8 of one of them (row 26)", () => {
    // Flatto and Hahn 1984, exact.
    const found = replicated(forked(2, 80, { horizon_s: 900, warm_up_s: 20 }), { sojourn: sojourns.sojourn });
    expectTruth(found.sojourn, 0.07, "row 26 two");
  });

  it("run of a fork into ten queues: close to what Nelson and Tantawi's formula and others' simulations give (row 26)", () => {
    // 0.1173 by the formula (1988), which is an approximation; 0.1206 by a simulation of others.
    const found = replicated(forked(10, 80, { horizon_s: 220, warm_up_s: 20 }), { sojourn: sojourns.sojourn });
    const { mean, std_error } = found.sojourn;
    expect(std_error / mean).toBeLessThan(0.01);
    expect(Math.abs(mean / 0.1206 - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean / 0.1173 - 1)).toBeLessThan(0.05);
  });

  it.each([
    { ways: 1, p99: 0.046052, horizon_s: 60 },
    { ways: 10, p99: 0.069032, horizon_s: 60 },
    { ways: 100, p99: 0.092054, horizon_s: 8 },
  ])("run of $ways answers of 10 ms without queues: the largest of them (row 27)", ({ ways, p99, horizon_s }) => {
    const plan = calling({
      rate_per_s: 100,
      steps: [parallel(Array.from({ length: ways }, () => [call("app-leaf")]))],
      callees: [server("leaf", [endpoint([io(exponential(0.01))])])],
      more: { horizon_s },
    });
    const found = replicated(plan, {
      sojourn: sojourns.sojourn,
      p99: sojourns.p99,
      // A request has met the 99th percentile of one of its answers.
      late: (_value, { histograms }) => shareAbove(histograms[0]!, 0.046052),
    });
    expectTruth(found.sojourn, harmonic(ways) * 0.01, `row 27 mean of ${ways}`);
    expectTruth(found.p99, p99, `row 27 p99 of ${ways}`, TAIL);
    expectTruth(found.late, 1 - 0.99 ** ways, `row 27 any of ${ways} late`, ways === 1 ? TAIL : 0.01);
  });
});

/** Share of the values of a histogram above a value, linear within a bucket. */
function shareAbove({ indices, counts }: HistogramBuckets, limit: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const above = counts.reduce((sum, count, k) => {
    const [low, high] = [bucketLow(indices[k]!), bucketHigh(indices[k]!)];
    return sum + count * Math.min(1, Math.max(0, (high - limit) / (high - low)));
  }, 0);
  return above / all;
}
