import { describe, expect, it } from "vitest";
import { run, type Plan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";

/** A server that takes 1.5 s for each of the requests that come at these times. */
function arrivingAt(times_s: readonly number[], more: Partial<Plan> = {}): Plan {
  const requests = new Int32Array(times_s.length);
  return planOf({
    generators: [generatorOf({ kind: "trace", times_s: Float64Array.from(times_s), requests }, { mix: [] })],
    servers: [server("app", [endpoint([io(1.5)])])],
    edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
    ...more,
  });
}

describe("run", () => {
  it("run counts requests by when they were generated: who comes in the warm-up is not counted when it ends after it", () => {
    const value = runMeasured(arrivingAt([1, 1.75, 2, 3], { warm_up_s: 2 }));
    expect([value("requests_generated"), value("requests_completed")]).toEqual([2, 2]);
  });

  it("run counts lost requests by when they were generated, too", () => {
    const plan = arrivingAt([1, 1.75, 2, 3], { warm_up_s: 2 });
    const edges = plan.edges.map((it) => (it.source === "app" ? { ...it, dropout_ratio: 1 } : it));
    const value = runMeasured({ ...plan, edges });
    expect([value("requests_generated"), value("requests_dropped")]).toEqual([2, 2]);
  });

  it("run goes on with as many live requests as the budget allows, and ends with one more", () => {
    const plan = arrivingAt([1, 1.25, 1.5]);
    const limited = (live_requests: number): Plan => ({ ...plan, budget: { events: 1e9, live_requests } });
    expect(run(limited(3), 1, 0).outcome).toBe("completed");
    expect(run(limited(2), 1, 0)).toMatchObject({
      outcome: "truncated",
      reason: "live requests exceeded the budget of 2 at 1.50000 s of 10 s",
    });
  });
});
