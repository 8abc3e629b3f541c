import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CachePlan, Plan } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { runMeasured, type Measured } from "./measured.js";
import { calling, poisson } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import { POOLS } from "./random-steps.js";

const seeds = fc.nat(1_000_000);

/** A plan whose pools have so many units each, and waits without limits. */
function withPools(plan: Plan, size: number): Plan {
  const servers = plan.servers.map((server) => ({
    ...server,
    pools: server.pools.map(({ name }) => ({ name, size })),
  }));
  return { ...plan, servers };
}

function queueMax(plan: Plan, value: Measured): number {
  const queues = plan.servers.flatMap(({ id, pools }) => pools.map(({ name }) => value(`${id}.${name}_queue_max`)));
  return Math.max(0, ...queues);
}

describe("run of what has no limits", () => {
  it("run of a pool that is larger than the load never lets anybody wait", () => {
    let waiting = 0;
    const law = fc.property(anyCalls(), seeds, (plan, seed) => {
      const large = withPools(plan, 1_000_000);
      const value = runMeasured(large, seed);
      expect(queueMax(large, value)).toBe(0);
      for (const { id } of plan.servers) {
        for (const name of POOLS) expect(value(`${id}.${name}_wait_s_mean`) > 0).toBe(false);
      }
      const small = withPools(plan, 1);
      if (queueMax(small, runMeasured(small, seed)) > 0) waiting++;
    });
    fc.assert(law, lawCases(25));
    // In some of these plans one unit is too few.
    expect(waiting).toBeGreaterThan(3);
  });

  it("run of a cache without limits misses each key once", () => {
    const eviction = fc.constantFrom(
      "lru" as const,
      "fifo" as const,
      "lfu" as const,
      "sieve" as const,
      "random" as const,
    );
    const law = fc.property(
      eviction,
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      seeds,
      (way, count, coalesces, seed) => {
        const misses = (capacity: number): readonly number[] => {
          const keys = { count, draws: { kind: "uniform" as const, min: 0, max: count } };
          const cache: CachePlan = {
            id: "cache",
            keys,
            capacity,
            eviction: way,
            ttl_s: Infinity,
            renews: false,
            coalesces,
          };
          const steps = [{ kind: "look_up" as const, cache: "cache", on_miss: [] }];
          const plan = calling({ rate_per_s: 1, steps, more: { caches: [cache], horizon_s: 60 } });
          // Some 60 look-ups of each key: none is left out.
          const value = runMeasured({ ...plan, generators: [poisson(count)] }, seed);
          return [value("cache.misses"), value("cache.evictions")];
        };
        expect(misses(Infinity)).toEqual([count, 0]);
        expect(misses(count)).toEqual([count, 0]);
        if (count > 1) expect(misses(count - 1)[0]).toBeGreaterThan(count);
      },
    );
    fc.assert(law, lawCases(40));
  });
});
