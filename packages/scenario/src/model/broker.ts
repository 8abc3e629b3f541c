import type { CacheContents } from "./cache.js";
import type { PolicyKeys } from "./call-policy.js";
import type { Duration } from "./distribution-mapping.js";

/** A broker: steps publish messages to its topics, and servers consume them. It has a leaving edge to each of these. */
export interface Broker {
  readonly id: string;
  /** Time from the arrival of a message to its acknowledgement, without the way [s]; default 0. */
  readonly publish_s?: Duration;
  /** By the name that steps and servers know them by. */
  readonly topics: Readonly<Record<string, Topic>>;
}

/** Messages for each group of consumers: a group is a server, or a replica set. */
export interface Topic {
  /** Parts that each group works on in order, one message at a time; by default any consumer takes the next message. */
  readonly partitions?: number;
  /** Where a message goes, with `partitions`; default round_robin. */
  readonly partition_by?: PartitionBy;
  /** What messages are about; with `partition_by: key`, which needs it. */
  readonly keys?: Omit<CacheContents["keys"], "shift">;
  /** Messages that a group may have before it, neither acknowledged nor dead; by default any number. */
  readonly capacity?: number;
  /** What happens while a group has that many: who publishes is rejected, or waits, or the oldest message goes; default reject. */
  readonly on_full?: OnFull;
  /** A message that is in a queue this long after its publication is dropped [s]; by default none is. */
  readonly retention_s?: number;
}

/** What happens while a topic is full. */
export type OnFull = "reject" | "block" | "drop_oldest";

/** `key` sends messages about equal keys to one partition. */
export type PartitionBy = "round_robin" | "random" | "key";

/** What a server consumes. The keys from `ack_timeout_s` on have no place where a message is acknowledged before its work. */
export interface Consumption {
  /** Id of the broker, and one of its topics. */
  readonly broker: string;
  readonly topic: string;
  /** Name of the endpoint that works on a message; by default the server chooses by weight. */
  readonly endpoint?: string;
  /** Messages that a server works on at once; default 1. */
  readonly concurrency?: number;
  /** Messages that a server takes at once, those that wait for its work included; by default those that it works on. */
  readonly prefetch?: number;
  /** Whether a message is acknowledged when its work is done, or when it is handed over; default after. */
  readonly ack?: "after" | "before";
  /** A message that is not acknowledged by then has failed [s]; by default there is no limit. */
  readonly ack_timeout_s?: number;
  /** How often a message is handed over at most; default 5. */
  readonly max_deliveries?: number;
  /** The wait before what has failed is handed over again [s]; default 0. */
  readonly redelivery_delay_s?: Duration;
  /** Where messages go that have failed too often: a topic of the same broker; by default they are only counted. */
  readonly dead_letter_topic?: string;
}

/** Publishes a message over the edge that leads to the broker, and waits for its acknowledgement. */
export interface PublishStep extends PolicyKeys {
  /** Id of the broker. */
  readonly publish: string;
  readonly topic: string;
}
