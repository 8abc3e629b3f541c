import { z } from "zod";
import { DEFAULTS } from "../model/defaults.js";
import {
  LOAD_BALANCING_ALGORITHMS,
  type HealthCheck,
  type KeyMapping,
  type LoadBalancer,
  type OutlierEjection,
} from "../model/load-balancer.js";
import { annotate, optional } from "./annotate.js";
import { identifierSchema } from "./identifier-schema.js";
import { strictMapping } from "./strict-mapping.js";

const MOST_MEMBERS = 1_000_000;
const MOST_VIRTUAL_NODES = 10_000;

const algorithmSchema = z.enum(LOAD_BALANCING_ALGORITHMS);
const count = z.int().min(1);

const popularitySchema = annotate(
  strictMapping({
    distribution: annotate(z.enum(["uniform", "zipf"]), { description: "How keys share the requests." }),
    exponent: optional(
      z.number().nonnegative().max(100),
      "Of zipf: the k-th key gets a share in proportion to k^-exponent.",
    ),
  }),
  { id: "KeyPopularity", description: "uniform, or zipf with an exponent." },
);

const keysSchema: z.ZodType<KeyMapping> = annotate(
  strictMapping({
    count: annotate(count.max(2 ** 31 - 1), { description: "Number of different keys." }),
    popularity: optional(popularitySchema, "How keys share the requests; uniform by default."),
  }),
  { id: "Keys", description: "The keys of requests." },
);

const healthCheckSchema: z.ZodType<HealthCheck> = annotate(
  strictMapping({
    interval_s: annotate(z.number().positive(), { description: "Time between two probes [s]." }),
    eject_after: optional(
      count,
      "Failed probes in a row after which a server gets no more requests.",
      DEFAULTS.eject_after,
    ),
    return_after: optional(
      count,
      "Successful probes in a row after which it gets requests again.",
      DEFAULTS.return_after,
    ),
  }),
  { id: "HealthCheck", description: "Probes that find out which servers are down; until then requests fail there." },
);

const outlierEjectionSchema: z.ZodType<OutlierEjection> = annotate(
  strictMapping({
    consecutive_errors: optional(
      count.max(2 ** 31 - 1),
      "Failed requests in a row that put a server out.",
      DEFAULTS.consecutive_errors,
    ),
    base_ejection_s: optional(
      z.number().positive(),
      "How long the first time [s]; k times as long the k-th time without a success in between.",
      DEFAULTS.base_ejection_s,
    ),
    max_ejected_ratio: optional(
      z.number().positive().max(1),
      "Share of the servers that can be out at a time, range (0, 1].",
      DEFAULTS.max_ejected_ratio,
    ),
  }),
  { id: "OutlierEjection", description: "When failed requests put a server out for a while." },
);

/** The key `load_balancer`, and one item of the key `load_balancers`. */
export const loadBalancerSchema: z.ZodType<LoadBalancer> = annotate(
  strictMapping({
    id: identifierSchema("Id of the load balancer."),
    type: optional(z.literal("load_balancer"), "Kind of the node.", "load_balancer"),
    algorithm: optional(
      algorithmSchema,
      "How it chooses: round_robin takes its edges in turn; least_connection or least_outstanding the one with the fewest " +
        "requests not yet finished; weighted takes turns by the weights of the edges, as nginx does; random and weighted_random " +
        "draw; power_of_two draws some and takes the one with the fewest requests not yet finished; peak_ewma draws some and takes " +
        "the one that promises the quickest answer; consistent_hash sends equal keys to the same server unless it has too much to do; " +
        "locality takes turns among servers of its zone, or of all zones while none of those is up.",
      DEFAULTS.algorithms,
    ),
    algorithms: optional(algorithmSchema, "AsyncFlow's name of algorithm; give one of them."),
    targets: optional(
      z.array(identifierSchema("Id of a server or a load balancer.")),
      "Nodes that must have an edge from the load balancer. Its edges decide where requests go.",
      [],
    ),
    server_covered: optional(
      z.array(identifierSchema("Id of a server or a load balancer.")),
      "AsyncFlow's name of targets; give one of them.",
    ),
    choices: optional(count.max(MOST_MEMBERS), "Of power_of_two and peak_ewma: how many it draws.", DEFAULTS.choices),
    decay_s: optional(
      z.number().positive(),
      "Of peak_ewma: an old response time counts 1/e after this long [s].",
      DEFAULTS.decay_s,
    ),
    load_factor: optional(
      z.number().min(1),
      "Of consistent_hash: no server has more than this times the mean number of requests, rounded up.",
      DEFAULTS.load_factor,
    ),
    virtual_nodes: optional(
      count.max(MOST_VIRTUAL_NODES),
      "Of consistent_hash: places of each server on the ring.",
      DEFAULTS.virtual_nodes,
    ),
    keys: optional(keysSchema, "Of consistent_hash, which needs it: the keys of requests."),
    zone: optional(identifierSchema("Name of a zone."), "Zone it stands in; locality needs it."),
    slow_start_s: optional(
      z.number().nonnegative(),
      "A server that comes back gets a share that grows linearly for this long [s].",
      DEFAULTS.slow_start_s,
    ),
    signal_refresh_s: optional(
      z.number().nonnegative(),
      "It sees the numbers of requests not yet finished as they were at the last multiple of this time [s].",
      DEFAULTS.signal_refresh_s,
    ),
    health_check: optional(
      healthCheckSchema,
      "Without it and outlier_ejection, it knows at once which servers are down.",
    ),
    outlier_ejection: optional(outlierEjectionSchema, "When failed requests put a server out for a while."),
  }).superRefine((balancer, context) => {
    for (const [one, other] of [
      ["algorithm", "algorithms"],
      ["targets", "server_covered"],
    ] as const) {
      if (balancer[one] === undefined || balancer[other] === undefined) continue;
      const message = `must have at most one of ${one}, ${other}: current keys are ${one}, ${other}`;
      context.addIssue({ code: "custom", message, input: balancer });
    }
    const { distribution, exponent } = balancer.keys?.popularity ?? {};
    if ((distribution === "zipf") === (exponent !== undefined)) return;
    const rule = distribution === "zipf" ? "zipf must have an exponent" : "only zipf may have an exponent";
    context.addIssue({ code: "custom", path: ["keys", "popularity"], message: rule, input: balancer });
  }),
  {
    id: "LoadBalancer",
    description: "Spreads requests over its edges, which lead to servers or other load balancers.",
  },
);
