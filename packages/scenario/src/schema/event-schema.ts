import { z } from "zod";
import { EVENT_KINDS } from "../model/effect-kinds.js";
import type { EventEnd, EventStart, ScenarioEvent } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { effectKeys } from "./effect-keys.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const startSchema: z.ZodType<EventStart> = annotate(
  strictMapping({
    kind: annotate(z.enum(EVENT_KINDS), {
      description:
        "server_down: a server takes nothing new and finishes what it has; crash: it loses that as well, and a cache what it holds; slow_down: it takes longer; error_spike: some of its requests fail; pool_exhaustion: it has fewer units of a pool; gc_storm: it pauses more; brown_out: it takes longer and some of its requests fail; memory_leak: its memory becomes less until the end, or until it has been down; traffic_surge: a generator sends more; network_spike_start: added latency on an edge; network_degraded: an edge is worse than usual; network_partition: every message over it is lost, or sent again until it passes where the edge has retransmit_s; cache_flush: a cache loses what it holds.",
    }),
    t_start: annotate(z.number().nonnegative(), { description: "Beginning, included [s]." }),
    ...effectKeys,
  }),
  { id: "EventStart", description: "How and when the event begins." },
);

const endSchema: z.ZodType<EventEnd> = annotate(
  strictMapping({
    kind: annotate(z.enum(["server_up", "network_spike_end", "recover"]), {
      description:
        "server_up for server_down and crash, network_spike_end for network_spike_start, recover for the others.",
    }),
    t_end: annotate(z.number().positive(), { description: "End, excluded [s]; within the run." }),
  }),
  { id: "EventEnd", description: "When the event ends." },
);

/** One item of the key `events`. */
export const eventSchema: z.ZodType<ScenarioEvent> = annotate(
  strictMapping({
    event_id: identifierSchema("Id of the event, unique among the events."),
    target_id: identifierSchema(
      "Id of the server, database, cache or other node, of a replica, of a replica set, <id>@<zone> for its servers in a zone or @<zone> for all servers in it, of the edge, the cache or the generator.",
    ),
    start: startSchema,
    end: optional(endSchema, "When it ends; a cache_flush, and only that, has no end."),
  }),
  { id: "Event", description: "Something that happens at a known time." },
);
