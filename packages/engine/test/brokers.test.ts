import { describe, expect, it } from "vitest";
import type { AutoscalerPlan, ConsumerGroupPlan, GeneratorPlan, Plan, StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { groupOf, messaging, publish, topicOf } from "./messaging.js";
import { constant, cpu, edge, endpoint, generatorOf, io, server } from "./plans.js";

type Options = Omit<Parameters<typeof messaging>[0], "rate_per_s">;

/** Messages at known times. */
function messagesAt(times_s: readonly number[], options: Options, more: Partial<GeneratorPlan> = {}): Plan {
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  return { ...messaging({ rate_per_s: 1, ...options }), generators: [generatorOf(arrivals, more)] };
}

const fail: StepPlan = { kind: "fail" };

describe("run of brokers", () => {
  it("run hands messages over in turn, and their publishers do not wait for the work", () => {
    const value = runMeasured(messagesAt([0, 0.1, 0.2], { steps: [cpu(1)] }));
    expect(value("requests_completed")).toBe(3);
    expect(value("latency_s_max")).toBe(0);
    expect(value("events.orders_published")).toBe(3);
    expect(value("worker.orders_acknowledged")).toBe(3);
    expect(value("worker.orders_unsettled")).toBe(0);
    // Lags of 0, .9 and 1.8 s.
    expect(value("worker.orders_lag_s_mean")).toBeCloseTo(0.9, 9);
    expect(value("worker.orders_end_to_end_s_mean")).toBeCloseTo(1.9, 9);
    expect(value("worker.orders_backlog_mean") * 10).toBeCloseTo(2.7, 9);
    expect(value("worker.orders_backlog_max")).toBe(2);
    expect(value("worker.orders_in_process_mean") * 10).toBeCloseTo(3, 9);
    expect(value("worker.orders_in_process_max")).toBe(1);
    expect(value("worker-1.requests_completed")).toBe(3);
  });

  it("run gives a message to the free consumer with the fewest, ties in turn", () => {
    // At 0 to the first, at .1 to the second, at .2 to the third, at .3 to the first again.
    const plan = messagesAt([0, 0.1, 0.2, 0.3], { steps: [cpu(1)], workers: 3, group: { concurrency: 2 } });
    const value = runMeasured({ ...plan, horizon_s: 1.25 });
    expect([1, 2, 3].map((k) => value(`worker-${k}.requests_completed`))).toEqual([1, 1, 1]);
    expect(value("worker.orders_in_process_max")).toBe(4);
    expect(runMeasured(plan)("worker-1.requests_completed")).toBe(2);
    const idle = runMeasured(messagesAt([0, 2, 4], { steps: [cpu(1)], workers: 3 }));
    expect([1, 2, 3].map((k) => idle(`worker-${k}.requests_completed`))).toEqual([1, 1, 1]);
  });

  it("run gives every group each message", () => {
    const plan = messagesAt([0, 1], { steps: [cpu(0.5)] });
    const [broker] = plan.brokers!;
    const audit = groupOf("audit", ["events-audit"], { concurrency: 3 });
    const topics = broker!.topics.map((topic) => ({ ...topic, groups: [...topic.groups, audit] }));
    const value = runMeasured({
      ...plan,
      servers: [...plan.servers, server("audit", [endpoint([io(3)])])],
      edges: [...plan.edges, edge("events", "audit")],
      brokers: [{ ...broker!, topics }],
    });
    expect(value("events.orders_published")).toBe(2);
    expect(value("worker.orders_acknowledged")).toBe(2);
    expect(value("audit.orders_acknowledged")).toBe(2);
    expect(value("audit.orders_in_process_max")).toBe(2);
    expect(value("worker.orders_in_process_max")).toBe(1);
  });

  it("run delivers again what has failed, after a delay, and gives up in the end", () => {
    const group = { max_deliveries: 3, redelivery_delay_s: constant(0.5) };
    const value = runMeasured(messagesAt([0], { steps: [io(0.1), fail], group }));
    expect(value("worker.orders_delivered")).toBe(3);
    expect(value("worker.orders_redelivered")).toBe(2);
    expect(value("worker.orders_dead_lettered")).toBe(1);
    expect(value("worker.orders_acknowledged")).toBe(0);
    // It waits two times .5 s, which is backlog, and the lag is that of the first delivery.
    expect(value("worker.orders_backlog_mean") * 10).toBeCloseTo(1, 9);
    expect(value("worker.orders_in_process_mean") * 10).toBeCloseTo(0.3, 9);
    expect(value("worker.orders_lag_s_mean")).toBe(0);
    expect(value("requests_completed")).toBe(1);
  });

  it("run delivers again what takes too long, but not while the work that nobody waits for keeps the consumer", () => {
    const group = { timeout_s: 0.4, max_deliveries: 2, redelivery_delay_s: constant(0.2) };
    const value = runMeasured(messagesAt([0], { steps: [cpu(1)], group }));
    // Handed over at 0 and at 1, given up at .4 and at 1.4.
    expect(value("worker.orders_timeouts")).toBe(2);
    expect(value("worker.orders_dead_lettered")).toBe(1);
    expect(value("worker.orders_backlog_mean") * 10).toBeCloseTo(0.6, 9);
    expect(value("worker.orders_in_process_mean") * 10).toBeCloseTo(0.8, 9);
    expect(value("worker-1.requests_completed")).toBe(2);
    expect(value("worker-1.zombie_cpu_ratio")).toBe(1);
  });

  it.each([
    { count: 1, told: "keeps those behind it waiting in its partition", end_to_end_s: (1.3 + 1.4) / 2 },
    { count: 0, told: "lets others pass without partitions", end_to_end_s: (1.3 + 0.3) / 2 },
  ])("run of a message that waits to be delivered again $told", ({ count, end_to_end_s }) => {
    const plan = messagesAt([0, 0.1], {
      steps: [io(0.1)],
      group: { max_deliveries: 2, redelivery_delay_s: constant(1) },
      topic: { partitions: count === 0 ? null : { count, by: "round_robin" } },
    });
    // The first message meets a worker that is down, at .1 s; the second one goes when it is up again.
    const down = { kind: "server_down" as const, target: "worker-1", start_s: 0.05, end_s: 0.2 };
    const edges = plan.edges.map((it) => (it.id === "events-worker-1" ? { ...it, latency_s: constant(0.1) } : it));
    const value = runMeasured({ ...plan, edges, disruptions: [down] });
    expect(value("worker.orders_redelivered")).toBe(1);
    expect(value("worker.orders_acknowledged")).toBe(2);
    expect(value("worker.orders_end_to_end_s_mean")).toBeCloseTo(end_to_end_s, 9);
  });

  it("run loses the work on messages that were acknowledged before it failed", () => {
    const group: Partial<ConsumerGroupPlan> = { acknowledges: "before", max_deliveries: 5 };
    const value = runMeasured(messagesAt([0, 0.1], { steps: [io(1), fail], group }));
    expect(value("worker.orders_acknowledged")).toBe(2);
    expect(value("worker.orders_lost")).toBe(2);
    expect(value("worker.orders_delivered")).toBe(2);
    expect(value("worker.orders_in_process_mean")).toBe(0);
    // The second waits until the consumer is free.
    expect(value("worker.orders_end_to_end_s_mean")).toBeCloseTo(0.45, 9);
  });

  it("run publishes dead messages to the topic for them", () => {
    const plan = messagesAt([0, 0.1], { steps: [fail], group: { dead_letter_topic: "dead", max_deliveries: 2 } });
    const dead = topicOf("dead", { groups: [groupOf("undertaker", ["events-undertaker"])], capacity: 1 });
    const value = runMeasured({
      ...plan,
      servers: [...plan.servers, server("undertaker", [endpoint([io(1)])])],
      edges: [...plan.edges, edge("events", "undertaker")],
      brokers: [{ id: "events", topics: [...plan.brokers![0]!.topics, dead] }],
    });
    expect(value("worker.orders_dead_lettered")).toBe(2);
    // A broker takes its own dead messages whatever the capacity.
    expect(value("events.dead_published")).toBe(2);
    expect(value("undertaker.dead_acknowledged")).toBe(2);
    expect(value("undertaker.dead_lag_s_mean")).toBeCloseTo(0.45, 9);
  });

  it("run refuses messages while the topic is full", () => {
    const value = runMeasured(messagesAt([0, 0.1, 0.2, 1.5], { steps: [io(1)], topic: { capacity: 2 } }));
    expect(value("events.orders_rejected")).toBe(1);
    expect(value("requests_rejected")).toBe(1);
    expect(value("events.orders_published")).toBe(3);
    expect(value("worker.orders_acknowledged")).toBe(3);
  });

  it("run makes publishers wait while the topic is full", () => {
    const topic = { capacity: 1, on_full: "block" as const };
    const value = runMeasured(messagesAt([0, 0.1, 0.3], { steps: [io(1)], topic }));
    // Waits of 0, .9 and 1.7 s.
    expect(value("latency_s_mean")).toBeCloseTo(2.6 / 3, 9);
    expect(value("events.orders_blocked_s_mean")).toBeCloseTo(1.3, 9);
    expect(value("events.orders_blocked_max")).toBe(2);
    expect(value("events.orders_blocked_mean") * 10).toBeCloseTo(2.6, 9);
    expect(value("worker.orders_lag_s_mean")).toBe(0);
  });

  it.each(["reject", "block"] as const)(
    "run has room again when a message is dead, where publishers that find none %s",
    (on_full) => {
      const topic = { capacity: 1, on_full };
      const value = runMeasured(messagesAt([0, 0.1, 4], { steps: [io(1), fail], topic }));
      const published = on_full === "block" ? 3 : 2;
      expect(value("events.orders_published")).toBe(published);
      expect(value("worker.orders_dead_lettered")).toBe(published);
      expect(value("requests_completed")).toBe(published);
      expect(value("latency_s_max")).toBeCloseTo(on_full === "block" ? 0.9 : 0, 9);
    },
  );

  it.each([
    { cancels: true, propagates: false, published: 1, told: "not if it was cancelled" },
    { cancels: false, propagates: true, published: 1, told: "not after its deadline" },
    { cancels: false, propagates: false, published: 2, told: "for a caller who has given up" },
  ])("run publishes late $told", ({ published, told: _told, ...more }) => {
    const topic = { capacity: 1, on_full: "block" as const };
    const policy = { timeout_s: 0.5, retry: null, ...more };
    const value = runMeasured(messagesAt([0, 0.1], { steps: [io(1)], topic }, { policy }));
    expect(value("requests_completed")).toBe(1);
    expect(value("requests_timed_out")).toBe(1);
    expect(value("events.orders_published")).toBe(published);
    expect(value("worker.orders_acknowledged")).toBe(published);
    expect(value("events.orders_blocked_mean") * 10).toBeCloseTo(0.9, 9);
  });

  it("run keeps messages while their consumers are down, or the broker is", () => {
    const down = (target: string): Plan["disruptions"] => [{ kind: "server_down", target, start_s: 0.5, end_s: 2 }];
    const plan = messagesAt([0, 0.1], { steps: [io(1)] });
    for (const target of ["worker-1", "events"]) {
      const value = runMeasured({ ...plan, disruptions: down(target) });
      // The first is served, the second waits for the end of the outage.
      expect(value("worker.orders_acknowledged")).toBe(2);
      expect(value("worker.orders_redelivered")).toBe(0);
      expect(value("worker.orders_end_to_end_s_mean")).toBeCloseTo((1 + 2.9) / 2, 9);
    }
  });

  it("run gives the partitions of a server that is down to the next one", () => {
    const topic = { partitions: { count: 2, by: "round_robin" as const } };
    const plan = messagesAt([0, 1, 2, 3], { steps: [io(0.1)], workers: 2, topic });
    const counts = (p: Plan): readonly number[] => [1, 2].map((k) => runMeasured(p)(`worker-${k}.requests_completed`));
    expect(counts(plan)).toEqual([2, 2]);
    const down = { kind: "server_down" as const, target: "worker-1", start_s: 1.5, end_s: 9 };
    expect(counts({ ...plan, disruptions: [down] })).toEqual([1, 3]);
  });

  it("run gives messages to the replicas that an autoscaler has in service, and lets those finish that go", () => {
    const policy = { stabilization_s: 0, policies: [] };
    const autoscaler: AutoscalerPlan = {
      id: "worker",
      members: ["worker-1", "worker-2"],
      initial: 1,
      bounds: [
        { from_s: 0, min: 1, max: 1 },
        { from_s: 2, min: 2, max: 2 },
        { from_s: 5, min: 1, max: 1 },
      ],
      metric: "concurrency",
      target: 1,
      tolerance_ratio: 0.1,
      interval_s: 1,
      metric_lag_s: 0,
      startup_s: constant(0.5),
      up: policy,
      down: policy,
      usd_per_replica_hour: 3600,
    };
    const plan = messagesAt([0, 0.1, 4.9, 4.95], { steps: [io(4)], workers: 2 });
    const value = runMeasured({ ...plan, autoscalers: [autoscaler], horizon_s: 20 });
    // The second one begins at 2.5 s, when the other replica is ready, and ends at 6.5 s though that goes at 5 s; the others follow at 4.9 and 8.9 s.
    expect([1, 2].map((k) => value(`worker-${k}.requests_completed`))).toEqual([3, 1]);
    expect(value("worker.orders_lag_s_mean")).toBeCloseTo((0 + 2.4 + 0 + 3.95) / 4, 9);
    // The second replica runs from 2 s, when it starts, until the first decision after it has done its work, at 7 s.
    expect(value("worker.cost_usd")).toBeCloseTo(25, 9);
  });

  it("run keeps equal keys in order and in one place", () => {
    const keys = constant(7);
    const times_s = [0, 0.1, 0.2];
    const of = (count: number, by: "key" | "round_robin"): Plan =>
      messagesAt(times_s, { steps: [io(1)], topic: { partitions: { count, by, keys } }, group: { concurrency: 9 } });
    expect(runMeasured(of(5, "key"))("worker.orders_in_process_max")).toBe(1);
    expect(runMeasured(of(1, "round_robin"))("worker.orders_in_process_max")).toBe(1);
    expect(runMeasured(of(2, "round_robin"))("worker.orders_in_process_max")).toBe(2);
  });

  it("run refuses a plan that publishes to a topic that there is not", () => {
    const plan = messaging({ rate_per_s: 1, steps: [] });
    const servers = [server("events", [endpoint([publish("bills")])]), ...plan.servers.slice(1)];
    expect(() => runMeasured({ ...plan, servers })).toThrow(
      'Cannot resolve server "events": there is no topic "bills"',
    );
  });
});
