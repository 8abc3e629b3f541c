import type { Distribution } from "@loadstar/engine";
import type { OnFull, PartitionBy } from "./broker.js";

/** A broker and its topics, by name. */
export interface ResolvedBroker {
  readonly id: string;
  /** [s]; null for none. */
  readonly publish_s: Distribution | null;
  readonly topics: Readonly<Record<string, ResolvedTopic>>;
}

/** Messages for each group of consumers. */
export interface ResolvedTopic {
  /** Null where messages have no order. */
  readonly partitions: number | null;
  readonly partition_by: PartitionBy;
  /** Of `key`; numbered from 1. */
  readonly keys?: { readonly count: number; readonly popularity: Distribution };
  /** Null for no limit. */
  readonly capacity: number | null;
  readonly on_full: OnFull;
  /** [s]; null for no limit. */
  readonly retention_s: number | null;
}

/** What a server consumes. */
export interface ResolvedConsumption {
  readonly broker: string;
  readonly topic: string;
  /** In lower case; empty where the server chooses. */
  readonly endpoint: string;
  readonly concurrency: number;
  /** Null for as many. */
  readonly prefetch: number | null;
  readonly ack: "after" | "before";
  /** [s]; null for no limit. */
  readonly ack_timeout_s: number | null;
  readonly max_deliveries: number;
  /** [s] */
  readonly redelivery_delay_s: Distribution;
  /** Null where dead messages are only counted. */
  readonly dead_letter_topic: string | null;
}
