import { z } from "zod";
import { FAULT_KINDS } from "../model/effect-kinds.js";
import type { Deploy, Fault } from "../model/fault.js";
import { DEFAULTS } from "../model/defaults.js";
import { annotate, optional } from "./annotate.js";
import { durationSchema } from "./duration-schema.js";
import { effectKeys } from "./effect-keys.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** One item of the key `faults`. */
export const faultSchema: z.ZodType<Fault> = annotate(
  strictMapping({
    fault_id: optional(identifierSchema("Id of the fault, unique among the faults."), "By default <target_id>-<kind>."),
    target_id: identifierSchema(
      "Id of a server, database, cache, external service or replica, of a replica set, <id>@<zone> for its servers in a zone or @<zone> for all servers in it; of an edge, a cache or a generator for kinds that happen to these.",
    ),
    kind: annotate(z.enum(FAULT_KINDS), {
      description: "What goes wrong: as for events.",
    }),
    mtbf_s: annotate(durationSchema, {
      description: "Time to failure: from the start of the run, and from each repair, to the next failure [s].",
    }),
    mttr_s: optional(
      durationSchema,
      "Time to repair: from a failure to its end [s]. Only a cache_flush has none, which is over at once.",
    ),
    correlated: optional(
      z.boolean(),
      "Whether all servers of a set or a zone, or all copies of an edge of a set, fail together; otherwise each fails on its own.",
      DEFAULTS.correlated,
    ),
    ...effectKeys,
  }),
  { id: "Fault", description: "Something that goes wrong by chance, again and again: failures and repairs in turn." },
);

/** One item of the key `deploys`. */
export const deploySchema: z.ZodType<Deploy> = annotate(
  strictMapping({
    deploy_id: identifierSchema("Id of the deploy, unique among the deploys."),
    target_id: identifierSchema("Id of a replica set, <id>@<zone>, or of a server."),
    kind: optional(
      z.enum(["server_down", "crash"]),
      "server_down lets a server finish what it has; crash does not.",
      DEFAULTS.deploy_kind,
    ),
    start_s: annotate(z.number().nonnegative(), { description: "When the first wave goes down [s]." }),
    wave: optional(z.int().min(1), "Servers that go down at once.", DEFAULTS.wave),
    down_s: annotate(z.number().positive(), { description: "How long each of them is down [s]." }),
    gap_s: optional(
      z.number().nonnegative(),
      "From when a wave is back to when the next one goes down [s].",
      DEFAULTS.gap_s,
    ),
  }),
  { id: "Deploy", description: "Servers that go down and come back, one wave after another." },
);
