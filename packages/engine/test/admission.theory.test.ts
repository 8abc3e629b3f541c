import { describe, expect, it } from "vitest";
import type { AdmissionPlan, Plan, StepPlan } from "../src/index.js";
import type { Measured } from "./measured.js";
import { cpu, calling, exponential, io } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

const metric =
  (name: string): Reading =>
  (value) =>
    value(name);
const lossRatio = (value: Measured): number => value("requests_rejected") / value("requests_generated");

/** One server that answers and lets `max_connections` in, `backlog` wait before them. */
function limited({
  rate_per_s,
  steps,
  cpu_cores,
  horizon_s,
  ...admission
}: {
  readonly rate_per_s: number;
  readonly steps: readonly StepPlan[];
  readonly cpu_cores: number;
  readonly horizon_s: number;
} & Pick<AdmissionPlan, "max_connections" | "backlog">): Plan {
  return calling({
    rate_per_s,
    steps,
    app: { cpu_cores, admission: { ...admission, ram_per_connection_mb: 0 } },
    more: { horizon_s, warm_up_s: 2 },
  });
}

describe("run of a server that does not let everybody in", () => {
  it("run of M/M/4/10, ten inside: loss, number, queue, sojourn and throughput", () => {
    const plan = limited({
      rate_per_s: 110,
      steps: [cpu(exponential(1 / 25))],
      cpu_cores: 4,
      max_connections: 10,
      backlog: 0,
      horizon_s: 150,
    });
    const found = replicated(plan, {
      loss: lossRatio,
      number: metric("app.connections_mean"),
      queue: metric("app.ready_queue_mean"),
      sojourn: metric("latency_s_mean"),
      throughput: metric("throughput_per_s"),
    });
    expectTruth(found.loss, 0.155922, "loss");
    expectTruth(found.number, 6.534899, "number");
    expectTruth(found.queue, 2.820954, "queue");
    expectTruth(found.sojourn, 0.070382, "sojourn");
    expectTruth(found.throughput, 92.848627, "throughput");
    // One place more is told from it.
    const larger = { max_connections: 11, backlog: 0, horizon_s: 150 };
    const other = limited({ rate_per_s: 110, steps: [cpu(exponential(1 / 25))], cpu_cores: 4, ...larger });
    const { loss } = replicated(other, { loss: lossRatio });
    expect(() => expectTruth(loss, 0.155922, "loss")).toThrow(/loss: 0\.14/);
  });

  it("run of M/M/4/10, four inside and six in the backlog: its length and its wait are those of the queue", () => {
    const plan = limited({
      rate_per_s: 110,
      steps: [io(exponential(1 / 25))],
      cpu_cores: 1,
      max_connections: 4,
      backlog: 6,
      horizon_s: 150,
    });
    const found = replicated(plan, {
      loss: lossRatio,
      queue: metric("app.backlog_mean"),
      wait: metric("app.backlog_wait_s_mean"),
      sojourn: metric("latency_s_mean"),
    });
    expectTruth(found.loss, 0.155922, "loss");
    expectTruth(found.queue, 2.820954, "queue");
    expectTruth(found.wait, 2.820954 / 92.848627, "wait");
    expectTruth(found.sojourn, 0.070382, "sojourn");
  });

  it("run of M/M/1/10 at 80 %", () => {
    const plan = limited({
      rate_per_s: 80,
      steps: [cpu(exponential(0.01))],
      cpu_cores: 1,
      max_connections: 10,
      backlog: 0,
      horizon_s: 1300,
    });
    const found = replicated(plan, { loss: lossRatio, sojourn: metric("latency_s_mean") });
    expectTruth(found.loss, 0.023493, "row 15 loss");
    expectTruth(found.sojourn, 0.037971, "row 15 sojourn");
  });

  it("run of a loss system: Erlang's B, whatever the law of the service", () => {
    // Coefficient of variation 1: sigma^2 = ln 2.
    const lognormal = {
      kind: "lognormal",
      mu: Math.log(0.1) - Math.log(2) / 2,
      sigma: Math.sqrt(Math.log(2)),
    } as const;
    for (const { servers, load, loss } of [
      { servers: 25, load: 20, loss: 0.050222 },
      { servers: 10, load: 8, loss: 0.121661 },
    ]) {
      const plan = limited({
        rate_per_s: load * 10,
        steps: [io(lognormal)],
        cpu_cores: 1,
        max_connections: servers,
        backlog: 0,
        horizon_s: 300,
      });
      expectTruth(replicated(plan, { loss: lossRatio }).loss, loss, `row 16 loss of ${servers} servers`);
    }
  });
});
