import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, metricsOf, run, runPrepared, type ConsumerGroupPlan, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { arrivalTimes } from "./arrival-times.js";
import { expectDrained } from "./expect-drained.js";
import { lawCases } from "./law-cases.js";
import { differing, measured, rowOf, runMeasured, type Measured } from "./measured.js";
import { groupOf, publish, topicOf } from "./messaging.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { cpu, edge, endpoint, exponential, planOf, poisson, server } from "./plans.js";
import { anyMessaging } from "./random-brokers.js";

const runs = lawCases(25);
const seeds = fc.nat(1_000_000);

/** The topics of a plan with the groups of each. */
function groupsOf({ brokers = [] }: Plan): readonly { readonly topic: string; readonly id: string }[] {
  return brokers.flatMap(({ topics }) =>
    topics.flatMap(({ name, groups }) => groups.map(({ id }) => ({ topic: name, id }))),
  );
}

describe("run of brokers", () => {
  it("run of brokers loses no message: published = acknowledged + dead + dropped + in the backlog + in process", () => {
    const law = fc.property(anyMessaging(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: plan.horizon_s };
      const result = run(detailed, seed, 0);
      const value = measured(detailed, result);
      for (const { topic, id } of groupsOf(plan)) {
        const at = (what: string): number => value(`${id}.${topic}_${what}`);
        const left = ["backlog_mean", "in_process_mean"].map(
          (what) => rowOf(detailed, result.samples, `${id}.${topic}_${what}`)[0]!,
        );
        expect(at("unsettled")).toBe(left[0]! + left[1]!);
        const { on_full, retention_s } = plan.brokers![0]!.topics.find(({ name }) => name === topic)!;
        const dropped = on_full === "drop_oldest" || retention_s !== undefined ? at("dropped") : 0;
        const settled = at("acknowledged") + at("dead_lettered") + dropped;
        expect(settled + at("unsettled")).toBe(value(`events.${topic}_published`));
        expect(at("redelivered")).toBeLessThanOrEqual(at("delivered"));
      }
      const buried = plan.brokers![0]!.topics[0]!.groups.filter((group) => group.dead_letter_topic === "dead");
      const dead = buried.map(({ id }) => value(`${id}.orders_dead_lettered`));
      expect(value("events.dead_published")).toBe(dead.reduce((sum, count) => sum + count, 0));
    });
    fc.assert(law, runs);
  });

  it("run of brokers loses no request, and keeps to concurrency, capacity and the order of partitions", () => {
    const law = fc.property(anyMessaging(), seeds, (plan, seed) => {
      const value = runMeasured(plan, seed);
      const generated = plan.generators.flatMap((source) => arrivalTimes(source, plan.horizon_s, seed)).length;
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out", "in_flight"];
      expect(ends.reduce((sum, end) => sum + value(`requests_${end}`), 0)).toBe(generated);
      const { partitions, capacity, groups } = plan.brokers![0]!.topics[0]!;
      for (const { id, edges, concurrency, prefetch = concurrency } of groups) {
        const inProcess = value(`${id}.orders_in_process_max`);
        expect(inProcess).toBeLessThanOrEqual(prefetch * edges.length);
        if (partitions !== null) expect(inProcess).toBeLessThanOrEqual(partitions.count);
        expect(value(`${id}.orders_backlog_max`)).toBeLessThanOrEqual(capacity);
      }
    });
    fc.assert(law, runs);
  });

  it("run of brokers leaves nothing behind when it drains", () => {
    const law = fc.property(anyMessaging({ drains: true }), (plan) => {
      expectDrained(plan);
    });
    fc.assert(law, lawCases(20));
  });

  it("run of brokers gives the bits of the kernel in JavaScript, and the same in slices and after any other run", () => {
    const law = fc.property(anyMessaging(), seeds, fc.constantFrom(1, 7, 300), (plan, seed, events) => {
      const detailed = { ...plan, series_cell_s: 0.3, warm_up_s: 0.4 };
      const expected = run(detailed, seed, 1);
      const naive = simulationOf(detailed, openJavaScriptKernel(detailed, { pending: naivePendingEvents() }));
      runPrepared(naive, seed + 1, 3);
      expect(runPrepared(naive, seed, 1)).toEqual(expected);
      const simulation = createSimulation(detailed);
      runPrepared(simulation, seed + 1, 3);
      simulation.reset(seed, 1);
      while (simulation.step(events));
      expect(simulation.result()).toEqual(expected);
    });
    fc.assert(law, lawCases(20));
  });

  it("run does not change by a bit with a prefetch of what is worked on, a retention of years, or a full topic that is never full", () => {
    const law = fc.property(anyMessaging(), seeds, (plan, seed) => {
      const [orders, dead] = plan.brokers![0]!.topics;
      const of = (topic: object, group: (it: ConsumerGroupPlan) => object): Plan => {
        const groups = orders!.groups.map(({ prefetch: _prefetch, ...it }) => ({ ...it, ...group(it) }));
        const { retention_s: _retention_s, ...kept } = orders!;
        const topics = [{ ...kept, capacity: Infinity, on_full: "reject" as const, ...topic, groups }, dead!];
        return { ...plan, brokers: [{ id: "events", topics }] };
      };
      const plain = of({}, () => ({}));
      const same = of({ retention_s: 1e8, on_full: "drop_oldest" }, ({ concurrency }) => ({ prefetch: concurrency }));
      const [value, neutral] = [runMeasured(plain, seed), runMeasured(same, seed)];
      expect(differing(metricsOf(plain), neutral, value)).toEqual([]);
    });
    fc.assert(law, lawCases(16));
  });

  it("run does not change by a bit with messages that nobody consumes", () => {
    const law = fc.property(anyMessaging(), seeds, (plan, seed) => {
      const { id, topics } = plan.brokers![0]!;
      const unheard = { ...plan, brokers: [{ id, topics: topics.map(({ name }) => topicOf(name)) }] };
      const { brokers: _brokers, ...silent } = plan;
      const deliveries = new Set(plan.edges.filter(({ source }) => source === "events").map((it) => it.id));
      const without: Plan = {
        ...silent,
        servers: plan.servers.map((it) =>
          it.id === "events" ? { ...it, endpoints: it.endpoints.map(withoutPublishing) } : it,
        ),
        edges: plan.edges.filter((it) => !deliveries.has(it.id)),
        disruptions: plan.disruptions.filter(({ target }) => !deliveries.has(target)),
      };
      const heard: Plan = { ...unheard, edges: without.edges, disruptions: without.disruptions };
      const [plain, value] = [runMeasured(without, seed), runMeasured(heard, seed)];
      expect(differing(metricsOf(without), value, plain)).toEqual([]);
    });
    fc.assert(law, lawCases(20));
  });

  it("run of a topic has the arrivals of a queue: one consumer with the draws of a server is that server", () => {
    const law = fc.property(seeds, (seed) => {
      const worker = server("worker", [endpoint([cpu(exponential(0.01))])]);
      const generators = [poisson(70)];
      const direct = planOf({
        generators,
        servers: [worker],
        edges: [edge("source", "client"), edge("client", "worker")],
      });
      const group = groupOf("worker", ["events-worker"]);
      const through = planOf({
        generators,
        servers: [server("events", [endpoint([publish("orders")])]), worker],
        brokers: [{ id: "events", topics: [topicOf("orders", { groups: [group] })] }],
        edges: [edge("source", "client"), edge("client", "events"), edge("events", "worker")],
      });
      const [one, other] = [runMeasured(direct, seed), runMeasured(through, seed)];
      expect(other("worker.requests_completed")).toBe(one("worker.requests_completed"));
      expect(other("worker.orders_backlog_mean")).toBeCloseTo(one("worker.ready_queue_mean"), 9);
      expect(other("worker.orders_backlog_max")).toBe(one("worker.ready_queue_max"));
      expect(other("worker.orders_end_to_end_s_mean")).toBeCloseTo(one("latency_s_mean"), 9);
    });
    fc.assert(law, lawCases(13));
  });

  it("run of brokers meets all that can happen in the plans of these laws", () => {
    const plans = fc.sample(anyMessaging(), { ...runs, numRuns: 120 });
    const values = plans.map((plan) => runMeasured(plan, 1));
    const share = (happens: (plan: Plan, value: Measured) => boolean): number =>
      plans.filter((plan, k) => happens(plan, values[k]!)).length / plans.length;
    const anywhere = (ending: string): number =>
      share((plan, value) => metricsOf(plan).some(({ name }) => name.endsWith(ending) && value(name) > 0));
    const common = ["redelivered", "dead_lettered", "unsettled", "acknowledged", "backlog_max"];
    for (const what of common) expect([what, anywhere(`orders_${what}`) > 0.2]).toEqual([what, true]);
    const rare = ["rejected", "blocked_max", "lost", "timeouts", "dropped"];
    for (const what of rare) expect([what, anywhere(`orders_${what}`) > 0.05]).toEqual([what, true]);
    expect(anywhere("dead_published")).toBeGreaterThan(0.1);
    expect(anywhere("orders_prefetched_max")).toBeGreaterThan(0.02);
  });
});

function withoutPublishing(one: Plan["servers"][number]["endpoints"][number]): typeof one {
  return { ...one, steps: one.steps.filter(({ kind }) => kind !== "publish") };
}
