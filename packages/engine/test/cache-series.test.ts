import { describe, expect, it } from "vitest";
import { metricsOf, run, seriesOf, type CachePlan, type Plan } from "../src/index.js";
import { rowOf, runMeasured } from "./measured.js";
import { calling, constant, generatorOf } from "./plans.js";

/** Look-ups of one key at these times [s], which is forgotten 3 s after it was fetched. */
function lookingUp(times_s: readonly number[], more: Partial<Plan>): Plan {
  const cache: CachePlan = {
    id: "cache",
    keys: { count: 1, draws: constant(0) },
    capacity: 1,
    eviction: "lru",
    ttl_s: 3,
    renews: false,
    coalesces: false,
  };
  const steps = [{ kind: "look_up" as const, cache: "cache", on_miss: [] }];
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const plan = calling({ rate_per_s: 1, steps, more: { caches: [cache], horizon_s: 10, ...more } });
  return { ...plan, generators: [generatorOf(arrivals)] };
}

describe("series of a cache", () => {
  it("series of a cache has the share of hits in each cell, none where nobody asks, and goes on through the warm-up", () => {
    const plan = lookingUp([0.5, 1, 1.5, 4, 6.5, 9, 9.5], { series_cell_s: 2, warm_up_s: 1.2 });
    const { series } = run(plan, 1, 0);
    expect([...rowOf(plan, series, "cache.hit_ratio")]).toEqual([2 / 3, Number.NaN, 0, 1, 0.5]);
    expect(runMeasured(plan)("cache.hit_ratio")).toBe(3 / 5);
    const metric = metricsOf(plan).find(({ name }) => name === "cache.hit_ratio");
    expect(seriesOf(plan).find(({ name }) => name === "cache.hit_ratio")).toEqual(metric);
  });

  it("series of a cache begins anew with the next replication", () => {
    const plan = lookingUp([0.5, 1, 9.9], { series_cell_s: 2, horizon_s: 9 });
    const twice = [0, 1].map((replication) => [...rowOf(plan, run(plan, 1, replication).series, "cache.hit_ratio")]);
    expect(twice[0]).toEqual([0.5, ...Array.from({ length: 4 }, () => Number.NaN)]);
    expect(twice[1]).toEqual(twice[0]);
  });
});
