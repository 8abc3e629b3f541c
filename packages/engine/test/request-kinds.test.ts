import { describe, expect, it } from "vitest";
import {
  metricsOf,
  run,
  seriesOf,
  type EndpointPlan,
  type GeneratorPlan,
  type Plan,
  type RequestPlan,
} from "../src/index.js";
import { measured, rowOf } from "./measured.js";
import { edge, endpoint, generator, io, planOf, server } from "./plans.js";

const ENDPOINTS: readonly EndpointPlan[] = [
  endpoint([io(0.1)], { name: "/browse" }),
  endpoint([io(0.2)], { name: "/buy" }),
  endpoint([io(0.4)], { name: "export" }),
];

function entry(name: string, className = "", weight = 1): RequestPlan {
  return { weight, endpoint: name, class: className };
}

/** Generators `source-0`, `source-1`, ... with these mixes, each at a client of its own, all to one server. */
function mixed(mixes: readonly (readonly RequestPlan[])[], more: Partial<Plan> = {}): Plan {
  const generators = mixes.map((mix, k): GeneratorPlan => generator(20, { id: `source-${k}`, mix }));
  return planOf({
    horizon_s: 100,
    generators,
    clients: [],
    servers: [server("app", ENDPOINTS)],
    edges: generators.map(({ id }) => edge(id, "app")),
    ...more,
  });
}

/** Components with a latency of their own. */
function kindsOf(plan: Plan): readonly string[] {
  return metricsOf(plan).flatMap(({ name, component }) => (name.endsWith(".latency_s_p95") ? [component!] : []));
}

describe("metricsOf", () => {
  it("metricsOf has each class and each endpoint of a generator where there are several", () => {
    expect(kindsOf(mixed([[entry("/browse", "free"), entry("/buy", "paid"), entry("export", "paid")]]))).toEqual([
      "free",
      "paid",
      "source-0/browse",
      "source-0/buy",
      "source-0/export",
    ]);
    expect(kindsOf(mixed([[entry("/browse", "free")], [entry("/browse", "paid")]]))).toEqual(["free", "paid"]);
    expect(kindsOf(mixed([[entry("/browse", "free")], []]))).toEqual(["free"]);
    expect(kindsOf(mixed([[entry("/browse"), entry("")]]))).toEqual(["source-0/browse"]);
  });

  it("metricsOf has no kinds where all requests are of one", () => {
    for (const mixes of [[[]], [[entry("/browse", "free")]], [[entry("/browse", "free"), entry("/browse", "free")]]]) {
      expect(kindsOf(mixed(mixes))).toEqual([]);
      expect(seriesOf(mixed(mixes)).filter(({ name }) => name.endsWith("throughput_per_s")).length).toBe(1);
    }
  });
});

describe("run of kinds of requests", () => {
  it("run gives each kind its own latency, counts and share", () => {
    const plan = mixed([
      [entry("/browse", "free", 3), entry("/buy", "paid"), entry("export", "paid", 0)],
      [entry("/buy", "free")],
    ]);
    const value = measured(plan, run(plan, 1, 0));
    expect(value("source-0/browse.latency_s_mean")).toBeCloseTo(0.1, 12);
    expect(value("source-0/buy.latency_s_p99")).toBeCloseTo(0.2, 12);
    expect(value("paid.latency_s_mean")).toBeCloseTo(0.2, 12);
    expect(value("source-0/export.requests_completed")).toBe(0);
    expect(value("source-0/export.latency_s_p50")).toBeNaN();
    expect(value("source-0/export.error_ratio")).toBeNaN();
    // 1500 of .1 s and 2000 of .2 s, each give or take 45.
    expect(Math.abs(value("free.latency_s_mean") - 0.1 - 0.2 / 3.5)).toBeLessThan(0.004);
    expect(value("free.latency_s_p50")).toBeCloseTo(0.2, 3);
    expect(value("source-0/browse.throughput_per_s")).toBeCloseTo(
      value("source-0/browse.requests_completed") / 100,
      12,
    );
  });

  it("run tells how the requests of each kind end", () => {
    const failing = [endpoint([{ kind: "fail" }], { name: "/fails" }), endpoint([io(0.1)], { name: "/works" })];
    const mix = [entry("/fails", "bad"), entry("/works", "good")];
    const plan = mixed([mix], { servers: [server("app", failing)], series_cell_s: 10 });
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    expect(value("bad.requests_failed")).toBe(value("requests_failed"));
    expect(value("bad.error_ratio")).toBe(1);
    expect(value("good.error_ratio")).toBe(0);
    expect(rowOf(plan, result.series, "good.throughput_per_s")).toEqual(rowOf(plan, result.series, "throughput_per_s"));
    expect(rowOf(plan, result.series, "bad.throughput_per_s")).toEqual(new Float64Array(10));
  });
});
