import { describe, expect, it } from "vitest";
import { PATIENT, run, type CrowdingPlan, type Distribution, type FactorPlan, type Plan } from "../src/index.js";
import { rowOf } from "./measured.js";
import { constant, cpu, edge, endpoint, exponential, generatorOf, io, planOf, poisson, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/** A server of any number of requests at once, each of which takes this long alone. */
function crowded(service_s: Distribution, crowding: CrowdingPlan, more: Partial<Plan>): Plan {
  return planOf({
    servers: [server("app", [endpoint([io(service_s)])], { crowding })],
    edges: [edge("source", "client"), edge("client", "app")],
    ...more,
  });
}

describe("run of a server whose requests get in each other's way", () => {
  it.each([1, 8, 64])(
    "run of %d users who do not think gives the throughput of the universal scalability law",
    (users) => {
      const crowding = { contention_ratio: 0.05, coherency_ratio: 0.001 };
      const session = { think_s: constant(0), requests: { kind: "endless" }, on_failure: "continue" } as const;
      const generators = [generatorOf({ kind: "closed", population: users }, { session })];
      const horizon_s = users === 1 ? 60 : 20;
      const plan = crowded(exponential(0.01), crowding, { generators, horizon_s, warm_up_s: 2 });
      const found = replicated(plan, { rate: (value) => value("throughput_per_s") });
      // Gunther (1993): C(n) = n / (1 + sigma (n - 1) + kappa n (n - 1)).
      const stretch = 1 + 0.05 * (users - 1) + 0.001 * users * (users - 1);
      expectTruth(found.rate, users / (0.01 * stretch), "throughput");
    },
  );

  it.each([
    ["constant", constant(1)],
    ["exponential", exponential(1)],
  ])(
    "run of Poisson arrivals and %s steps: l = lam (1 + .01 l), because who comes sees the mean of what is there",
    (_name, service_s) => {
      const rate_per_s = 40;
      const plan = crowded(
        service_s,
        { contention_ratio: 0.01, coherency_ratio: 0 },
        { generators: [poisson(rate_per_s)], horizon_s: 700, warm_up_s: 100 },
      );
      const found = replicated(plan, { there: (value) => value("app.io_queue_mean") });
      expectTruth(found.there, rate_per_s / (1 - 0.01 * rate_per_s), "requests there");
    },
  );

  it("run stretches CPU steps as well, whatever is between them, and zombies by as much", () => {
    const steps = [cpu(0.1), io(0.1), cpu(0.1)];
    const crowding = { contention_ratio: 1, coherency_ratio: 0.5 };
    const trace = { kind: "trace" as const, times_s: Float64Array.of(0, 0.05), requests: new Int32Array(0) };
    const plan = planOf({
      generators: [generatorOf(trace)],
      servers: [server("app", [endpoint(steps)], { crowding, cpu_cores: 2 })],
      edges: [edge("source", "app")],
    });
    const log = run(plan, 1, 0);
    // Alone until .05: a step of .1. The second finds two there: 1 + 1 + .5 x 2 = 3 times as long; so do all steps until one leaves.
    // First: .1, .3, .3: ends at .7. Second: .05 + .3 + .3 = .65, then .3 more, asked for while both are there: .95.
    expect(log.outcome).toBe("completed");
    const found = replicated(plan, { least: (v) => v("latency_s_min"), most: (v) => v("latency_s_max") }, 2);
    expect(found.least.mean).toBeCloseTo(0.7, 9);
    expect(found.most.mean).toBeCloseTo(0.9, 9);
  });
});

/*
 * Brooker's model of metastability: an answer takes 1 s and 10 ms more for each other request that is out, and a tenth of a second each way, which
 * counts as being out; callers wait for 3 s and try three times at once. Without the way the good state is the fixed point n = lam / (1 - .01 lam), in which
 * answers take less than 3 s for lam < 66.7; with every attempt in vain the server gets 3 lam. The way takes the margin of both.
 */
const CELL_S = 10;

function brooker(rate_per_s: number, { spikes }: { readonly spikes: boolean }): Plan {
  const factor = spikes ? 200 / rate_per_s : 1;
  const pieces = [
    { start_s: 0, from: 1, to: 1 },
    { start_s: 100, from: factor, to: factor },
    { start_s: 120, from: 1, to: 1 },
  ];
  const profile: readonly FactorPlan[] = [{ kind: "pieces", pieces, period_s: 0, phase_s: 0 }];
  const backoff = { kind: "fixed", base_s: 0, max_s: 0, jitter: "none" } as const;
  const retry = { attempts: 3, on: ["timed_out"], backoff, budget_ratio: 0, budget_burst: 0 } as const;
  const policy = { ...PATIENT, timeout_s: 3, retry };
  return planOf({
    horizon_s: 600,
    series_cell_s: CELL_S,
    generators: [poisson(rate_per_s, { arrivals: { kind: "poisson", rate_per_s, profile }, policy })],
    servers: [
      server("app", [endpoint([io(constant(1.2))])], {
        crowding: { contention_ratio: 0.01 / 1.2, coherency_ratio: 0 },
      }),
    ],
    edges: [edge("source", "client"), edge("client", "app")],
  });
}

/** Share of the load that was answered in time over the last 100 s. */
function goodRatio(rate_per_s: number, spikes: boolean, replication: number): number {
  const plan = brooker(rate_per_s, { spikes });
  const cells = rowOf(plan, run(plan, 20_261_121, replication).series, "throughput_per_s").slice(-10);
  return cells.reduce((sum, cell) => sum + cell, 0) / cells.length / rate_per_s;
}

describe("run of Brooker's model of metastability", () => {
  it.each([15, 18])("run at %d/s recovers from a spike of 200/s for 20 s", (rate_per_s) => {
    for (const replication of [0, 1]) expect(goodRatio(rate_per_s, true, replication)).toBeGreaterThan(0.85);
  });

  it.each([25, 40])("run at %d/s never recovers from it, and is stable without it", (rate_per_s) => {
    for (const replication of [0, 1]) expect(goodRatio(rate_per_s, true, replication)).toBeLessThan(0.05);
    expect(goodRatio(rate_per_s, false, 0)).toBeGreaterThan(0.85);
  });

  it("run at 22/s, next to the border, collapses four times out of five, and is stable without the spike", () => {
    const found = [0, 1, 2, 3, 4].map((replication) => goodRatio(22, true, replication));
    expect(found.filter((ratio) => ratio < 0.05).length).toBe(4);
    expect(goodRatio(22, false, 0)).toBeGreaterThan(0.85);
  });

  it("run at 50/s is stable for 600 s without a spike, and at 56/s collapses by chance", () => {
    for (const replication of [0, 1]) {
      expect(goodRatio(50, false, replication)).toBeGreaterThan(0.85);
      expect(goodRatio(56, false, replication)).toBeLessThan(0.05);
    }
  });
});
