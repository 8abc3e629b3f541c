import type { Distribution } from "./random/distribution.js";

/**
 * Topics and who consumes them. Its id is that of the server that stands for it, in whose endpoints steps `publish` stand; while that is down nothing
 * is delivered.
 */
export interface BrokerPlan {
  readonly id: string;
  readonly topics: readonly TopicPlan[];
}

/** Messages in the order of their publication. Every group of consumers gets each of them. */
export interface TopicPlan {
  /** Unique within its broker. */
  readonly name: string;
  /** How messages are kept in order, part by part; null when any consumer takes the next message. */
  readonly partitions: PartitionsPlan | null;
  /** Messages that each group may have before it that are neither acknowledged nor dead, >= 1; Infinity for no limit. */
  readonly capacity: number;
  /** What happens while a group has that many: to who publishes, or to the message that has waited longest in the group's queue, or else to the new one. */
  readonly on_full: "reject" | "block" | "drop_oldest";
  /** A message that is in a queue this long after its publication is dropped [s]; left out for none. */
  readonly retention_s?: number;
  readonly groups: readonly ConsumerGroupPlan[];
}

/**
 * Of each partition a group works on one message at a time. It belongs to one server of the group, which is the next one that is up where that
 * one is down.
 */
export interface PartitionsPlan {
  /** >= 1 */
  readonly count: number;
  /** Where a message goes: to one after the other, to any, or by the hash of a key. */
  readonly by: "round_robin" | "random" | "key";
  /** By key: the whole part of each draw is a key. */
  readonly keys?: Distribution;
}

/** Equal servers that share the messages of a topic. */
export interface ConsumerGroupPlan {
  /** Id of the server, or of the replica set. */
  readonly id: string;
  /** Edges from the broker to each of its servers. */
  readonly edges: readonly string[];
  /** Name of the endpoint that works on a message; empty when the server chooses. */
  readonly endpoint: string;
  /** Messages that each server works on at once, >= 1. */
  readonly concurrency: number;
  /**
   * Messages that are handed over to each server and not done with, >= concurrency; those beyond that number wait at the server. Without partitions only;
   * `concurrency` when left out.
   */
  readonly prefetch?: number;
  /** Whether a message is acknowledged when its work is done, or when it is handed over: then what fails is lost. */
  readonly acknowledges: "after" | "before";
  /** A message that is not acknowledged by then has failed [s], and its work goes on for nobody; 0 for no limit. */
  readonly timeout_s: number;
  /** How often a message is handed over at most, >= 1; then it is dead. */
  readonly max_deliveries: number;
  /** The wait before a failed message stands in its queue again [s]. */
  readonly redelivery_delay_s: Distribution;
  /** Name of a topic of the same broker that dead messages go to, whatever its capacity; empty for none. */
  readonly dead_letter_topic: string;
}
