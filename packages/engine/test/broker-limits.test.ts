import { describe, expect, it } from "vitest";
import type { Plan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { messaging } from "./messaging.js";
import { constant, generatorOf, io } from "./plans.js";

type Options = Omit<Parameters<typeof messaging>[0], "rate_per_s" | "steps">;

/** Messages at these times [s] that take 2 s each; the way to a worker takes 0.5 s, and so does the way back. */
function messagesAt(times_s: readonly number[], options: Options): Plan {
  const plan = messaging({ rate_per_s: 1, steps: [io(2)], ...options });
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const edges = plan.edges.map((edge) =>
    edge.source === "events" ? { ...edge, latency_s: constant(0.5), response_latency_s: constant(0.5) } : edge,
  );
  return { ...plan, edges, generators: [generatorOf(arrivals)], horizon_s: 100 };
}

describe("run of consumers that prefetch", () => {
  it("run of a consumer that takes one message more does not wait for it between two", () => {
    const one = runMeasured(messagesAt([0, 0, 0], {}));
    // Each takes 3 s with its ways: 3, 6 and 9 s.
    expect(one("worker.orders_end_to_end_s_mean")).toBe(6);
    const two = runMeasured(messagesAt([0, 0, 0], { group: { prefetch: 2 } }));
    // Work begins at 0.5, 2.5 and, the third having been handed over at 3 s, at 4.5 s.
    expect(two("worker.orders_end_to_end_s_mean")).toBe((3 + 5 + 7) / 3);
    expect(two("worker.orders_prefetched_mean")).toBeCloseTo((2 + 1) / 100, 12);
    expect(two("worker.orders_prefetched_max")).toBe(1);
    expect(two("worker.orders_in_process_max")).toBe(2);
    expect(two("worker-1.io_queue_max")).toBe(1);
  });

  it("run of consumers begins with the next message also when one of them has failed on its way", () => {
    const plan = messagesAt([0, 0, 0], { group: { prefetch: 3 } });
    const edges = plan.edges.map((edge) => (edge.source === "events" ? { ...edge, dropout_ratio: 0.5 } : edge));
    const lossy = { ...plan, edges };
    for (let seed = 1; seed < 6; seed++) {
      const value = runMeasured(lossy, seed);
      expect(value("worker.orders_acknowledged") + value("worker.orders_dead_lettered")).toBe(3);
      expect(value("worker.orders_unsettled")).toBe(0);
    }
  });
});

describe("run of topics that do not keep everything", () => {
  it("run drops messages that are too old, but not one whose turn comes at that moment", () => {
    // One after the other takes 3 s: the second begins at 3 s, the third would at 6 s.
    const value = runMeasured(messagesAt([0, 0, 0], { topic: { retention_s: 3 } }));
    expect(value("worker.orders_acknowledged")).toBe(2);
    expect(value("worker.orders_dropped")).toBe(1);
    expect(value("worker.orders_backlog_mean")).toBeCloseTo((3 + 3) / 100, 12);
    expect(value("worker.orders_unsettled")).toBe(0);
  });

  it("run drops the oldest message of a full topic that no consumer has, or else the new one", () => {
    const value = runMeasured(messagesAt([0, 1, 2], { topic: { capacity: 2, on_full: "drop_oldest" } }));
    // The first is at work; the third takes the place of the second.
    expect(value("worker.orders_dropped")).toBe(1);
    expect(value("events.orders_published")).toBe(3);
    expect(value("worker.orders_end_to_end_s_mean")).toBe((3 + 4) / 2);
    const none = runMeasured(messagesAt([0, 1, 2], { topic: { capacity: 1, on_full: "drop_oldest" } }));
    expect(none("worker.orders_dropped")).toBe(2);
    expect(none("worker.orders_acknowledged")).toBe(1);
    expect(none("requests_completed")).toBe(3);
  });

  it("run drops what waits behind another message of its partition, and what is handed back too late", () => {
    const partitions = { count: 1, by: "round_robin" as const };
    const value = runMeasured(messagesAt([0, 0], { topic: { partitions, retention_s: 2 } }));
    expect(value("worker.orders_acknowledged")).toBe(1);
    expect(value("worker.orders_dropped")).toBe(1);
    const again = { timeout_s: 1, max_deliveries: 9, redelivery_delay_s: constant(0.5) };
    for (const topic of [{ retention_s: 2 }, { partitions, retention_s: 2 }]) {
      // It fails at 1 s, is handed over again at 3 s when its consumer is free, if that is soon enough.
      const late = runMeasured(messagesAt([0], { topic, group: again }));
      expect(late("worker.orders_dropped")).toBe(1);
      expect(late("worker.orders_unsettled")).toBe(0);
    }
    // After 2.5 s it is too old when it would stand in the queue again.
    const longer = { ...again, redelivery_delay_s: constant(1.5) };
    const stale = runMeasured(messagesAt([0, 0], { topic: { partitions, retention_s: 2 }, group: longer }));
    expect(stale("worker.orders_dropped")).toBe(2);
  });
});
