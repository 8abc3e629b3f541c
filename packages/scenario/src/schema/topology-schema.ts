import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Client, Edge, Nodes, TopologyGraph } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { latencySchema } from "./duration-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { loadBalancerSchema } from "./load-balancer-schema.js";
import { serverSchema } from "./server-schema.js";
import { strictMapping } from "./strict-mapping.js";

const clientSchema: z.ZodType<Client> = annotate(
  strictMapping({
    id: identifierSchema("Id of the client."),
    type: optional(z.literal("client"), "Kind of the node.", "client"),
  }),
  { id: "Client", description: "Where requests enter the system and are complete when they come back." },
);

const nodesSchema: z.ZodType<Nodes> = annotate(
  strictMapping({
    client: clientSchema,
    load_balancer: optional(loadBalancerSchema.nullable(), "A load balancer."),
    load_balancers: optional(z.array(loadBalancerSchema), "More load balancers, or all of them.", []),
    servers: annotate(z.array(serverSchema), { description: "The servers." }),
  }),
  { id: "Nodes", description: "What the edges connect, besides the generator." },
);

const edgeSchema: z.ZodType<Edge> = annotate(
  strictMapping({
    id: identifierSchema("Id of the edge."),
    source: identifierSchema("Id of the node that a message leaves."),
    target: identifierSchema("Id of the node that it goes to."),
    latency: annotate(latencySchema, { description: "Time on the way [s]: a number or a distribution." }),
    dropout_rate: optional(
      z.number().min(0).max(1),
      "Probability that a message is lost, range [0, 1].",
      DEFAULTS.dropout_rate,
    ),
    weight: optional(
      z.number().positive(),
      "Share of the requests of a load balancer whose algorithm is weighted or weighted_random.",
      DEFAULTS.weight,
    ),
    edge_type: optional(z.literal("network_connection"), "Kind of the edge.", "network_connection"),
    probability: optional(z.literal(1), "Read for the sake of AsyncFlow files; has no effect."),
  }),
  { id: "Edge", description: "A directed link. Each node but a load balancer has at most one edge that leaves it." },
);

/** The key `topology_graph`. */
export const topologySchema: z.ZodType<TopologyGraph> = annotate(
  strictMapping({
    nodes: nodesSchema,
    edges: annotate(z.array(edgeSchema), { description: "The links between the nodes." }),
  }),
  { id: "TopologyGraph", description: "The system: nodes, and edges between them. Ids are unique over all of them." },
);
