import type { BrokerPlan, ConsumerGroupPlan, PartitionsPlan, ServerPlan, StepPlan, TopicPlan } from "@loadstar/engine";
import type { ResolvedBroker, ResolvedConsumption, ResolvedTopic } from "../model/resolved-broker.js";
import type { ResolvedServer } from "../model/resolved-scenario.js";
import type { EdgeTo } from "./compile-steps.js";

/** Compiles a broker to a server that nothing can be short of, with an endpoint for each topic. */
export function compileBrokerServer({ id, publish_s, topics }: ResolvedBroker): ServerPlan {
  const work: readonly StepPlan[] = publish_s === null ? [] : [{ kind: "io", duration_s: publish_s }];
  return {
    id,
    group: "",
    zone: "",
    cpu_cores: 1,
    ram_mb: 1,
    pools: [],
    endpoints: Object.keys(topics).map((topic) => {
      return { name: topic, weight: 1, ram_mb: 0, steps: [...work, { kind: "publish" as const, topic }] };
    }),
  };
}

/** Compiles the topics of a broker, with those of the servers, which are no sets any more, that consume them. */
export function compileBroker(
  { id, topics }: ResolvedBroker,
  { servers, edgeTo }: { readonly servers: readonly ResolvedServer[]; readonly edgeTo: EdgeTo },
): BrokerPlan {
  return {
    id,
    topics: Object.entries(topics).map(([name, topic]): TopicPlan => ({
      name,
      partitions: compilePartitions(topic),
      capacity: topic.capacity ?? Number.POSITIVE_INFINITY,
      on_full: topic.on_full,
      ...(topic.retention_s === null ? {} : { retention_s: topic.retention_s }),
      groups: groupsOf({ broker: id, topic: name }, servers, edgeTo),
    })),
  };
}

function compilePartitions({ partitions, partition_by, keys }: ResolvedTopic): PartitionsPlan | null {
  if (partitions === null) return null;
  return { count: partitions, by: partition_by, ...(keys === undefined ? {} : { keys: keys.popularity }) };
}

/** Every server that was one from the beginning is a group of its own, and so are the replicas of a set together. */
function groupsOf(
  { broker, topic }: Pick<ResolvedConsumption, "broker" | "topic">,
  servers: readonly ResolvedServer[],
  edgeTo: EdgeTo,
): readonly ConsumerGroupPlan[] {
  const groups = new Map<string, { readonly consumption: ResolvedConsumption; readonly edges: string[] }>();
  for (const { id, group, consumes } of servers) {
    const consumption = consumes.find((it) => it.broker === broker && it.topic === topic);
    if (consumption === undefined) continue;
    const name = group === "" ? id : group;
    const found = groups.get(name) ?? { consumption, edges: [] };
    groups.set(name, found);
    found.edges.push(edgeTo(id).id);
  }
  return [...groups].map(([id, { consumption, edges }]) => compileGroup(id, edges, consumption));
}

function compileGroup(id: string, edges: readonly string[], consumption: ResolvedConsumption): ConsumerGroupPlan {
  const { endpoint, concurrency, prefetch, ack, ack_timeout_s, max_deliveries, redelivery_delay_s, dead_letter_topic } =
    consumption;
  return {
    id,
    edges,
    endpoint,
    concurrency,
    ...(prefetch === null ? {} : { prefetch }),
    acknowledges: ack,
    timeout_s: ack_timeout_s ?? 0,
    max_deliveries,
    redelivery_delay_s,
    dead_letter_topic: dead_letter_topic ?? "",
  };
}
