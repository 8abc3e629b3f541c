import { describe, expect, it } from "vitest";
import type { PartitionsPlan, StepPlan } from "../src/index.js";
import { erlangC } from "./erlang-c.js";
import { messaging } from "./messaging.js";
import { constant, cpu, exponential } from "./plans.js";
import { expectTruth, replicated } from "./replicated.js";

const work = [cpu(exponential(0.01))];

describe("run of brokers", () => {
  it("run of a topic with consumers that take one message at a time is M/M/c", () => {
    const plan = messaging({ rate_per_s: 210, steps: work, workers: 3, more: { horizon_s: 320, warm_up_s: 20 } });
    const found = replicated(plan, {
      lag: (value) => value("worker.orders_lag_s_mean"),
      endToEnd: (value) => value("worker.orders_end_to_end_s_mean"),
      backlog: (value) => value("worker.orders_backlog_mean"),
      inProcess: (value) => value("worker.orders_in_process_mean"),
    });
    const lag_s = erlangC(3, 2.1) / (300 - 210);
    expectTruth(found.lag, lag_s, "lag");
    expectTruth(found.endToEnd, lag_s + 0.01, "end to end");
    expectTruth(found.backlog, 210 * lag_s, "backlog");
    expectTruth(found.inProcess, 2.1, "in process");
    // Negative control: three queues of their own.
    expect(() => expectTruth(found.lag, 0.7 / 30, "lag")).toThrow();
  });

  it.each([
    { by: "random", end_to_end_s: 0.05, told: "two M/M/1" },
    { by: "round_robin", end_to_end_s: 0.03844, told: "two E2/M/1" },
  ] as const)("run of a topic with two partitions in order, $by, is $told", ({ by, end_to_end_s }) => {
    const partitions: PartitionsPlan = { count: 2, by };
    const more = { horizon_s: 520, warm_up_s: 20 };
    // More free consumers than partitions: only the order makes messages wait.
    const plan = messaging({ rate_per_s: 160, steps: work, topic: { partitions }, group: { concurrency: 5 }, more });
    const found = replicated(plan, { endToEnd: (value) => value("worker.orders_end_to_end_s_mean") });
    expectTruth(found.endToEnd, end_to_end_s, "end to end");
    // Negative control: the same two consumers without an order, M/M/2.
    expect(() => expectTruth(found.endToEnd, 0.027778, "end to end")).toThrow();
  });

  it("run of a topic whose messages fail tries each (1 - f^A) / (1 - f) times, and f^A of them are dead", () => {
    const failure: StepPlan = { kind: "branch", ways: [{ when: { probability: 0.3 }, steps: [{ kind: "fail" }] }] };
    const group = { max_deliveries: 3, redelivery_delay_s: exponential(0.1) };
    const plan = messaging({ rate_per_s: 500, steps: [cpu(0.001), failure], group, more: { horizon_s: 60 } });
    const found = replicated(plan, {
      attempts: (value) => value("worker.orders_delivered") / value("events.orders_published"),
      dead: (value) => value("worker.orders_dead_lettered") / value("events.orders_published"),
    });
    expectTruth(found.attempts, (1 - 0.3 ** 3) / (1 - 0.3), "deliveries of a message");
    expectTruth(found.dead, 0.3 ** 3, "dead share", 0.02);
    expect(() => expectTruth(found.dead, 0.3 ** 2, "dead share")).toThrow();
  });

  it("run of a topic that refuses when it is full is M/M/1/K", () => {
    const more = { horizon_s: 320, warm_up_s: 20 };
    const plan = messaging({ rate_per_s: 90, steps: work, topic: { capacity: 5 }, more });
    const found = replicated(plan, {
      refused: (value) =>
        value("events.orders_rejected") / (value("events.orders_rejected") + value("events.orders_published")),
      requests: (value) => value("requests_rejected") / value("requests_generated"),
      held: (value) => value("worker.orders_backlog_mean") + value("worker.orders_in_process_mean"),
    });
    const weights = [0, 1, 2, 3, 4, 5].map((n) => 0.9 ** n);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    expectTruth(found.refused, weights[5]! / total, "refused");
    expectTruth(found.requests, weights[5]! / total, "rejected requests");
    expectTruth(found.held, weights.reduce((sum, weight, n) => sum + n * weight, 0) / total, "messages");
    // Negative control: the next capacity.
    expect(() => expectTruth(found.refused, (weights[5]! * 0.9) / (total + 0.9 ** 6), "refused")).toThrow();
  });

  it("run of a topic that blocks when it is full is M/M/1, of which those beyond its capacity wait outside", () => {
    const more = { horizon_s: 420, warm_up_s: 20 };
    const plan = messaging({ rate_per_s: 70, steps: work, topic: { capacity: 2, on_full: "block" }, more });
    const found = replicated(plan, {
      blocked: (value) => value("events.orders_blocked_mean"),
      latency: (value) => value("latency_s_mean"),
    });
    expectTruth(found.blocked, 0.7 ** 3 / 0.3, "blocked", 0.02);
    // Little: whoever publishes has the wait of all, on average.
    expectTruth(found.latency, 0.7 ** 3 / 0.3 / 70, "latency", 0.02);
  });

  it("run of a consumer over a slow edge takes the way there and back for each message", () => {
    const latency_s = constant(0.005);
    const plan = messaging({ rate_per_s: 40, steps: work, more: { horizon_s: 1020, warm_up_s: 20 } });
    const edges = plan.edges.map((edge) =>
      edge.source === "events" ? { ...edge, latency_s, response_latency_s: latency_s } : edge,
    );
    const found = replicated({ ...plan, edges }, { lag: (value) => value("worker.orders_lag_s_mean") });
    // Pollaczek and Khinchine: service of .02 s on average, of which .01 s is exponential.
    expectTruth(found.lag, (40 * (0.02 ** 2 + 0.01 ** 2)) / (2 * (1 - 0.8)), "lag");
  });
});
