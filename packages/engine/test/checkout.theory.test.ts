import { describe, expect, it } from "vitest";
import type { Distribution, Plan } from "../src/index.js";
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
  const pool = { name: "db", size, timeout_s };
  const hold = { kind: "hold" as const, pool: "db", steps: [io(exponential(service_s))] };
  const plan = calling({ rate_per_s, steps: [hold], app: { pools: [pool] }, more });
  return { ...plan, generators: [poisson(rate_per_s)] };
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

  it.each([
    { rate_per_s: 9, loss: 0.067012, wait_s: 0.134023 },
    { rate_per_s: 12, loss: 0.195656, wait_s: 0.391312 },
  ])(
    "run of M/M/10+M at $rate_per_s per second: the share that gives up and the wait of Erlang A",
    ({ rate_per_s, loss, wait_s }) => {
      const more = { horizon_s: 4100, warm_up_s: 100 };
      const plan = impatient({ rate_per_s, size: 10, service_s: 1, timeout_s: exponential(2), more });
      const found = replicated(plan, {
        loss: (value) => value("app.db_timeouts") / value("requests_generated"),
        wait: (value) => value("app.db_wait_s_mean"),
      });
      // Garnett, Mandelbaum and Reiman 2002.
      expectTruth(found.loss, loss, "loss", 0.02);
      expectTruth(found.wait, wait_s, "wait", 0.02);
    },
  );
});
