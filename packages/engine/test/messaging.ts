import type { ConsumerGroupPlan, Plan, ServerPlan, StepPlan, TopicPlan } from "../src/index.js";
import { constant, edge, endpoint, planOf, poisson, server } from "./plans.js";

/** A group of consumers that works on one message at a time and tries once, but for what is given. */
export function groupOf(
  id: string,
  edges: readonly string[],
  more: Partial<ConsumerGroupPlan> = {},
): ConsumerGroupPlan {
  return {
    id,
    edges,
    endpoint: "",
    concurrency: 1,
    acknowledges: "after",
    timeout_s: 0,
    max_deliveries: 1,
    redelivery_delay_s: constant(0),
    dead_letter_topic: "",
    ...more,
  };
}

/** A topic without partitions and without limits that nobody consumes, but for what is given. */
export function topicOf(name: string, more: Partial<TopicPlan> = {}): TopicPlan {
  return { name, partitions: null, capacity: Infinity, on_full: "reject", groups: [], ...more };
}

/** A step that publishes. */
export function publish(topic: string): StepPlan {
  return { kind: "publish", topic };
}

/**
 * source -> client -> events, which publishes each request as a message of topic orders, and workers worker-1, worker-2, ... with these steps that share
 * them. Edges have no latency.
 */
export function messaging({
  rate_per_s,
  steps,
  workers = 1,
  worker = {},
  topic = {},
  group = {},
  more = {},
}: {
  readonly rate_per_s: number;
  readonly steps: readonly StepPlan[];
  readonly workers?: number;
  readonly worker?: Partial<ServerPlan>;
  readonly topic?: Partial<TopicPlan>;
  readonly group?: Partial<ConsumerGroupPlan>;
  readonly more?: Partial<Plan>;
}): Plan {
  const ids = Array.from({ length: workers }, (_, index) => `worker-${index + 1}`);
  const edges = ids.map((id) => edge("events", id));
  const groups = [
    groupOf(
      "worker",
      edges.map(({ id }) => id),
      group,
    ),
  ];
  return planOf({
    generators: [poisson(rate_per_s)],
    servers: [
      server("events", [endpoint([publish("orders")], { name: "orders" })]),
      ...ids.map((id) => server(id, [endpoint(steps)], { cpu_cores: 1000, group: "worker", ...worker })),
    ],
    brokers: [{ id: "events", topics: [topicOf("orders", { groups, ...topic })] }],
    edges: [edge("source", "client"), edge("client", "events"), ...edges],
    ...more,
  });
}
