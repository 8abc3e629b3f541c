import { describe, expect, it } from "vitest";
import { run, type Plan } from "../src/index.js";
import { measured, rowOf } from "./measured.js";
import { edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";

/** Requests at known times, for an endpoint that works for 0.5 s or one that fails after as long, in cells of 1 s. */
function planAt(times_s: readonly number[], entries: readonly number[], more: Partial<Plan> = {}): Plan {
  const mix = [
    { weight: 1, endpoint: "/works", class: "good" },
    { weight: 1, endpoint: "/fails", class: "bad" },
  ];
  const arrivals = {
    kind: "trace",
    times_s: Float64Array.from(times_s),
    requests: Int32Array.from(entries),
  } as const;
  return planOf({
    horizon_s: 4,
    series_cell_s: 1,
    generators: [generatorOf(arrivals, { mix })],
    clients: [],
    servers: [
      server("app", [
        endpoint([io(0.5)], { name: "/works" }),
        endpoint([io(0.5), { kind: "fail" }], { name: "/fails" }),
      ]),
    ],
    edges: [edge("source", "app")],
    ...more,
  });
}

describe("run", () => {
  it("run counts errors when they happen: in the cell, per second, by kind", () => {
    // They fail at 0.6, 0.8, 2.1 s; 0.7, 1.6 and 1.7 s are answers.
    const plan = planAt([0.1, 0.2, 0.3, 1.1, 1.2, 1.6], [1, 0, 1, 0, 0, 1]);
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    expect([...rowOf(plan, result.series, "errors_per_s")]).toEqual([2, 0, 1, 0]);
    expect([...rowOf(plan, result.series, "bad.errors_per_s")]).toEqual([2, 0, 1, 0]);
    expect([...rowOf(plan, result.series, "source/fails.errors_per_s")]).toEqual([2, 0, 1, 0]);
    expect([...rowOf(plan, result.series, "good.errors_per_s")]).toEqual([0, 0, 0, 0]);
    expect([...rowOf(plan, result.series, "throughput_per_s")]).toEqual([1, 2, 0, 0]);
    expect([value("errors_per_s"), value("bad.errors_per_s"), value("good.errors_per_s")]).toEqual([3 / 4, 3 / 4, 0]);
    const latency_s = rowOf(plan, result.series, "good.latency_s_mean");
    expect([latency_s[0], latency_s[1]].map((cell) => cell!.toFixed(12))).toEqual(["0.500000000000", "0.500000000000"]);
    expect([latency_s[2], latency_s[3]]).toEqual([Number.NaN, Number.NaN]);
  });

  it("run counts errors after the warm-up in their rate, whenever they were generated, and in no other count", () => {
    const plan = planAt([0.7, 2.1], [1, 1], { warm_up_s: 1 });
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    expect([value("errors_per_s"), value("requests_failed")]).toEqual([2 / 3, 1]);
    expect([value("bad.errors_per_s"), value("bad.requests_failed")]).toEqual([2 / 3, 1]);
    expect([...rowOf(plan, result.series, "errors_per_s")]).toEqual([0, 1, 1, 0]);
  });
});
