import { z } from "zod";
import { autoscalerSchema } from "./autoscaler-schema.js";
import { DEFAULTS } from "../model/defaults.js";
import { MAX_REPLICAS } from "../model/replica-set.js";
import type { ColdStart, Endpoint, Server, ServerResources, ServerTemplate } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { consumptionSchema } from "./broker-schema.js";
import { crowdingSchema } from "./crowding-schema.js";
import { injectorSchema } from "./detector-schema.js";
import { durationSchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { poolSchema } from "./pool-schema.js";
import { entranceKeys } from "./protection-schema.js";
import { cpuResourceKeys, serverCpuKeys } from "./server-cpu-schema.js";
import { stepsSchema } from "./step-schema.js";
import { strictMapping } from "./strict-mapping.js";

/** Those that need no keys of their own. */
const SET_ALGORITHMS = [
  "round_robin",
  "least_connection",
  "least_outstanding",
  "random",
  "power_of_two",
  "peak_ewma",
] as const;

const resourcesSchema: z.ZodType<ServerResources> = annotate(
  strictMapping({
    cpu_cores: optional(
      z.int().min(1).max(1_000_000),
      "Cores: steps of this many requests can run at once.",
      DEFAULTS.cpu_cores,
    ),
    ram_mb: optional(z.number().positive(), "Memory [MB].", DEFAULTS.ram_mb),
    thread_pool: optional(
      poolSchema,
      "Threads for steps offload: their number, or a mapping that says how one waits for them as well.",
      DEFAULTS.thread_pool,
    ),
    ...cpuResourceKeys,
    max_connections: optional(z.int().min(1).max(1e9), "Requests that are let in at once; by default all are."),
    backlog: optional(
      z.int().min(0).max(1e9),
      "Requests that wait to be let in; who finds it full is rejected. Needs max_connections.",
      DEFAULTS.backlog,
    ),
    ram_per_connection_mb: optional(
      z.number().nonnegative(),
      "Memory of each request that is let in, beside what its endpoint needs [MB]. Needs max_connections.",
      DEFAULTS.ram_per_connection_mb,
    ),
    db_connection_pool: optional(z.int().min(1).nullable(), "Read for the sake of AsyncFlow files; has no effect."),
  }).superRefine((resources, context) => {
    if (resources.max_connections !== undefined) return;
    for (const key of ["backlog", "ram_per_connection_mb"] as const) {
      if (resources[key] === undefined) continue;
      const message = "must stand beside max_connections: without it everybody is let in";
      context.addIssue({ code: "custom", message, path: [key], input: resources });
    }
  }),
  { id: "ServerResources", description: "What the requests on a server share." },
);

const coldStartSchema: z.ZodType<ColdStart> = annotate(
  strictMapping({
    start_s: annotate(durationSchema, { description: "Time to start [s]: a number or a distribution." }),
    idle_s: optional(
      z.number().nonnegative(),
      "A server that had no request for this time is cold again [s].",
      DEFAULTS.idle_s,
    ),
  }),
  {
    id: "ColdStart",
    description: "A server that is cold at the beginning: a request that finds it so waits until it has started.",
  },
);

const endpointSchema: z.ZodType<Endpoint> = annotate(
  strictMapping({
    endpoint_name: identifierSchema("Name of the endpoint; letters become lower case."),
    weight: optional(
      z.number().nonnegative(),
      "A request takes this endpoint with probability weight / sum of the weights of the server.",
      DEFAULTS.weight,
    ),
    probability: optional(z.number().nonnegative(), "Another name of weight; give one of them."),
    ...entranceKeys,
    steps: annotate(stepsSchema, { description: "What a request does, in this order." }),
  }).superRefine((endpoint, context) => {
    if (endpoint.weight === undefined || endpoint.probability === undefined) return;
    const message = "must have at most one of weight, probability: current keys are weight, probability";
    context.addIssue({ code: "custom", message, input: endpoint });
  }) as unknown as z.ZodType<Endpoint>,
  { id: "Endpoint", description: "One kind of request that a server answers." },
);

const sharedKeys = {
  type: optional(z.literal("server"), "Kind of the node.", "server"),
  replicas: optional(
    z.int().min(1).max(MAX_REPLICAS),
    "Makes a set of this many equal servers, with the ids <id>-1, <id>-2, ...; by default a single server.",
  ),
  autoscaler: optional(autoscalerSchema, "How many of the replicas run; by default all, all the time."),
  balancing: optional(
    z.enum(SET_ALGORITHMS),
    "How a set spreads what comes to it by its own id; a load balancer with an edge to the set chooses by itself.",
    DEFAULTS.algorithms,
  ),
  zones: optional(
    z.array(identifierSchema("Name of a zone.")).min(1),
    "Zones of the replicas, in turn; one zone for a single server. <id>@<zone> is a target for events.",
  ),
  server_resources: optional(resourcesSchema, "Cores, memory, threads and connections."),
  cold_start: optional(coldStartSchema, "How the server starts when a request needs it; by default it is always warm."),
  ...serverCpuKeys,
  semaphores: optional(
    z.record(identifierSchema("Name of a semaphore."), poolSchema),
    "Number of units of each semaphore, by its name; or a mapping that says how one waits for them as well.",
    {},
  ),
  ...entranceKeys,
  crowding: optional(crowdingSchema, "How its requests get in each other's way; by default they do not."),
  consumes: optional(
    z.array(consumptionSchema),
    "Topics whose messages become requests of the server; the servers of a set share them.",
    [],
  ),
  injector: optional(injectorSchema, "Faults that befall requests by chance, after the rate limits; by default none."),
};

const endpointsSchema = z.array(endpointSchema).min(1);

/** One item of the key `servers`. */
export const serverSchema: z.ZodType<Server> = annotate(
  strictMapping({
    id: identifierSchema("Id of the server."),
    template: optional(z.string().min(1), "Name of a template, whose keys stand where this server states none."),
    ...sharedKeys,
    endpoints: optional(endpointsSchema, "What the server answers. Needed, here or in the template."),
  }) as unknown as z.ZodType<Server>,
  { id: "Server", description: "An event-loop server, or with replicas a set of equal ones." },
);

/** One value of the key `templates`. */
export const serverTemplateSchema: z.ZodType<ServerTemplate> = annotate(
  strictMapping({ ...sharedKeys, endpoints: optional(endpointsSchema, "What the servers answer.") }),
  {
    id: "ServerTemplate",
    description: "Keys that servers take over. A key that a server states itself wins as a whole.",
  },
);
