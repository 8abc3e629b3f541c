import { describe, expect, it } from "vitest";
import type { ArrivalsPlan, Plan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";

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
});
