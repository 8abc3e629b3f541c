import { z } from "zod";
import type { EventEnd, EventStart, ScenarioEvent } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const startSchema: z.ZodType<EventStart> = annotate(
  strictMapping({
    kind: annotate(
      z.enum([
        "server_down",
        "network_spike_start",
        "slow_down",
        "network_degraded",
        "network_partition",
        "cache_flush",
      ]),
      {
        description:
          "An outage of a server, added latency on an edge, a server that takes longer, an edge that is worse than usual, " +
          "one over which every message is lost, or sent again until it passes where the edge has retransmit_s, " +
          "or a cache that loses what it holds.",
      },
    ),
    t_start: annotate(z.number().nonnegative(), { description: "Beginning, included [s]." }),
    spike_s: optional(
      z.number().positive().nullable(),
      "Added to the latency of every message sent meanwhile [s]; for network_spike_start, or for network_degraded.",
    ),
    factor: optional(
      z.number().positive(),
      "How many times as long CPU and I/O steps take, those that run included; for slow_down, and only for it.",
    ),
    loss_ratio: optional(
      z.number().min(0).max(1),
      "Probability that a message is lost, besides those that are always lost; for network_degraded.",
    ),
    bandwidth_ratio: optional(
      z.number().positive().max(1),
      "Share of bandwidth_mbps that is left, also for what is being transferred; for network_degraded.",
    ),
  }),
  { id: "EventStart", description: "How and when the event begins." },
);

const endSchema: z.ZodType<EventEnd> = annotate(
  strictMapping({
    kind: annotate(z.enum(["server_up", "network_spike_end", "recover"]), {
      description: "server_up for server_down, network_spike_end for network_spike_start, recover for the others.",
    }),
    t_end: annotate(z.number().positive(), { description: "End, excluded [s]; within the run." }),
  }),
  { id: "EventEnd", description: "When the event ends." },
);

/** One item of the key `events`. */
export const eventSchema: z.ZodType<ScenarioEvent> = annotate(
  strictMapping({
    event_id: identifierSchema("Id of the event, unique among the events."),
    target_id: identifierSchema("Id of the server, the edge or the cache."),
    start: startSchema,
    end: optional(endSchema, "When it ends; a cache_flush, and only that, has no end."),
  }),
  { id: "Event", description: "Something that happens at a known time." },
);
