import { describe, expect, it } from "vitest";
import { run, type ServerPlan } from "../../src/index.js";
import { rowOf, runMeasured } from "../measured.js";
import {
  balanced,
  constant,
  cpu,
  endpoint,
  exponential,
  io,
  server,
  type Balancing,
  type PlainAlgorithm,
} from "../plans.js";

/** Share of the visits that each server got. */
function sharesOf(
  algorithm: PlainAlgorithm | Balancing,
  rate_per_s: number,
  servers: readonly ServerPlan[],
  latency_s = 0,
): readonly number[] {
  const latency = latency_s === 0 ? {} : { latency_s: exponential(latency_s) };
  const plan = balanced({ algorithm, rate_per_s, servers, ...latency, more: { horizon_s: 400 } });
  const value = runMeasured(plan);
  const visits = servers.map(({ id }) => value(`${id}.requests_completed`));
  const total = visits.reduce((sum, count) => sum + count, 0);
  return visits.map((count) => count / total);
}

describe("round_robin", () => {
  it("round_robin takes one server after the other, in the order of the plan's edges", () => {
    const servers = ["a", "b", "c"].map((id) => server(id, [endpoint([])]));
    for (let tenths = 1; tenths <= 30; tenths++) {
      const plan = balanced({ algorithm: "round_robin", rate_per_s: 10, servers, more: { horizon_s: tenths / 10 } });
      const value = runMeasured(plan);
      const n = value("requests_generated");
      // Of n requests the first server got the 1st, 4th, ..., the second the 2nd, 5th, ...
      const expected = [0, 1, 2].map((position) => Math.ceil((n - position) / 3));
      expect(["a", "b", "c"].map((id) => value(`${id}.requests_completed`))).toEqual(expected);
    }
  });

  it("round_robin does not look at the load", () => {
    const servers = [server("fast", [endpoint([io(0.001)])]), server("slow", [endpoint([io(0.2)])])];
    expect(sharesOf("round_robin", 50, servers)[1]).toBeCloseTo(0.5, 2);
  });
});

describe("least_outstanding", () => {
  it("least_outstanding gives two equal servers half each", () => {
    const servers = ["a", "b"].map((id) => server(id, [endpoint([cpu(exponential(0.01))])]));
    for (const rate_per_s of [20, 100, 160]) {
      const [first] = sharesOf("least_outstanding", rate_per_s, servers);
      expect(first).toBeGreaterThan(0.49);
      expect(first).toBeLessThan(0.51);
    }
  });

  it("least_outstanding gives a server that is 15 times slower less than a tenth", () => {
    // It can finish 33 of 400 requests/s, the fast one 500.
    const servers = [server("slow", [endpoint([cpu(0.03)])]), server("fast", [endpoint([cpu(0.002)])])];
    const [slow] = sharesOf("least_outstanding", 400, servers);
    expect(slow).toBeLessThan(0.1);
    expect(slow).toBeGreaterThan(0.01);
  });

  it("least_outstanding counts a request from its dispatch to the end of its visit", () => {
    // 10 ms on the way and 10 ms of work, some 20 requests outstanding. Visits end in the order in which they began, so
    // the two servers differ by one at any moment; a count of the work alone would send many in a row to one of them.
    const plan = balanced({
      algorithm: "least_outstanding",
      rate_per_s: 1000,
      servers: ["a", "b"].map((id) => server(id, [endpoint([io(0.01)])])),
      latency_s: constant(0.01),
      more: { horizon_s: 20, series_cell_s: 0.0127 },
    });
    const { samples } = run(plan, 1, 0);
    const outstanding = ["a", "b"].map((id) => {
      const working = rowOf(plan, samples, `${id}.io_queue_mean`);
      return rowOf(plan, samples, `balancer-${id}.connections_mean`).map((sent, cell) => sent + working[cell]!);
    });
    expect(Math.max(...outstanding[0]!)).toBeGreaterThan(12);
    for (const [cell, count] of outstanding[0]!.entries())
      expect(Math.abs(count - outstanding[1]![cell]!)).toBeLessThanOrEqual(1);
  });
});

describe("least_in_transit", () => {
  it("least_in_transit gives ties to the first server, which then gets nearly all", () => {
    // AsyncFlow's example: 40 users, 20 requests a minute each, on edges of 2 ms. At 13.3/s a message finds another in
    // transit to the first server in 1 - e^-0.0267 = 2.6 % of cases.
    const servers = ["a", "b"].map((id) => server(id, [endpoint([cpu(0.002), io(0.012)])]));
    const [first] = sharesOf("least_in_transit", 40 / 3, servers, 0.002);
    expect(first).toBeGreaterThan(0.96);
    expect(first).toBeLessThan(1);
  });

  it("least_in_transit does not see what a server has not finished", () => {
    const servers = [server("slow", [endpoint([io(5)])]), server("fast", [endpoint([io(0.001)])])];
    expect(sharesOf("least_in_transit", 20, servers)[0]).toBe(1);
  });
});
