import fc from "fast-check";
import { PATIENT } from "../src/index.js";
import type {
  BalancingAlgorithm,
  BalancingOptions,
  DisruptionPlan,
  Distribution,
  EndpointPlan,
  GeneratorPlan,
  Plan,
  ServerPlan,
} from "../src/index.js";
import { constant, edge, planOf } from "./plans.js";
import { anyArrivals, anyProfile } from "./random-arrivals.js";
import { Variates } from "./variates.js";

const milliseconds = fc.integer({ min: 1, max: 8 }).map((ms) => ms / 1000);
const shape = fc.constantFrom(0.6, 1, 1.5, 4);

/** Durations of some milliseconds, of every kind. */
export const anyDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  milliseconds.map((value): Distribution => ({ kind: "constant", value })),
  milliseconds.map((max): Distribution => ({ kind: "uniform", min: 0, max })),
  milliseconds.map((mean): Distribution => ({ kind: "exponential", mean })),
  milliseconds.map((mean): Distribution => ({ kind: "normal", mean, std: mean / 2 })),
  milliseconds.map((median): Distribution => ({ kind: "lognormal", mu: Math.log(median), sigma: 0.8 })),
  fc.tuple(milliseconds, shape).map(([scale, k]): Distribution => ({ kind: "gamma", shape: k, scale })),
  fc.tuple(milliseconds, shape).map(([scale, k]): Distribution => ({ kind: "weibull", shape: k, scale })),
  milliseconds.map((minimum): Distribution => ({ kind: "pareto", shape: 2.5, minimum })),
  fc.constant<Distribution>({ kind: "poisson", mean: 0.003 }),
  milliseconds.map((mean): Distribution => ({
    kind: "hyperexponential",
    probabilities: [0.9, 0.1],
    means: [mean / 2, 3 * mean],
  })),
  milliseconds.map((median): Distribution => ({
    kind: "quantiles",
    probabilities: [0, 0.5, 1],
    values: [0, median, 4 * median],
  })),
  fc.array(milliseconds, { minLength: 1, maxLength: 4 }).map((values): Distribution => ({ kind: "empirical", values })),
);

/** Half of them constant, so that many events fall on one time. */
export const anyDuration: fc.Arbitrary<Distribution> = fc.oneof(
  fc.constantFrom(0, 0.002, 0.004).map(constant),
  anyDistribution,
);

const anyEndpoint = fc.record({
  weight: fc.constantFrom(1, 2, 0.5),
  ram_mb: fc.constantFrom(0, 40, 60.1, 128),
  steps: fc.array(fc.record({ kind: fc.constantFrom("cpu" as const, "io" as const), duration_s: anyDuration }), {
    maxLength: 5,
  }),
});

const anyServer = fc.record({
  cpu_cores: fc.integer({ min: 1, max: 3 }),
  ram_mb: fc.constantFrom(128, 180.3, 1024),
  pools: fc.constant([]),
  endpoints: fc.array(anyEndpoint, { minLength: 1, maxLength: 3 }),
});

const users = {
  users: fc.constantFrom<Distribution>(constant(10), { kind: "poisson", mean: 8 }, { kind: "normal", mean: 8, std: 6 }),
  requests_per_user_per_s: fc.constantFrom(1, 3, 8),
  window_s: fc.constantFrom(0.5, 1.7),
};

const anyGenerator = fc.record({
  arrivals: fc.oneof(
    fc.record({ kind: fc.constant("users" as const), ...users, profile: anyProfile }),
    fc.record({ kind: fc.constant("asyncflow_users" as const), ...users }),
    anyArrivals,
  ),
  batch_size: fc.constantFrom<Distribution>(constant(1), constant(1), constant(3), { kind: "poisson", mean: 2 }),
  mix: fc.constant([]),
  policy: fc.constant(PATIENT),
});

/** An outage or a spike of a target that is chosen by a number. */
export const anyDisruption = fc.record({
  outage: fc.boolean(),
  target: fc.nat(100),
  start_s: fc.integer({ min: 0, max: 20 }).map((k) => k / 10),
  length_s: fc.integer({ min: 1, max: 15 }).map((k) => k / 10),
  spike_s: fc.constantFrom(0.001, 0.02, 0.3),
});

/** A load balancer's algorithm for this many members. */
type AlgorithmFor = (members: number) => BalancingAlgorithm;

const anyAlgorithm: fc.Arbitrary<AlgorithmFor> = fc.oneof(
  fc
    .constantFrom("round_robin" as const, "random" as const, "least_outstanding" as const, "least_in_transit" as const)
    .map((algorithm): AlgorithmFor => () => ({ algorithm })),
  fc
    .tuple(fc.constantFrom("weighted" as const, "weighted_random" as const), fc.integer({ min: 1, max: 5 }))
    .map(([algorithm, most]): AlgorithmFor => (members) => ({
      algorithm,
      weights: Array.from({ length: members }, (_, k) => 1 + ((k * 2) % most)),
    })),
  fc.constantFrom(1, 2, 3, 9).map((choices): AlgorithmFor => () => ({ algorithm: "power_of_two", choices })),
  fc.constantFrom(1, 2, 3).map((choices): AlgorithmFor => () => ({ algorithm: "peak_ewma", choices, decay_s: 0.1 })),
  fc
    .tuple(fc.constantFrom(1, 1.25, Infinity), fc.constantFrom(0, 1, 1.2))
    .map(([load_factor, exponent]): AlgorithmFor => () => ({
      algorithm: "consistent_hash",
      load_factor,
      virtual_nodes: 8,
      keys: { kind: "zipf", count: 100, exponent },
    })),
  fc.nat(3).map((zone): AlgorithmFor => (members) => ({
    algorithm: "locality",
    local: Array.from({ length: members }, (_, k) => k % 2 === zone),
  })),
);

/** Each of a load balancer's options, or not. */
const anyOptions: fc.Arbitrary<BalancingOptions> = fc.record(
  {
    slow_start_s: fc.constantFrom(0.3, 1),
    signal_refresh_s: fc.constantFrom(0.01, 0.2),
    health_check: fc.record({
      interval_s: fc.constantFrom(0.1, 0.25),
      eject_after: fc.integer({ min: 1, max: 3 }),
      return_after: fc.integer({ min: 1, max: 3 }),
    }),
    outlier_ejection: fc.record({
      consecutive_errors: fc.integer({ min: 1, max: 3 }),
      base_ejection_s: fc.constantFrom(0.05, 0.4),
      max_ejected_ratio: fc.constantFrom(0.3, 0.5, 1),
    }),
  },
  { requiredKeys: [] },
);

/** What `anyPlan` leaves out. */
export interface PlanLimits {
  /** Nothing is lost or refused: no dropout, no outage. */
  readonly lossless?: boolean;
  /** Users are present in the first window only; run it with `seedThatDrains`. */
  readonly drains?: boolean;
}

/**
 * Plans of one or two generators and clients and one to four servers, either behind a load balancer, some perhaps behind a
 * second one, or one after another. Some hundreds of requests, some of them lost, queues for cores and memory, overlapping disruptions.
 */
export function anyPlan(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  const recipe = fc.record({
    balancing: fc.option(fc.tuple(anyAlgorithm, fc.oneof(fc.constant<BalancingOptions>({}), anyOptions)), { freq: 4 }),
    /** Members from this one on stand behind a load balancer of their own. */
    chainFrom: fc.option(fc.nat(3)),
    servers: fc.array(anyServer, { minLength: 1, maxLength: 4 }),
    generators: fc.array(anyGenerator, { minLength: 1, maxLength: 2 }),
    latencies: fc.array(anyDuration, { minLength: 13, maxLength: 13 }),
    dropouts: fc.array(fc.constantFrom(0, 0, 0.05), { minLength: 13, maxLength: 13 }),
    disruptions: fc.array(anyDisruption, { maxLength: 5 }),
  });
  return recipe.map(({ balancing, chainFrom, latencies, dropouts, disruptions, ...parts }) => {
    const servers = parts.servers.map((server, k): ServerPlan => ({
      id: `app-${k}`,
      group: "",
      zone: "",
      ...server,
      endpoints: named(server.endpoints),
    }));
    const generators = parts.generators.map((generator, k) => limited({ id: `source-${k}`, ...generator }, limits));
    const clients = generators.map((_generator, k) => ({ id: `client-${k}` }));
    const isBalanced = balancing !== null;
    const [algorithmFor, options] = balancing ?? [];
    const outer = chainFrom === null ? servers : servers.slice(0, chainFrom);
    const inner = servers.slice(outer.length);
    const members = [...outer.map(({ id }) => id), ...(inner.length > 0 ? ["inner"] : [])];
    const entry = isBalanced ? "balancer" : servers[0]!.id;
    const edges = [
      ...generators.map(({ id }, k) => edge(id, `client-${k}`)),
      ...clients.map(({ id }) => edge(id, entry)),
      ...(isBalanced ? members.map((id) => edge("balancer", id)) : []),
      ...(isBalanced ? inner.map(({ id }) => edge("inner", id)) : []),
      ...servers.map(({ id }, k) => edge(id, isBalanced ? "client-0" : (servers[k + 1]?.id ?? "client-0"))),
    ].map((plain, k) => ({
      ...plain,
      latency_s: latencies[k]!,
      response_latency_s: latencies[k]!,
      dropout_ratio: limits.lossless === true ? 0 : dropouts[k]!,
    }));
    return planOf({
      horizon_s: limits.drains === true ? 2 * DRAINING_WINDOW_S : 2.5,
      generators,
      clients,
      load_balancers:
        algorithmFor === undefined
          ? []
          : [
              { id: "balancer", ...algorithmFor(members.length), ...options },
              ...(inner.length > 0 ? [{ id: "inner", ...algorithmFor(inner.length), ...options }] : []),
            ],
      servers,
      edges,
      disruptions: disruptions
        .filter(({ outage }) => !(outage && limits.lossless === true))
        .map(({ outage, target, start_s, length_s, spike_s }): DisruptionPlan => {
          const period = { start_s, end_s: start_s + length_s };
          return outage
            ? { kind: "server_down", target: servers[target % servers.length]!.id, ...period }
            : { kind: "network_spike", target: edges[target % edges.length]!.id, ...period, spike_s };
        }),
    });
  });
}

/** Users of a plan that drains stay for this long [s]; the same time again is left for what they began. */
const DRAINING_WINDOW_S = 2;
const DRAINING_USERS: Distribution = { kind: "empirical", values: [6, 0] };

/** The first seed under which every generator of a plan that drains has users in its first window and none in its second. */
export function seedThatDrains(plan: Plan): number {
  for (let seed = 0; ; seed++) {
    const drains = plan.generators.every((generator) => {
      const variates = new Variates(generator.id, "users", DRAINING_USERS);
      variates.reset(seed, 0);
      return variates.next() > 0 && variates.next() === 0;
    });
    if (drains) return seed;
  }
}

function named(endpoints: readonly Omit<EndpointPlan, "name">[]): readonly EndpointPlan[] {
  return endpoints.map((endpoint, k) => ({ name: `endpoint-${k}`, ...endpoint }));
}

function limited(generator: GeneratorPlan, { drains }: PlanLimits): GeneratorPlan {
  if (drains !== true) return generator;
  const users = { users: DRAINING_USERS, requests_per_user_per_s: 8, window_s: DRAINING_WINDOW_S };
  return { ...generator, arrivals: { kind: "users", ...users, profile: [] } };
}
