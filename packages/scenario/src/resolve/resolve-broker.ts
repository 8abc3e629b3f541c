import type { Broker, Consumption, Topic } from "../model/broker.js";
import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedBroker, ResolvedConsumption, ResolvedTopic } from "../model/resolved-broker.js";
import { resolvePopularity } from "./resolve-popularity.js";
import { resolveDuration } from "./resolve-distribution.js";

/** Makes the defaults of a broker explicit and decides its distributions. */
export function resolveBroker({ id, publish_s, topics }: Broker, dialect: Dialect): ResolvedBroker {
  return {
    id,
    publish_s: publish_s === undefined ? null : resolveDuration(publish_s, dialect),
    topics: Object.fromEntries(Object.entries(topics).map(([name, topic]) => [name, resolveTopic(topic)])),
  };
}

function resolveTopic({ partitions, partition_by, keys, capacity, on_full, retention_s }: Topic): ResolvedTopic {
  return {
    partitions: partitions ?? null,
    partition_by: partition_by ?? DEFAULTS.partition_by,
    ...(keys === undefined
      ? {}
      : { keys: { count: keys.count, popularity: resolvePopularity(keys.count, keys.popularity) } }),
    capacity: capacity ?? null,
    on_full: on_full ?? DEFAULTS.on_full,
    retention_s: retention_s ?? null,
  };
}

/** Makes the defaults explicit of what a server consumes, and decides its distributions. */
export function resolveConsumption(consumption: Consumption, dialect: Dialect): ResolvedConsumption {
  const { broker, topic, endpoint, concurrency, ack, ack_timeout_s, max_deliveries, dead_letter_topic } = consumption;
  return {
    broker,
    topic,
    endpoint: endpoint?.toLowerCase() ?? "",
    concurrency: concurrency ?? DEFAULTS.concurrency,
    prefetch: consumption.prefetch ?? null,
    ack: ack ?? DEFAULTS.ack,
    ack_timeout_s: ack_timeout_s ?? null,
    max_deliveries: max_deliveries ?? DEFAULTS.max_deliveries,
    redelivery_delay_s: resolveDuration(consumption.redelivery_delay_s ?? DEFAULTS.redelivery_delay_s, dialect),
    dead_letter_topic: dead_letter_topic ?? null,
  };
}
