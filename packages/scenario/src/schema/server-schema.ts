import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Endpoint, Server, ServerResources } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { stepSchema } from "./step-schema.js";
import { strictMapping } from "./strict-mapping.js";

const resourcesSchema: z.ZodType<ServerResources> = annotate(
  strictMapping({
    cpu_cores: optional(
      z.int().min(1).max(1_000_000),
      "Cores: steps of this many requests can run at once.",
      DEFAULTS.cpu_cores,
    ),
    ram_mb: optional(z.number().positive(), "Memory [MB].", DEFAULTS.ram_mb),
    db_connection_pool: optional(z.int().min(1).nullable(), "Read for the sake of AsyncFlow files; has no effect."),
  }),
  { id: "ServerResources", description: "What the requests on a server share." },
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
    steps: annotate(z.array(stepSchema), { description: "What a request does, in this order." }),
  }).superRefine((endpoint, context) => {
    if (endpoint.weight === undefined || endpoint.probability === undefined) return;
    const message = "must have at most one of weight, probability: current keys are weight, probability";
    context.addIssue({ code: "custom", message, input: endpoint });
  }),
  { id: "Endpoint", description: "One kind of request that a server answers." },
);

/** One item of the key `servers`. */
export const serverSchema: z.ZodType<Server> = annotate(
  strictMapping({
    id: identifierSchema("Id of the server."),
    type: optional(z.literal("server"), "Kind of the node.", "server"),
    zone: optional(
      identifierSchema("Name of a zone."),
      "Zone it stands in, for load balancers that choose by locality.",
    ),
    server_resources: optional(resourcesSchema, "Cores and memory."),
    endpoints: annotate(z.array(endpointSchema).min(1), { description: "What the server answers." }),
  }),
  { id: "Server", description: "An event-loop server." },
);
