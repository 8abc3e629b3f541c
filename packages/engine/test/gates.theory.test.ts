import { describe, expect, it } from "vitest";
import { run, type GatePlan, type Plan, type RequestPlan, type StepPlan } from "../src/index.js";
import { gateOf, oneAtATime } from "./gated.js";
import { rowOf, type Measured } from "./measured.js";
import { goodput, overloaded, recovery_s, TRIGGER_END_S, type Overload } from "./overloaded.js";
import { calling, cpu, exponential, io, poisson } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

const metric =
  (name: string): Reading =>
  (value) =>
    value(name);
const lossRatio = (value: Measured): number => value("requests_rejected") / value("requests_generated");

/** One server that answers, with a gate. */
function gated(
  gate: GatePlan,
  {
    rate_per_s,
    steps,
    horizon_s,
    mix = [],
  }: {
    readonly rate_per_s: number;
    readonly steps: readonly StepPlan[];
    readonly horizon_s: number;
    readonly mix?: readonly RequestPlan[];
  },
): Plan {
  const plan = calling({ rate_per_s, steps, app: { gate }, more: { horizon_s, warm_up_s: 2 } });
  return { ...plan, generators: [poisson(rate_per_s, { mix })] };
}

describe("run of a server with a concurrency limit", () => {
  it("run of M/M/4/10, four at work and six in the queue: loss, queue, wait, sojourn, those at work", () => {
    const gate = gateOf({ limit: { kind: "fixed", limit: 4 }, queue: { capacity: 6 } });
    const plan = gated(gate, { rate_per_s: 110, steps: [io(exponential(1 / 25))], horizon_s: 150 });
    const found = replicated(plan, {
      loss: lossRatio,
      queue: metric("app.request_queue_mean"),
      wait: metric("app.request_queue_wait_s_mean"),
      sojourn: metric("latency_s_mean"),
      work: metric("app.concurrency_mean"),
    });
    expectTruth(found.loss, 0.155922, "loss");
    expectTruth(found.queue, 2.820954, "queue");
    expectTruth(found.wait, 2.820954 / 92.848627, "wait");
    expectTruth(found.sojourn, 0.070382, "sojourn");
    expectTruth(found.work, 6.534899 - 2.820954, "work");
  });

  it("run of M/M/1/10: the loss does not depend on who waits longest, nor on who is dropped", () => {
    const kinds = [
      { discipline: { kind: "lifo" }, when_full: "reject_newest" },
      { discipline: { kind: "fifo" }, when_full: "drop_oldest" },
    ] as const;
    for (const queue of kinds) {
      const plan = gated(oneAtATime({ capacity: 9, ...queue }), {
        rate_per_s: 80,
        steps: [cpu(exponential(0.01))],
        horizon_s: 400,
      });
      const found = replicated(plan, { loss: lossRatio, sojourn: metric("latency_s_mean") });
      expectTruth(found.loss, 0.023493, "loss", 0.02);
      if (queue.when_full === "reject_newest") expectTruth(found.sojourn, 0.037971, "sojourn");
    }
  });

  it("run of M/M/1 by priority, not interrupted: Cobham's waits", () => {
    const mix = [3, 5].map((weight, priority) => ({ weight, endpoint: "", class: `c${priority}`, priority }));
    const gate = oneAtATime({ discipline: { kind: "priority" } });
    const plan = gated(gate, { rate_per_s: 80, steps: [cpu(exponential(0.01))], horizon_s: 900, mix });
    const found = replicated(plan, {
      urgent: (value) => value("c0.latency_s_mean") - 0.01,
      other: (value) => value("c1.latency_s_mean") - 0.01,
    });
    expectTruth(found.urgent, 0.011429, "urgent");
    expectTruth(found.other, 0.057143, "other", 0.02);
  });

  it("run of M/M/1 last in, first out: the mean of first in, first out, and a wait whose square is twice as large at 50 %", () => {
    const work = { rate_per_s: 50, steps: [cpu(exponential(0.01))], horizon_s: 300 };
    const std = (kind: "fifo" | "lifo"): ReturnType<typeof replicated<"mean" | "std">> =>
      replicated(gated(oneAtATime({ discipline: { kind } }), work), {
        mean: metric("app.request_queue_wait_s_mean"),
        std: metric("latency_s_std"),
      });
    const [fifo, lifo] = [std("fifo"), std("lifo")];
    expectTruth(fifo.mean, 0.01, "wait of fifo", 0.02);
    expectTruth(lifo.mean, 0.01, "wait of lifo", 0.02);
    // E W^2 = 2 rho / (mu (1 - rho))^2 = .0004, over 1 - rho in reverse order (Kingman 1962).
    expectTruth(fifo.std, 0.02, "deviation of fifo", 0.02);
    expectTruth(lifo.std, Math.sqrt(0.0012 - 0.0004), "deviation of lifo", 0.02);
  });

  it("run shares an overloaded server among classes by weight", () => {
    const mix = ["gold", "silver", "bronze"].map((name) => ({ weight: 1, endpoint: "", class: name }));
    const discipline = { kind: "weighted_fair", weights: { gold: 3, silver: 2 } } as const;
    const gate = gateOf({ limit: { kind: "fixed", limit: 4 }, queue: { discipline } });
    const plan = gated(gate, { rate_per_s: 600, steps: [cpu(exponential(0.04))], horizon_s: 60, mix });
    const found = replicated(
      { ...plan, servers: plan.servers.map((it) => ({ ...it, cpu_cores: 4 })) },
      {
        all: metric("throughput_per_s"),
        gold: (value) => value("gold.throughput_per_s") / value("throughput_per_s"),
        silver: (value) => value("silver.throughput_per_s") / value("throughput_per_s"),
      },
    );
    expectTruth(found.all, 100, "throughput");
    // They differ from the shares by the requests that are at work at the end.
    expect(Math.abs(found.gold.mean - 1 / 2)).toBeLessThan(0.001);
    expect(Math.abs(found.silver.mean - 1 / 3)).toBeLessThan(0.001);
  });
});

describe("run of a server in overload, after its cause is gone", () => {
  const overload: Overload = { rate_per_s: 70, mu_per_s: 100 };
  const last = (row: Float64Array): number => row.at(-1)!;

  it("run with the newest first answers in time at once, and keeps a backlog of what nobody wants", () => {
    const lifo = { ...overload, gate: oneAtATime({ discipline: { kind: "lifo" } }) };
    expect(recovery_s(lifo, 0)).toBeLessThanOrEqual(TRIGGER_END_S + 20);
    const plan = overloaded(lifo);
    const cells = goodput(plan, 0).slice(-100);
    const mean_per_s = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
    // A thousand seconds, so a standard deviation of .26; one request in some hundred is unlucky.
    expect(Math.abs(mean_per_s - 70)).toBeLessThan(1.5);
    const backlog = last(rowOf(plan, run(plan, 20_261_121, 0).samples, "app.request_queue_mean"));
    expect(Math.abs(backlog - 47_876)).toBeLessThan(2500);
  });

  it("run first in, first out is lost; a limit of the wait saves it, and leaves no backlog, in any order", () => {
    expect(recovery_s({ ...overload, horizon_s: 800, gate: oneAtATime() }, 0)).toBe(Infinity);
    const codel = { target_s: 0.1, interval_s: 0.5 };
    for (const discipline of [{ kind: "fifo" }, { kind: "adaptive_lifo", lifo_above: 10 }] as const) {
      const saved = { ...overload, horizon_s: 400, gate: oneAtATime({ discipline, codel }) };
      expect(recovery_s(saved, 0)).toBeLessThanOrEqual(TRIGGER_END_S + 20);
      const plan = overloaded(saved);
      expect(last(rowOf(plan, run(plan, 20_261_121, 0).samples, "app.request_queue_mean"))).toBeLessThan(60);
    }
  });
});
