import { describe, expect, it } from "vitest";
import { PATIENT, type ArrivalsPlan, type Plan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { constant, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";

/** A server with a slow and a quick endpoint, and requests at these times. */
function traced(arrivals: ArrivalsPlan): Plan {
  const mix = ["slow", "quick"].map((name) => ({ weight: 1, endpoint: name, class: "" }));
  const endpoints = [endpoint([io(1)], { name: "slow" }), endpoint([io(0.1)], { name: "quick" })];
  return planOf({
    horizon_s: 100,
    generators: [generatorOf(arrivals, { mix })],
    servers: [server("app", endpoints)],
    edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
  });
}

describe("TraceArrivals", () => {
  it("TraceArrivals come at their times, equal ones one after the other, until the end of the run", () => {
    const requests = Int32Array.of(1, 1, 1, 1, 1);
    const value = runMeasured(traced({ kind: "trace", times_s: Float64Array.of(0, 2.5, 2.5, 99.95, 100), requests }));
    expect(value("requests_generated")).toBe(4);
    expect(value("requests_completed")).toBe(3);
    expect(value("in_flight_max")).toBe(2);
    expect(value("in_flight_mean")).toBeCloseTo((0.3 + 0.05) / 100, 12);
  });

  it("TraceArrivals ask for what the trace says, or choose by weight where it says nothing", () => {
    const times_s = Float64Array.from({ length: 90 }, (_, k) => k);
    const thirds = Int32Array.from(times_s, (time_s) => (time_s % 3 === 0 ? 0 : 1));
    const value = runMeasured(traced({ kind: "trace", times_s, requests: thirds }));
    expect(value("latency_s_mean")).toBeCloseTo((30 * 1 + 60 * 0.1) / 90, 12);
    const chosen = runMeasured(traced({ kind: "trace", times_s, requests: new Int32Array(0) }))("latency_s_mean");
    // 90 fair choices: mean 0.55, standard error 0.9 sqrt(1/4/90) = 0.047.
    expect(Math.abs(chosen - 0.55)).toBeLessThan(4 * 0.047);
  });

  /** 8 Mbit/s: 1 kB takes 1 ms. The second request comes when the first is through. */
  const sized = (sizes: { readonly payload_kb?: Float64Array; readonly response_kb?: Float64Array }, more = {}): Plan =>
    planOf({
      horizon_s: 100,
      generators: [
        generatorOf(
          { kind: "trace", times_s: Float64Array.of(0, 10, 20), requests: new Int32Array(0), ...sizes },
          more,
        ),
      ],
      servers: [server("app", [endpoint([io(1)])])],
      edges: [
        edge("source", "client"),
        { ...edge("client", "app"), network: { bandwidth_mbps: 8 } },
        { ...edge("app", "client"), network: { bandwidth_mbps: 8 } },
      ],
    });

  it("TraceArrivals give each request its size, and that of its answer", () => {
    const payload_kb = Float64Array.of(10, 0, 500);
    const response_kb = Float64Array.of(0, 40, 100);
    const value = runMeasured(sized({ payload_kb, response_kb }));
    expect(value("latency_s_mean")).toBeCloseTo(1 + (0.01 + 0.04 + 0.6) / 3, 12);
    expect(value("latency_s_max")).toBeCloseTo(1.6, 12);
    expect(value("client-app.transferred_mb")).toBeCloseTo(0.51, 12);
    const alone = runMeasured(sized({ payload_kb }, { sizes: { response_kb: constant(20) } }));
    expect(alone("latency_s_mean")).toBeCloseTo(1.02 + 0.51 / 3, 12);
  });

  it("TraceArrivals give the sizes of rows beside a mix that is chosen by weight, and to every attempt the same", () => {
    const mix = ["a", "b"].map((name) => ({ weight: 1, endpoint: "", class: name }));
    const payload_kb = Float64Array.of(10, 30, 500);
    const weighted = runMeasured(sized({ payload_kb }, { mix }));
    expect(weighted("latency_s_mean")).toBeCloseTo(1 + 0.54 / 3, 12);
    // 1.2 s are too short for the third request, which is sent three times.
    const backoff = { kind: "fixed", base_s: 0, max_s: 0, jitter: "none" } as const;
    const retry = { attempts: 3, on: ["timed_out"], backoff, budget_ratio: 0, budget_burst: 0 } as const;
    const policy = { ...PATIENT, timeout_s: 1.2, retry };
    const tried = runMeasured(sized({ payload_kb }, { policy }));
    expect(tried("requests_timed_out")).toBe(1);
    expect(tried("client-app.transferred_mb")).toBeCloseTo(0.04 + 3 * 0.5, 12);
  });
});
