import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Duration } from "../model/distribution-mapping.js";
import type { EdgeNetwork, SlowStart } from "../model/edge-network.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema, sizeSchema } from "./duration-schema.js";
import { strictMapping } from "./strict-mapping.js";

const slowStartSchema: z.ZodType<SlowStart> = annotate(
  strictMapping({
    round_trip_s: optional(
      durationSchema,
      "Round trip [s]: a number or a distribution, drawn for each message; by default a latency of the edge and one of its answers.",
    ),
    initial_window_segments: optional(
      z.int().min(1).max(1_000_000),
      "Segments that are sent before the first acknowledgement (RFC 6928).",
      DEFAULTS.initial_window_segments,
    ),
    mss_bytes: optional(z.int().min(1).max(1_000_000), "Bytes of a segment.", DEFAULTS.mss_bytes),
  }),
  {
    id: "SlowStart",
    description:
      "TCP slow start without losses: a message larger than the initial window waits for acknowledgements while the window doubles, " +
      "until that is large enough for the sender never to wait. Every message begins with the initial window.",
  },
);

/** What an edge may say of its network. */
export const edgeNetworkKeys: {
  readonly bandwidth_mbps: z.ZodExactOptional<z.ZodNumber>;
  readonly retransmit_s: z.ZodExactOptional<z.ZodNumber>;
  readonly max_retransmits: z.ZodExactOptional<z.ZodInt>;
  readonly slow_start: z.ZodExactOptional<z.ZodType<SlowStart>>;
} = {
  bandwidth_mbps: optional(
    z.number().positive().max(1e9),
    "Megabits per second in each direction, shared equally by the messages that are transferred at a time; by default without a limit. " +
      "Each copy of an edge to or from a set of replicas has so much.",
  ),
  retransmit_s: optional(
    z.number().positive(),
    "A message that is lost is sent again after this time [s], then after twice as long each time, up to 120 s; by default it stays lost.",
  ),
  max_retransmits: optional(
    z.int().min(0).max(1000),
    "How often a message is sent again before it stays lost; with retransmit_s.",
    DEFAULTS.max_retransmits,
  ),
  slow_start: optional(
    slowStartSchema,
    "How messages begin that are larger than a few segments; by default at full speed.",
  ),
};

/** Says what is wrong with the keys of a network taken together; undefined when nothing is. */
export function brokenNetworkKeys({ retransmit_s, max_retransmits }: EdgeNetwork): string | undefined {
  if (max_retransmits === undefined || retransmit_s !== undefined) return undefined;
  return "must stand beside retransmit_s: without it what is lost stays lost";
}

/** What may be said of the sizes of messages. */
export const sizeKeys: {
  readonly payload_kb: z.ZodExactOptional<z.ZodType<Duration>>;
  readonly response_kb: z.ZodExactOptional<z.ZodType<Duration>>;
} = {
  payload_kb: optional(
    sizeSchema,
    "Size of the request [kB, of 1000 bytes]: a number or a distribution, drawn for each attempt. It takes time on edges with bandwidth_mbps or slow_start.",
  ),
  response_kb: optional(sizeSchema, "Size of the answer [kB], likewise."),
};
