import { describe, expect, it } from "vitest";
import { run, type DisruptionPlan, type Plan } from "../../src/index.js";
import { arrivalTimes } from "../arrival-times.js";
import { rowOf, runMeasured } from "../measured.js";
import { balanced, constant, cpu, edge, endpoint, exponential, generator, io, planOf, server } from "../plans.js";
import type { Balancing, PlainAlgorithm } from "../plans.js";

const seed = 7;

function outage(target: string, start_s: number, end_s: number): DisruptionPlan {
  return { kind: "server_down", target, start_s, end_s };
}

/** Two servers without work; 40 requests/s for 10 s. */
function pair(algorithm: PlainAlgorithm | Balancing, disruptions: readonly DisruptionPlan[]): Plan {
  return balanced({
    rate_per_s: 40,
    algorithm,
    servers: ["a", "b"].map((id) => server(id, [endpoint([])])),
    more: { horizon_s: 10, disruptions },
  });
}

function timesOf(plan: Plan): readonly number[] {
  return arrivalTimes(plan.generators[0]!, plan.horizon_s, seed);
}

function countIn(times: readonly number[], from: number, to: number): number {
  return times.filter((time) => time >= from && time < to).length;
}

describe("run", () => {
  it("run with weights of 1 is round robin bit for bit", () => {
    const plan = (algorithm: PlainAlgorithm | Balancing): Plan =>
      balanced({
        rate_per_s: 200,
        algorithm,
        servers: ["a", "b", "c"].map((id) => server(id, [endpoint([cpu(exponential(0.01))])])),
        latency_s: exponential(0.002),
        more: { horizon_s: 50, series_cell_s: 1 },
      });
    expect(run(plan({ algorithm: "weighted", weights: [1, 1, 1] }), seed, 0)).toEqual(
      run(plan("round_robin"), seed, 0),
    );
  });

  it("run with options of 0 changes no bit", () => {
    const disruptions = [outage("a", 2, 4), outage("b", 5, 6)];
    for (const algorithm of ["round_robin", "least_outstanding", "random"] as const) {
      const plain = run(pair(algorithm, disruptions), seed, 0);
      expect(run(pair({ algorithm, slow_start_s: 0, signal_refresh_s: 0 }, disruptions), seed, 0)).toEqual(plain);
      const slow = run(pair({ algorithm, slow_start_s: 2 }, disruptions), seed, 0);
      expect(slow.metrics).not.toEqual(plain.metrics);
    }
  });

  it("run with a health check fails what goes to the dead server until it is noticed, and returns to it when that is noticed", () => {
    const check = { interval_s: 0.5, eject_after: 3, return_after: 2 };
    const plan = pair({ algorithm: "round_robin", health_check: check }, [outage("a", 2.1, 6.2)]);
    const times = timesOf(plan);
    // Probes fail at 2.5, 3 and 3.5 s, and succeed at 6.5 and 7 s.
    let turn = ["a", "b"];
    const found = { failed: 0, a: 0, b: 0 };
    for (const [k, time] of times.entries()) {
      const before = times[k - 1] ?? 0;
      if (before < 3.5 && time >= 3.5) turn = ["b"];
      if (before < 7 && time >= 7) turn = ["b", "a"];
      const [first] = turn;
      turn = [...turn.slice(1), first!];
      if (first === "a" && time >= 2.1 && time < 6.2) found.failed++;
      else if (first === "a") found.a++;
      else found.b++;
    }
    const value = runMeasured(plan, seed);
    expect(found.failed).toBeGreaterThan(20);
    expect(value("requests_failed")).toBe(found.failed);
    expect([value("a.requests_completed"), value("b.requests_completed")]).toEqual([found.a, found.b]);
  });

  it("run with a health check does not notice an outage between two probes, and fails what meets it", () => {
    const check = { interval_s: 1, eject_after: 1, return_after: 1 };
    const plan = pair({ algorithm: "round_robin", health_check: check }, [outage("a", 2.1, 2.9)]);
    const times = timesOf(plan);
    const value = runMeasured(plan, seed);
    expect(value("requests_failed")).toBe(times.filter((time, k) => k % 2 === 0 && time >= 2.1 && time < 2.9).length);
    expect(value("b.requests_completed")).toBe(Math.floor(times.length / 2));
  });

  it("run with outlier ejection loses as many requests as errors in a row eject, again after each ejection, which lasts longer", () => {
    const ejection = { consecutive_errors: 3, base_ejection_s: 1, max_ejected_ratio: 0.5 };
    const plan = pair({ algorithm: "round_robin", outlier_ejection: ejection }, [outage("a", 2, 9)]);
    // 3 are lost at 2 s, again 1 s later, 2 s later, 3 s later, ..., and in between there are some hundredths of seconds.
    const value = runMeasured(plan, seed);
    expect(value("requests_failed")).toBe(3 * 4);
    const blind = pair({ algorithm: "round_robin", outlier_ejection: { ...ejection, consecutive_errors: 1e6 } }, [
      outage("a", 2, 9),
    ]);
    expect(runMeasured(blind, seed)("requests_failed")).toBe(
      timesOf(blind).filter((time, k) => k % 2 === 0 && time >= 2 && time < 9).length,
    );
  });

  it("run with outlier ejection does not eject more than it may", () => {
    const ejection = { consecutive_errors: 1, base_ejection_s: 100, max_ejected_ratio: 0.5 };
    const down = [outage("a", 2, 10), outage("b", 3, 10)];
    const plan = pair({ algorithm: "round_robin", outlier_ejection: ejection }, down);
    const value = runMeasured(plan, seed);
    // a costs one request; b is the last, so it stays and costs all.
    expect(value("requests_failed")).toBe(1 + countIn(timesOf(plan), 3, 10));
  });

  it("run with locality spills over when the zone is down, and comes back", () => {
    const plan = pair({ algorithm: "locality", local: [true, false] }, [outage("a", 2, 5)]);
    const times = timesOf(plan);
    expect(runMeasured(plan, seed)("b.requests_completed")).toBe(countIn(times, 2, 5));
  });

  it("run with load balancers behind each other counts what is outstanding behind each", () => {
    const nodes = ["a", "b", "c"].map((id) => server(id, [endpoint([io(0.05)])]));
    const plan = planOf({
      horizon_s: 20,
      series_cell_s: 0.0173,
      generators: [generator(400)],
      load_balancers: [
        { id: "outer", algorithm: "least_outstanding" },
        { id: "inner", algorithm: "least_outstanding" },
      ],
      servers: nodes,
      edges: [
        edge("source", "client"),
        edge("client", "outer"),
        edge("outer", "inner", { latency_s: constant(0.01) }),
        edge("outer", "c", { latency_s: constant(0.01) }),
        edge("inner", "a"),
        edge("inner", "b"),
        ...nodes.map(({ id }) => edge(id, "client")),
      ],
    });
    const { samples } = run(plan, seed, 0);
    const row = (name: string): Float64Array => rowOf(plan, samples, name);
    const [a, b, c] = [row("a.io_queue_mean"), row("b.io_queue_mean"), row("c.io_queue_mean")];
    const [toInner, toC] = [row("outer-inner.connections_mean"), row("outer-c.connections_mean")];
    expect(Math.max(...c)).toBeGreaterThan(8);
    for (const [cell, atC] of c.entries()) {
      // All requests take 60 ms, so they end in the order in which they were sent and counts differ by one at most.
      expect(Math.abs(a[cell]! + b[cell]! + toInner[cell]! - (atC + toC[cell]!))).toBeLessThanOrEqual(1);
      expect(Math.abs(a[cell]! - b[cell]!)).toBeLessThanOrEqual(1);
    }
  });
});
