import { describe, expect, it } from "vitest";
import { run, type Plan } from "../../src/index.js";
import { measured, rowOf, runMeasured } from "../measured.js";
import { edge, endpoint, generatorOf, planOf, server, type Balancing } from "../plans.js";

/** Requests at these times to `a`, which is down from 0.5 to 30 s, and `b` in turns. */
function pair(times_s: readonly number[], balancing: Partial<Balancing>, more: Partial<Plan> = {}): Plan {
  return planOf({
    horizon_s: 7,
    series_cell_s: 2,
    generators: [generatorOf({ kind: "trace", times_s: Float64Array.from(times_s), requests: new Int32Array(0) })],
    clients: [],
    load_balancers: [{ id: "balancer", algorithm: "round_robin", ...balancing } as Plan["load_balancers"][number]],
    servers: ["a", "b"].map((id) => server(id, [endpoint([])])),
    edges: [edge("source", "balancer"), edge("balancer", "a"), edge("balancer", "b")],
    disruptions: [{ kind: "server_down", target: "a", start_s: 0.5, end_s: 30 }],
    ...more,
  });
}

const EJECTION = { outlier_ejection: { consecutive_errors: 2, base_ejection_s: 3, max_ejected_ratio: 0.5 } };

describe("run with outlier ejection", () => {
  it("run with outlier ejection counts an ejection from the error that was one too many for its whole length, though nobody looks when it ends", () => {
    // a fails at 1 and 3 s and is out until 6 s.
    const plan = pair([1, 2, 3, 4], EJECTION);
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    expect(value("requests_failed")).toBe(2);
    expect([value("balancer.ejections"), value("balancer-a.ejections"), value("balancer-b.ejections")]).toEqual([
      1, 1, 0,
    ]);
    expect(value("balancer-a.ejected_ratio")).toBeCloseTo(3 / 7, 12);
    expect(value("balancer.ejected_mean")).toBeCloseTo(3 / 7, 12);
    expect(value("balancer-b.ejected_ratio")).toBe(0);
    expect([...rowOf(plan, result.series, "balancer-a.ejected_ratio")]).toEqual([0, 0.5, 1, 0]);
    expect([...rowOf(plan, result.series, "balancer.ejected_mean")]).toEqual([0, 0.5, 1, 0]);
  });

  it("run with outlier ejection counts what lies after the warm-up, and up to the horizon", () => {
    const warm = runMeasured(pair([1, 2, 3, 4], EJECTION, { warm_up_s: 4 }));
    expect([warm("balancer.ejections"), warm("balancer-a.ejected_ratio")]).toEqual([0, 2 / 3]);
    const short = runMeasured(pair([1, 2, 3], EJECTION, { horizon_s: 5 }));
    expect([short("balancer.ejections"), short("balancer-a.ejected_ratio")]).toEqual([1, 2 / 5]);
    // An ejection that is over before the warm-up, and is seen to be so after it.
    const early = runMeasured(pair([1, 2, 3, 6.8], EJECTION, { warm_up_s: 6.5 }));
    expect([early("balancer.ejections"), early("balancer-a.ejected_ratio")]).toEqual([0, 0]);
  });

  it("run with a health check counts from the probe that was one too many to the one that finds it up again", () => {
    const check = { health_check: { interval_s: 1, eject_after: 2, return_after: 1 } };
    const down = [{ kind: "server_down" as const, target: "a", start_s: 0.5, end_s: 3.5 }];
    const plan = pair([0.1], check, { disruptions: down });
    const result = run(plan, 1, 0);
    const value = measured(plan, result);
    // Probes at 1 and 2 s fail, the one at 4 s does not.
    expect([value("balancer.ejections"), value("balancer-a.ejected_ratio")]).toEqual([1, 2 / 7]);
    expect([...rowOf(plan, result.series, "balancer-a.ejected_ratio")]).toEqual([0, 1, 0, 0]);
  });

  it("run has no such metrics where a load balancer knows what is down", () => {
    const plan = pair([1], {});
    expect(() => runMeasured(plan)("balancer.ejections")).toThrow("none of this name");
  });
});
