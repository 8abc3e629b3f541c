import { z } from "zod";
import type { Broker, Consumption, Topic } from "../model/broker.js";
import { DEFAULTS } from "../model/defaults.js";
import { showNames } from "../wording/show-value.js";
import { annotate, optional } from "./annotate.js";
import { MAX_KEYS, popularitySchema } from "./popularity-schema.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** What messages are about. */
const topicKeysSchema = annotate(
  strictMapping({
    count: annotate(z.int().min(1).max(MAX_KEYS), { description: "Number of keys that messages are about." }),
    popularity: optional(popularitySchema, "How often each of them is; by default all alike."),
  }),
  { id: "TopicKeys", description: "What messages are about, each time by chance." },
);

const topicSchema: z.ZodType<Topic> = annotate(
  strictMapping({
    partitions: optional(
      z.int().min(1).max(10_000),
      "Parts that each group of consumers works on in order, one message at a time. By default any consumer takes the next message.",
    ),
    partition_by: optional(
      z.enum(["round_robin", "random", "key"]),
      "Where a message goes: to one partition after the other, to any, or where messages about its key go. Needs partitions.",
      DEFAULTS.partition_by,
    ),
    keys: optional(
      topicKeysSchema,
      "What messages are about: number and popularity. With partition_by: key, which needs it.",
    ),
    capacity: optional(
      z.int().min(1).max(1e9),
      "Messages that each group may have before it, neither acknowledged nor dead; by default any number.",
    ),
    on_full: optional(
      z.enum(["reject", "block", "drop_oldest"]),
      "What happens while a group has that many: who publishes is rejected, or waits in turn; or the oldest message in the group's queue is dropped. Needs capacity.",
      DEFAULTS.on_full,
    ),
    retention_s: optional(
      z.number().positive(),
      "A message that is in a queue this long after its publication is dropped [s]; by default none is.",
    ),
  }).superRefine((topic, context) => {
    const reject = (message: string): void => {
      const current = `current keys are ${showNames(Object.keys(topic))}`;
      context.addIssue({ code: "custom", message: `${message}: ${current}`, input: topic });
    };
    if (topic.partition_by !== undefined && topic.partitions === undefined)
      reject("partition_by must stand with partitions");
    if ((topic.partition_by === "key") !== (topic.keys !== undefined))
      reject("partition_by: key must stand with keys, and keys with it");
    if (topic.on_full !== undefined && topic.capacity === undefined) reject("on_full must stand with capacity");
  }),
  { id: "Topic", description: "Messages, which every group of consumers gets: a server, or a replica set." },
);

/** One item of the key `brokers`. */
export const brokerSchema: z.ZodType<Broker> = annotate(
  strictMapping({
    id: identifierSchema("Id of the broker."),
    publish_s: optional(
      durationSchema,
      "Time from the arrival of a message to its acknowledgement [s]: a number or a distribution; by default none.",
    ),
    topics: annotate(
      z.record(identifierSchema("Name of a topic."), topicSchema).refine((topics) => Object.keys(topics).length > 0, {
        error: "must have at least one topic",
      }),
      { description: "The topics, by name." },
    ),
  }),
  {
    id: "Broker",
    description: "Topics that steps publish to and servers consume, over an edge from the broker to each of them.",
  },
);

/** Keys that mean something only while a message waits for its work. */
const AFTER = ["ack_timeout_s", "max_deliveries", "redelivery_delay_s", "dead_letter_topic"] as const;

/** One item of a server's key `consumes`. */
export const consumptionSchema: z.ZodType<Consumption> = annotate(
  strictMapping({
    broker: identifierSchema("Id of a broker, which has an edge to this server."),
    topic: identifierSchema("Name of one of its topics."),
    endpoint: optional(
      identifierSchema("Name of an endpoint."),
      "The endpoint that works on a message; by default the server chooses.",
    ),
    concurrency: optional(
      z.int().min(1).max(1_000_000),
      "Messages that each server works on at once: handed over, and its work not done.",
      DEFAULTS.concurrency,
    ),
    prefetch: optional(
      z.int().min(1).max(1_000_000),
      "Messages that each server takes at once: those beyond concurrency wait at the server, so that the way there costs no time between two. By default as many as it works on. Of a topic without partitions.",
    ),
    ack: optional(
      z.enum(["after", "before"]),
      "Whether a message is acknowledged when its work is done, or when it is handed over: then what fails is lost.",
      DEFAULTS.ack,
    ),
    ack_timeout_s: optional(
      z.number().positive(),
      "A message that is not acknowledged by then has failed [s]; its work goes on for nobody. By default there is no limit.",
    ),
    max_deliveries: optional(
      z.int().min(1).max(1_000_000),
      "How often a message is handed over at most, before it is dead.",
      DEFAULTS.max_deliveries,
    ),
    redelivery_delay_s: optional(
      durationSchema,
      "The wait before what has failed stands in its queue again [s]: a number or a distribution.",
      DEFAULTS.redelivery_delay_s,
    ),
    dead_letter_topic: optional(
      identifierSchema("Name of a topic of the same broker."),
      "Where dead messages are published, whatever its capacity; by default they are only counted.",
    ),
  }).superRefine((consumption, context) => {
    const { prefetch, concurrency = DEFAULTS.concurrency } = consumption;
    if (prefetch !== undefined && prefetch < concurrency) {
      const message = `must be >= concurrency, which is ${concurrency}: current value is ${prefetch}`;
      context.addIssue({ code: "custom", message, path: ["prefetch"], input: prefetch });
    }
    if (consumption.ack !== "before") return;
    for (const key of AFTER) {
      if (consumption[key] === undefined) continue;
      const message = "must be left out with ack: before: what fails then is lost";
      context.addIssue({ code: "custom", message, path: [key], input: consumption });
    }
  }),
  { id: "Consumption", description: "A topic whose messages become requests of the server, or are shared by a set." },
);
