import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import type { Client, Connection, Edge, External, Nodes, TopologyGraph } from "../model/scenario.js";
import { annotate, optional } from "./annotate.js";
import { brokerSchema } from "./broker-schema.js";
import { cacheSchema } from "./cache-schema.js";
import { databaseSchema } from "./database-schema.js";
import { durationSchema, latencySchema } from "./duration-schema.js";
import { llmSchema } from "./llm-schema.js";
import { brokenNetworkKeys, edgeNetworkKeys } from "./edge-network-schema.js";
import { identifierSchema } from "./identifier-schema.js";
import { loadBalancerSchema } from "./load-balancer-schema.js";
import { serverSchema } from "./server-schema.js";
import { brokenPolicyKeys, policyKeys } from "./policy-schema.js";
import { strictMapping } from "./strict-mapping.js";

const clientSchema: z.ZodType<Client> = annotate(
  strictMapping({
    id: identifierSchema("Id of the client."),
    type: optional(z.literal("client"), "Kind of the node.", "client"),
  }),
  { id: "Client", description: "Where requests enter the system and are complete when they come back." },
);

const externalSchema: z.ZodType<External> = annotate(
  strictMapping({
    id: identifierSchema("Id of the service."),
    response_s: annotate(durationSchema, {
      description: "Time from the arrival of a call to its answer [s]: a number or a distribution.",
    }),
    error_ratio: optional(
      z.number().min(0).max(1),
      "Probability that the answer is an error, range [0, 1].",
      DEFAULTS.error_ratio,
    ),
  }),
  { id: "External", description: "A service without limits of which only the behaviour is known. It answers calls." },
);

const nodesSchema: z.ZodType<Nodes> = annotate(
  strictMapping({
    client: optional(clientSchema, "The client. One is needed, here or among clients."),
    clients: optional(z.array(clientSchema), "Several clients, beside or instead of client.", []),
    load_balancer: optional(loadBalancerSchema.nullable(), "A load balancer."),
    load_balancers: optional(z.array(loadBalancerSchema), "More load balancers, or all of them.", []),
    servers: annotate(z.array(serverSchema), { description: "The servers." }),
    databases: optional(z.array(databaseSchema), "Databases, which steps query.", []),
    caches: optional(z.array(cacheSchema), "Caches, which steps look keys up in.", []),
    llms: optional(z.array(llmSchema), "Language models, which steps ask.", []),
    brokers: optional(z.array(brokerSchema), "Brokers, which steps publish to and servers consume from.", []),
    externals: optional(z.array(externalSchema), "Services of others, which steps call.", []),
  }).superRefine((nodes, context) => {
    if (nodes.client !== undefined || (nodes.clients ?? []).length > 0) return;
    context.addIssue({ code: "custom", message: "missing key client", input: nodes });
  }),
  { id: "Nodes", description: "What the edges connect, besides the generator." },
);

const roundTrips = z.int().min(0).max(100);

const connectionSchema: z.ZodType<Connection> = annotate(
  strictMapping({
    tcp_round_trips: optional(roundTrips, "Round trips to set up a connection.", DEFAULTS.tcp_round_trips),
    tls_round_trips: optional(roundTrips, "Round trips to encrypt it; 0 for none.", DEFAULTS.tls_round_trips),
    keep_alive_s: optional(
      z.number().nonnegative(),
      "An idle connection is closed after this time [s].",
      DEFAULTS.keep_alive_s,
    ),
    max_idle: optional(z.int().min(0).max(100_000), "Idle connections that are kept.", DEFAULTS.max_idle),
    ram_per_connection_mb: optional(
      z.number().nonnegative(),
      "Memory that each connection takes at the server that it leaves, idle or not [MB].",
      DEFAULTS.ram_per_connection_mb,
    ),
  }),
  {
    id: "Connection",
    description: "The connections of an edge: a message that finds none idle pays the round trips of a new one first.",
  },
);

const edgeSchema: z.ZodType<Edge> = annotate(
  strictMapping({
    id: identifierSchema("Id of the edge."),
    source: identifierSchema("Id of the node that a message leaves."),
    target: identifierSchema("Id of the node that it goes to."),
    latency: annotate(latencySchema, {
      description:
        "Time on the way [s]: a number or a distribution. Each message draws its own, so that with a distribution (jitter) one may overtake another.",
    }),
    response_latency: optional(latencySchema, "Time of an answer on the way back [s]; by default as latency."),
    dropout_rate: optional(
      z.number().min(0).max(1),
      "Probability that a message is lost, range [0, 1].",
      DEFAULTS.dropout_rate,
    ),
    loss_ratio: optional(z.number().min(0).max(1), "Another name of dropout_rate; give one of them."),
    ...edgeNetworkKeys,
    connection: optional(connectionSchema, "The connections of the edge; by default messages need none."),
    ...policyKeys,
    weight: optional(
      z.number().positive(),
      "Share of the requests of a load balancer whose algorithm is weighted or weighted_random.",
      DEFAULTS.weight,
    ),
    edge_type: optional(z.literal("network_connection"), "Kind of the edge.", "network_connection"),
    probability: optional(z.literal(1), "Read for the sake of AsyncFlow files; has no effect."),
  }).superRefine((edge, context) => {
    const brokenPolicy = brokenPolicyKeys(edge);
    if (brokenPolicy !== undefined) context.addIssue({ code: "custom", message: brokenPolicy, input: edge });
    const brokenNetwork = brokenNetworkKeys(edge);
    if (brokenNetwork !== undefined) {
      context.addIssue({ code: "custom", message: brokenNetwork, path: ["max_retransmits"], input: edge });
    }
    if (edge.dropout_rate === undefined || edge.loss_ratio === undefined) return;
    const message = "must have at most one of dropout_rate, loss_ratio: current keys are dropout_rate, loss_ratio";
    context.addIssue({ code: "custom", message, input: edge });
  }),
  {
    id: "Edge",
    description:
      "A directed link. A server has one for each node that its steps call, a broker one for each server that consumes from it. A server has at most one more: where it passes " +
      "requests on to. Without that it answers, and the answer goes back the way that the request came.",
  },
);

/** The key `topology_graph`. */
export const topologySchema: z.ZodType<TopologyGraph> = annotate(
  strictMapping({
    nodes: nodesSchema,
    edges: annotate(z.array(edgeSchema), { description: "The links between the nodes." }),
  }),
  { id: "TopologyGraph", description: "The system: nodes, and edges between them. Ids are unique over all of them." },
);
