import { describe, expect, it } from "vitest";
import { metricsOf, run, seriesOf, type Plan } from "../src/index.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import { call, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";

const MIX = [
  { weight: 1, endpoint: "/read", class: "gold" },
  { weight: 1, endpoint: "/read", class: "silver" },
  { weight: 1, endpoint: "/write", class: "silver" },
];

/** Requests at these times, each of an entry of the mix, to a server that lets one in at a time and is down from 3 to 4 s. */
function planAt(requests: readonly (readonly [number, number])[], more: Partial<Plan> = {}): Plan {
  const times_s = Float64Array.from(requests, ([time_s]) => time_s);
  const arrivals = { kind: "trace", times_s, requests: Int32Array.from(requests, ([, entry]) => entry) } as const;
  return planOf({
    horizon_s: 4,
    series_cell_s: 1,
    endpoint_metrics: true,
    generators: [generatorOf(arrivals, { mix: MIX })],
    clients: [],
    servers: [
      server(
        "app",
        [
          endpoint([io(0.2)], { name: "/read" }),
          endpoint([io(0.1), { kind: "fail" }], { name: "/write" }),
          endpoint([], { name: "idle" }),
        ],
        { admission: { max_connections: 1, backlog: 0, ram_per_connection_mb: 0 } },
      ),
    ],
    edges: [edge("source", "app")],
    disruptions: [{ kind: "server_down", target: "app", start_s: 3, end_s: 4 }],
    ...more,
  });
}

const READ_GOLD = 0;
const READ_SILVER = 1;
const WRITE_SILVER = 2;

describe("run with endpoint metrics", () => {
  it("run with endpoint metrics tells how visits end, how long they take and when, by endpoint and class", () => {
    const plan = planAt([
      [0, READ_GOLD],
      [0.1, READ_GOLD], // finds the server full
      [1, WRITE_SILVER], // fails
      [2, READ_SILVER],
      [3.5, READ_GOLD], // finds it down
    ]);
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    const endsOf = (kind: string): readonly number[] =>
      ["completed", "failed", "dropped", "rejected", "timed_out"].map((end) => value(`${kind}.requests_${end}`));
    expect(endsOf("app/read")).toEqual([2, 1, 0, 1, 0]);
    expect(endsOf("app/write")).toEqual([0, 1, 0, 0, 0]);
    expect(endsOf("app/idle")).toEqual([0, 0, 0, 0, 0]);
    expect(endsOf("app.gold")).toEqual([1, 1, 0, 1, 0]);
    expect(endsOf("app.silver")).toEqual([1, 1, 0, 0, 0]);
    expect(value("app/read.error_ratio")).toBe(0.5);
    expect([value("app/read.throughput_per_s"), value("app/read.errors_per_s")]).toEqual([0.5, 0.5]);
    for (const name of ["mean", "p50", "p95", "p99"]) {
      expect(value(`app/read.latency_s_${name}`)).toBeCloseTo(0.2, 12);
      expect(value(`app.silver.latency_s_${name}`)).toBeCloseTo(0.2, 12);
      expect(value(`app/write.latency_s_${name}`)).toBeNaN();
    }
    expect([...rowOf(plan, result.series, "app/read.errors_per_s")]).toEqual([1, 0, 0, 1]);
    expect([...rowOf(plan, result.series, "app/read.throughput_per_s")]).toEqual([1, 0, 1, 0]);
    expect([...rowOf(plan, result.series, "app.silver.errors_per_s")]).toEqual([0, 1, 0, 0]);
  });

  it("run with endpoint metrics counts who is turned away before its endpoint is chosen for its class only", () => {
    const anywhere = { weight: 1, endpoint: "", class: "gold" };
    const plan = planAt([[3.5, 3]]);
    const [generator] = plan.generators;
    const value = runMeasured({ ...plan, generators: [{ ...generator!, mix: [...MIX, anywhere] }] });
    expect(value("app.gold.requests_failed")).toBe(1);
    for (const name of ["/read", "/write", "/idle"]) expect(value(`app${name}.requests_failed`)).toBe(0);
  });

  it("run with endpoint metrics counts who gives up where it is, and measures the whole time from its arrival", () => {
    // Each calls `back`, which is busy with one at a time: the second waits for 1 s and is given up after 0.5 s.
    const policy = { timeout_s: 0.5, cancels: true };
    const plan = planAt(
      [
        [0, READ_GOLD],
        [0, READ_GOLD],
      ],
      {
        disruptions: [],
        servers: [
          server("app", [endpoint([call("app-back", "/work", policy)], { name: "/read" })]),
          server("back", [
            endpoint([{ kind: "cpu", duration_s: { kind: "constant", value: 0.4 } }], { name: "/work" }),
          ]),
        ],
        edges: [edge("source", "app"), edge("app", "back")],
      },
    );
    const value = runMeasured(plan);
    expect([value("app/read.requests_completed"), value("app/read.requests_timed_out")]).toEqual([1, 1]);
    expect([value("back/work.requests_completed"), value("back/work.requests_timed_out")]).toEqual([1, 1]);
    expect(value("back/work.latency_s_mean")).toBeCloseTo(0.4, 12);
    expect(value("app/read.latency_s_mean")).toBeCloseTo(0.4, 12);
  });

  it("run with endpoint metrics takes the servers of a replica set together, too", () => {
    const plan = planAt(
      [
        [0, READ_GOLD],
        [0.5, READ_GOLD],
      ],
      {
        disruptions: [],
        load_balancers: [{ id: "balancer", algorithm: "round_robin" }],
        servers: [0.1, 0.3].map((time_s, k) =>
          server(`app-${k}`, [endpoint([io(time_s)], { name: "/read" })], { group: "app" }),
        ),
        edges: [edge("source", "balancer"), edge("balancer", "app-0"), edge("balancer", "app-1")],
      },
    );
    const value = runMeasured(plan);
    expect(value("app-0/read.latency_s_mean")).toBeCloseTo(0.1, 12);
    expect(value("app/read.latency_s_mean")).toBeCloseTo(0.2, 12);
    expect(value("app/read.requests_completed")).toBe(2);
    const components = new Set(metricsOf(plan).flatMap(({ component }) => component ?? []));
    expect([...components].filter((component) => component.includes("/"))).toEqual(["source/read", "source/write"]);
  });

  it("run has no such metrics unless the plan asks for them", () => {
    const plan = { ...planAt([[0, READ_GOLD]]), endpoint_metrics: false };
    const names = [...metricsOf(plan), ...seriesOf(plan)].map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("app/") || name.startsWith("app.gold"))).toEqual([]);
  });
});
