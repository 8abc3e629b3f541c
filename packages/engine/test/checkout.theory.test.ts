import { describe, expect, it } from "vitest";
import type { Distribution, Plan, PoolPlan, RunResult, StepPlan } from "../src/index.js";
import { rowOf } from "./measured.js";
import { calling, constant, exponential, io, poisson } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

/** Requests that hold one of `size` units for an exponential time, and wait for it no longer than `timeout_s`. */
function impatient(options: {
  readonly rate_per_s: number;
  readonly size: number;
  readonly service_s: number;
  readonly timeout_s: Distribution;
  readonly more: Partial<Plan>;
}): Plan {
  const { rate_per_s, size, service_s, timeout_s, more } = options;
  const steps = [hold(exponential(service_s))];
  const plan = calling({ rate_per_s, steps, app: { pools: [pool(size, timeout_s)] }, more });
  return { ...plan, generators: [poisson(rate_per_s)] };
}

function pool(size: number, timeout_s: Distribution): PoolPlan {
  return { name: "db", size, timeout_s };
}

function hold(service_s: Distribution): StepPlan {
  return { kind: "hold", pool: "db", steps: [io(service_s)] };
}

/** Share of the ends of cells after the warm-up at which all units are held, as Poisson arrivals see it too. */
function allHeld(plan: Plan, { samples }: RunResult): number {
  const held = rowOf(plan, samples, "app.db_utilization_ratio").slice(plan.warm_up_s / plan.series_cell_s);
  return held.filter((share) => share === 1).length / held.length;
}

describe("run of pools with a time limit", () => {
  it.each([
    // Barrer 1957, "Queuing with impatient customers and ordered service", M/M/1 with a limit on the wait.
    { rate_per_s: 80, loss: 0.023707 },
    { rate_per_s: 120, loss: 0.183955 },
  ])("run of M/M/1+D loses $loss of $rate_per_s per second", ({ rate_per_s, loss }) => {
    const more = { horizon_s: 1400, warm_up_s: 20 };
    const plan = impatient({ rate_per_s, size: 1, service_s: 0.01, timeout_s: constant(0.1), more });
    const found = replicated(plan, {
      loss: (value) => value("requests_timed_out") / value("requests_generated"),
      counted: (value) => value("app.db_timeouts") / value("requests_generated"),
    });
    expectTruth(found.loss, loss, "loss");
    expectTruth(found.counted, loss, "time limits");
    // Negative control: the loss of another limit is told from it.
    expect(() => expectTruth(found.loss, loss * 1.1, "loss")).toThrow();
  });

  it("run of M/M/1+D at 95 % loses 0.013271 of all", () => {
    const more = { horizon_s: 20_200, warm_up_s: 200 };
    const plan = impatient({ rate_per_s: 9.5, size: 1, service_s: 0.1, timeout_s: constant(3), more });
    const found = replicated(plan, { loss: (value) => value("app.db_timeouts") / value("requests_generated") });
    expectTruth(found.loss, 0.013271, "loss", 0.02);
  });

  it("run of M/D/1+D loses what the wait of M/D/1 says: (1 - rho) P(W > tau) / (1 - rho P(W > tau))", () => {
    // Of M/D/1 at 80 % with a service of 10 ms, 5 % wait longer than 66.203 ms.
    const plan = calling({
      rate_per_s: 80,
      steps: [hold(constant(0.01))],
      app: { pools: [pool(1, constant(0.066203))] },
    });
    const generators = [poisson(80)];
    const found = replicated(
      { ...plan, generators, horizon_s: 1500, warm_up_s: 20 },
      { loss: (value) => value("app.db_timeouts") / value("requests_generated") },
    );
    expectTruth(found.loss, (0.2 * 0.05) / (1 - 0.8 * 0.05), "loss", 0.02);
  });

  // Garnett, Mandelbaum and Reiman 2002.
  it.each([
    { rate_per_s: 9, loss: 0.067012, wait_s: 0.134023, waits: 0.468942 },
    { rate_per_s: 12, loss: 0.195656, wait_s: 0.391312, waits: 0.850385 },
  ])("run of M/M/10+M at $rate_per_s / s: the share that gives up, waits, and the wait of Erlang A", (truth) => {
    const { rate_per_s } = truth;
    const more = { horizon_s: 6100, warm_up_s: 100, series_cell_s: 1 };
    const plan = impatient({ rate_per_s, size: 10, service_s: 1, timeout_s: exponential(2), more });
    const found = replicated(plan, {
      loss: (value) => value("app.db_timeouts") / value("requests_generated"),
      wait: (value) => value("app.db_wait_s_mean"),
      waits: (_value, result) => allHeld(plan, result),
    });
    expectTruth(found.loss, truth.loss, "loss", 0.02);
    expectTruth(found.wait, truth.wait_s, "wait", 0.02);
    expectTruth(found.waits, truth.waits, "share that waits");
  });
});
