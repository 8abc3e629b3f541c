import { describe, expect, it } from "vitest";
import type { Distribution, StepPlan } from "../src/index.js";
import { call, calling, constant, endpoint, exponential, io, poisson, server } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/** Transactions that lock one of `rows` rows with a query of 4 ms, and are over after a time of their own. */
function transactions(rate_per_s: number, rows: number, rest_s: Distribution, timeout_s?: number) {
  const lock = {
    table: "stock",
    draws: { kind: "uniform" as const, min: 0, max: rows },
    ...(timeout_s === undefined ? {} : { timeout_s: constant(timeout_s) }),
  };
  const query = { ...call("app-db", "write"), lock } as StepPlan;
  const steps: readonly StepPlan[] = [{ kind: "transaction", servers: ["db"], steps: [query, io(rest_s)] }];
  const db = server("db", [endpoint([io(0.004)], { name: "write" })], { tables: [{ name: "stock", rows }] });
  const plan = calling({ rate_per_s, steps, callees: [db], more: { horizon_s: 3000, warm_up_s: 60 } });
  return { ...plan, generators: [poisson(rate_per_s)] };
}

const readings = {
  wait: (value: (name: string) => number) => value("db.row_wait_s_mean"),
  locked: (value: (name: string) => number) => value("db.rows_locked_mean"),
};

describe("run of row locks", () => {
  // Each row is M/G/1 with the time for which it is held: rate E[S^2] / (2 (1 - rate E[S])), Pollaczek and Khinchine.
  it.each([
    { rate_per_s: 70, rows: 1, rest: 0.006 },
    { rate_per_s: 280, rows: 4, rest: 0.006 },
  ])("run of transactions at $rate_per_s / s on $rows rows waits as M/G/1 does for its time of holding", (options) => {
    const { rate_per_s, rows, rest } = options;
    const plan = { ...transactions(rate_per_s, rows, exponential(rest)), horizon_s: rows === 1 ? 1500 : 400 };
    const mean_s = 0.004 + rest;
    const square = mean_s * mean_s + rest * rest;
    const rate = rate_per_s / rows;
    const truth = (rate * square) / (2 * (1 - rate * mean_s));
    const found = replicated(plan, readings, 12);
    expectTruth(found.wait, truth, "wait", 0.02);
    expectTruth(found.locked, rate_per_s * mean_s, "locked rows");
    // Negative control: without the query's own 4 ms, it would be shorter by far.
    expect(() => expectTruth(found.wait, truth * 0.9, "wait", 0.02)).toThrow();
  });

  // Barrer 1957: M/M/1 whose customers leave after waiting `tau`; see known answer 18. The query takes no time here.
  it("run of transactions that wait for a limited time gives up as M/M/1 with impatience does", () => {
    const [lambda, mu, tau_s] = [80, 100, 0.1];
    const plan = transactions(lambda, 1, exponential(1 / mu), tau_s);
    const instant = {
      ...plan,
      horizon_s: 1500,
      servers: plan.servers.map((place) =>
        place.id === "db" ? { ...place, endpoints: [endpoint([], { name: "write" })] } : place,
      ),
    };
    const rho = lambda / mu;
    const decay = Math.exp(-(mu - lambda) * tau_s);
    const truth = ((1 - rho) * rho * decay) / (1 - rho * rho * decay);
    const { loss } = replicated(
      instant,
      { loss: (value) => value("db.row_timeouts") / value("requests_generated") },
      12,
    );
    expect(truth).toBeCloseTo(0.023707, 6);
    expectTruth(loss, truth, "loss", 0.02);
  });
});
