import fc from "fast-check";
import type { BrokerPlan, ConsumerGroupPlan, PartitionsPlan, Plan, StepPlan, TopicPlan } from "../src/index.js";
import { groupOf, publish, topicOf } from "./messaging.js";
import { call, constant, edge, endpoint, exponential, io, server } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import { anyDuration, type PlanLimits } from "./random-plans.js";
import { anyPolicy } from "./random-policies.js";
import { ENDPOINTS } from "./random-steps.js";

const anyPartitions: fc.Arbitrary<PartitionsPlan | null> = fc.option(
  fc.record({
    count: fc.integer({ min: 1, max: 5 }),
    by: fc.constantFrom("round_robin" as const, "random" as const, "key" as const),
    keys: fc.constant({ kind: "uniform" as const, min: 0, max: 7 }),
  }),
);

const anyGroup = fc.record({
  endpoint: fc.constantFrom(...ENDPOINTS),
  concurrency: fc.integer({ min: 1, max: 3 }),
  /** Messages that each server has besides those; of topics without partitions only. */
  prefetched: fc.constantFrom(undefined, 2, 5),
  acknowledges: fc.constantFrom("after" as const, "after" as const, "before" as const),
  timeout_s: fc.constantFrom(0, 0, 0.01, 0.05),
  max_deliveries: fc.integer({ min: 1, max: 3 }),
  redelivery_delay_s: fc.constantFrom(constant(0), constant(0.05), exponential(0.05)),
  dead_letter_topic: fc.constantFrom("", "dead"),
});

const anyTopic = fc.record({
  partitions: anyPartitions,
  capacity: fc.constantFrom(1, 4, Infinity),
  on_full: fc.constantFrom("reject" as const, "block" as const, "drop_oldest" as const),
  retention_s: fc.constantFrom(undefined, undefined, 0.03, 0.2),
  /** Groups; each consists of some of the servers behind the first, as bits. */
  groups: fc.array(fc.tuple(anyGroup, fc.integer({ min: 1, max: 15 })), { maxLength: 3 }),
});

/** Random plans of calls whose first server also publishes messages, which those behind it consume: groups group-0, ..., and undertaker for dead ones. */
export function anyMessaging(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  const recipe = fc.record({
    plan: anyCalls(limits),
    topic: anyTopic,
    policy: anyPolicy,
    publish_s: anyDuration,
    latency_s: anyDuration,
    isFirst: fc.boolean(),
  });
  return recipe.map(({ plan, topic, policy, publish_s, latency_s, isFirst }) => {
    const consumers = plan.servers.slice(1).map(({ id }) => id);
    const message = call("app-0-events", "orders", policy);
    const also = (steps: readonly StepPlan[]): readonly StepPlan[] =>
      isFirst ? [message, ...steps] : [...steps, message];
    const groups = topic.groups.map(([{ prefetched, ...group }, bits], index): ConsumerGroupPlan => {
      const hasPrefetch = prefetched !== undefined && topic.partitions === null;
      const prefetch = hasPrefetch ? { prefetch: group.concurrency + prefetched } : {};
      const some = consumers.filter((_id, k) => ((bits >> k) & 1) === 1);
      const members = some.length === 0 ? consumers : some;
      return groupOf(
        `group-${index}`,
        members.map((id) => `events-${id}-${index}`),
        { ...group, ...prefetch },
      );
    });
    const dead = topicOf("dead", { groups: [groupOf("undertaker", ["events-undertaker"], { max_deliveries: 2 })] });
    const { retention_s, ...limits } = topic;
    const retention = retention_s === undefined ? {} : { retention_s };
    const orders: TopicPlan = topicOf("orders", { ...limits, ...retention, groups });
    const broker: BrokerPlan = { id: "events", topics: [orders, dead] };
    return {
      ...plan,
      servers: [
        ...plan.servers.map((it, k) =>
          k > 0 ? it : { ...it, endpoints: it.endpoints.map((one) => ({ ...one, steps: also(one.steps) })) },
        ),
        server("events", [endpoint([io(publish_s), publish("orders")], { name: "orders" })]),
        server("undertaker", [endpoint([io(exponential(0.02))])]),
      ],
      edges: [
        ...plan.edges,
        edge("app-0", "events", { latency_s }),
        edge("events", "undertaker"),
        ...groups.flatMap(({ edges }, index) =>
          edges.map((id) => edge("events", id.slice("events-".length, -`-${index}`.length), { id, latency_s })),
        ),
      ],
      brokers: [broker],
    };
  });
}
