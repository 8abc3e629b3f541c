import { describe, it } from "vitest";
import type { Distribution, StepPlan } from "../src/index.js";
import { erlangC } from "./erlang-c.js";
import { rowOf } from "./measured.js";
import { constant, cpu, endpoint, exponential, io, singleQueue } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

const BURST_S = 0.005;
const WAIT_S = 0.05;
const metric =
  (name: string): Reading =>
  (value) =>
    value(name);

/** An exponential CPU burst, an I/O wait of any distribution, and a CPU burst again. */
function loop(wait: Distribution): readonly StepPlan[] {
  return [cpu(exponential(BURST_S)), io(wait), cpu(exponential(BURST_S))];
}

const waits: readonly (readonly [string, Distribution])[] = [
  ["constant", constant(WAIT_S)],
  ["exponential", exponential(WAIT_S)],
  ["lognormal of cv 1", { kind: "lognormal", mu: Math.log(WAIT_S) - Math.log(2) / 2, sigma: Math.sqrt(Math.log(2)) }],
];

describe("run", () => {
  // A burst queue visited twice and an infinite-server station: product form (Baskett, Chandy, Muntz, Palacios 1975).
  it.each(waits)("run of an event loop with %s I/O at 30/s: R = 2 S / (1 - rho) + 50 ms", (_name, wait) => {
    const plan = singleQueue({
      rate_per_s: 30,
      endpoints: [endpoint(loop(wait))],
      more: { horizon_s: 300, warm_up_s: 5 },
    });
    const found = replicated(plan, {
      response: metric("latency_s_mean"),
      concurrency: metric("app.io_queue_mean"),
      burstWait: metric("app.cpu_wait_s_mean"),
      utilization: metric("app.cpu_utilization_ratio"),
    });
    expectTruth(found.response, 0.064286, "response");
    expectTruth(found.concurrency, 1.5, "concurrent I/O");
    expectTruth(found.burstWait, (BURST_S * 0.3) / 0.7, "wait of a burst");
    expectTruth(found.utilization, 0.3, "utilization");
  });

  // Without the CPU it is M/G/inf: a Poisson number for any law of the wait. It is looked at every 50 ms, more than four waits.
  it.each([
    ["constant", constant(0.012)],
    ["exponential", exponential(0.012)],
  ] as const)("run of %s I/O alone at 167/s: six or more at a time as often as Poisson(2.004) says", (_name, wait) => {
    const plan = singleQueue({
      rate_per_s: 167,
      endpoints: [endpoint([io(wait)])],
      more: { horizon_s: 1001, warm_up_s: 1, series_cell_s: 0.05 },
    });
    const found = replicated(plan, {
      mean: metric("app.io_queue_mean"),
      six: (_value, { samples }) => {
        const numbers = rowOf(plan, samples, "app.io_queue_mean").slice(20);
        return numbers.filter((number) => number >= 6).length / numbers.length;
      },
    });
    expectTruth(found.mean, 2.004, "concurrent I/O");
    expectTruth(found.six, 0.016708, "six or more", 0.02);
  });

  it("run of an event loop at 80/s: R = 100 ms", () => {
    const plan = singleQueue({
      rate_per_s: 80,
      endpoints: [endpoint(loop(exponential(WAIT_S)))],
      more: { horizon_s: 500, warm_up_s: 10 },
    });
    const found = replicated(plan, {
      response: metric("latency_s_mean"),
      concurrency: metric("app.io_queue_mean"),
      ready: metric("app.ready_queue_mean"),
      burstWait: metric("app.cpu_wait_s_mean"),
    });
    expectTruth(found.response, 0.1, "response");
    expectTruth(found.concurrency, 4, "concurrent I/O");
    expectTruth(found.ready, 3.2, "ready queue");
    expectTruth(found.burstWait, 0.02, "wait of a burst");
  });

  it("run of an event loop with four cores: the burst queue becomes M/M/4 with two visits", () => {
    // 200 requests/s make 400 bursts/s of 5 ms: load 2 of 4.
    const plan = singleQueue({
      rate_per_s: 200,
      endpoints: [endpoint(loop(exponential(WAIT_S)))],
      cpu_cores: 4,
      more: { horizon_s: 160, warm_up_s: 2 },
    });
    const found = replicated(plan, {
      response: metric("latency_s_mean"),
      concurrency: metric("app.io_queue_mean"),
      burstWait: metric("app.cpu_wait_s_mean"),
    });
    const wait_s = (erlangC(4, 2) * BURST_S) / (4 - 2);
    expectTruth(found.response, 2 * (BURST_S + wait_s) + WAIT_S, "response");
    expectTruth(found.concurrency, 10, "concurrent I/O");
    expectTruth(found.burstWait, wait_s, "wait of a burst");
  });

  it("run of an event loop with four cores at 80 %: M/M/4 with two visits (row 34)", () => {
    // 320 requests/s make 640 bursts/s of 5 ms: row 13, whose bursts of 40 ms take eight times as long.
    const plan = singleQueue({
      rate_per_s: 320,
      endpoints: [endpoint(loop(exponential(WAIT_S)))],
      cpu_cores: 4,
      more: { horizon_s: 330, warm_up_s: 5 },
    });
    const found = replicated(plan, {
      response: metric("latency_s_mean"),
      concurrency: metric("app.io_queue_mean"),
      burstWait: metric("app.cpu_wait_s_mean"),
    });
    expectTruth(found.response, 2 * (BURST_S + 0.029822 / 8) + WAIT_S, "row 34 response");
    expectTruth(found.concurrency, 16, "row 34 concurrent I/O");
    expectTruth(found.burstWait, 0.029822 / 8, "row 34 wait of a burst");
  });
});
