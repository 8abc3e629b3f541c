import fc from "fast-check";
import type {
  DisruptionPlan,
  Distribution,
  EdgePlan,
  EndpointPlan,
  GeneratorPlan,
  Plan,
  ServerPlan,
} from "../src/index.js";
import { constant, edge, exponential, generator, planOf } from "./plans.js";
import { anyDisruption, anyDuration, type PlanLimits } from "./random-plans.js";
import { anyPolicy } from "./random-policies.js";
import { anySteps, CLASSES, ENDPOINTS, POOLS, TABLE } from "./random-steps.js";

const anyCache = fc.record({
  keys: fc
    .tuple(fc.constantFrom(1, 6), fc.constantFrom(undefined, { every_s: 0.3, keys: 2 }))
    .map(([count, shift]) => ({
      count,
      draws: { kind: "uniform" as const, min: 0, max: count },
      // A circle needs a key besides 0.
      ...(shift === undefined || count === 1 ? {} : { shift }),
    })),
  capacity: fc.constantFrom(1, 3, Infinity),
  eviction: fc.constantFrom("lru" as const, "fifo" as const, "lfu" as const, "sieve" as const, "random" as const),
  ttl_s: fc.constantFrom(0.2, Infinity, exponential(0.3)),
  entry_mb: fc.constantFrom(0, 0.5),
  renews: fc.boolean(),
  coalesces: fc.boolean(),
});

const anyServer = fc.record({
  cache: anyCache,
  /** Its place is taken by a curve. */
  curve: fc.constantFrom(undefined, undefined, { cold_ratio: 0, warm_ratio: 1, half_life_s: 0.5 }),
  /** When it is emptied [s]. */
  flushed_s: fc.constantFrom(undefined, 0, 1),
  cpu_cores: fc.integer({ min: 1, max: 3 }),
  ram_mb: fc.constantFrom(128, 180.3, 1024),
  sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: POOLS.length, maxLength: POOLS.length }),
  /** Time limits of waits for the pools, drawn [s]. */
  limits: fc.array(fc.constantFrom(undefined, constant(0.05), exponential(0.1)), {
    minLength: POOLS.length,
    maxLength: POOLS.length,
  }),
  /** Whether requests that nobody waits for go on from it to the client. */
  goesOn: fc.constantFrom(false, false, true),
  endpoints: fc.array(
    fc.record({ weight: fc.constantFrom(1, 2), ram_mb: fc.constantFrom(0, 40, 60.1), steps: anySteps }),
    { minLength: 1, maxLength: 2 },
  ),
});

const anyMix = fc.array(
  fc.record({
    weight: fc.constantFrom(1, 3),
    endpoint: fc.constantFrom(...ENDPOINTS),
    class: fc.constantFrom(...CLASSES),
  }),
  { maxLength: 3 },
);

const anyLink = fc.record({
  latency_s: anyDuration,
  response_latency_s: anyDuration,
  dropout_ratio: fc.constantFrom(0, 0, 0.05),
});

/** Users of a plan that drains stay for this long [s]; the same time again is left for what they began. */
const DRAINING_WINDOW_S = 20;

/**
 * Plans of two to five servers that call those behind them, directly and through a load balancer, with steps of all kinds in each other.
 * Some dozens of requests, of a mix of classes; losses, outages, spikes, failures. `seedThatDrains` has the seed of one that drains.
 */
export function anyCalls(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  const { lossless = false, drains = false } = limits;
  const recipe = fc.record({
    servers: fc.array(anyServer, { minLength: 2, maxLength: 5 }),
    replicates: fc.boolean(),
    algorithm: fc.constantFrom(
      "round_robin" as const,
      "least_outstanding" as const,
      "least_in_transit" as const,
      "primary" as const,
    ),
    /** Whether requests come by a client, or from the generator itself. */
    hasClient: fc.boolean(),
    links: fc.array(anyLink, { minLength: 20, maxLength: 20 }),
    mix: anyMix,
    policy: anyPolicy,
    rate_per_s: fc.constantFrom(2, 6),
    disruptions: fc.array(anyDisruption, { maxLength: 4 }),
  });
  return recipe.map(
    ({ servers: recipes, replicates, algorithm, hasClient, links, mix, policy, rate_per_s, disruptions }) => {
      const link = (source: string, target: string, k: number): EdgePlan => {
        const { dropout_ratio, ...latencies } = links[k % links.length]!;
        return edge(source, target, { ...latencies, dropout_ratio: lossless ? 0 : dropout_ratio });
      };
      const last = recipes.length - 1;
      const candidates = recipes.map((_recipe, from) => {
        const servers = recipes.map((_other, to) => `app-${to}`).slice(from + 1);
        // The load balancer stands before the last two servers.
        const targets = from < last - 1 ? [...servers, "balancer"] : servers;
        return new Map(
          targets.map((target, k) => [`app-${from}-${target}`, link(`app-${from}`, target, 5 * from + k)]),
        );
      });
      const servers = recipes.map(
        (
          { sizes, limits, cache: _cache, curve: _curve, flushed_s: _flushed_s, goesOn: _goesOn, endpoints, ...size },
          k,
        ): ServerPlan => ({
          id: `app-${k}`,
          group: "",
          zone: "",
          ...size,
          // The last one may be a replica of the one before it.
          ...(replicates && k === last
            ? { replica_of: { primary: `app-${last - 1}`, lag_s: exponential(1) } }
            : { tables: [TABLE] }),
          pools: POOLS.map((name, pool) => {
            const timeout_s = limits[pool];
            return { name, size: sizes[pool]!, ...(timeout_s === undefined ? {} : { timeout_s }) };
          }),
          endpoints: endpoints.map(({ steps, ...endpoint }, position): EndpointPlan => ({
            name: `endpoint-${position}`,
            ...endpoint,
            steps: steps({ edges: candidates[k]!, pools: POOLS, cache: `cache-${k}` }),
          })),
        }),
      );
      const text = JSON.stringify(servers.map(({ endpoints }) => endpoints));
      const called = candidates.flatMap((map) => [...map.values()].filter(({ id }) => text.includes(`"edge":"${id}"`)));
      const edges = [
        ...(hasClient ? [link("source", "client", 17), link("client", "app-0", 18)] : [link("source", "app-0", 18)]),
        ...called,
        ...recipes.flatMap(({ goesOn }, k) => (goesOn ? [link(`app-${k}`, "client", 19)] : [])),
        ...[last - 1, last].map((to) => link("balancer", `app-${to}`, to)),
      ];
      return planOf({
        horizon_s: drains ? 2 * DRAINING_WINDOW_S : 2.5,
        generators: [sourceOf({ mix, policy }, rate_per_s, drains)],
        load_balancers: [
          { id: "balancer", ...(algorithm === "primary" ? { algorithm, failover_s: 0.5 } : { algorithm }) },
        ],
        servers,
        caches: recipes.flatMap(({ cache, curve }, k) => (curve === undefined ? [{ id: `cache-${k}`, ...cache }] : [])),
        hit_curves: recipes.flatMap(({ curve }, k) => (curve === undefined ? [] : [{ id: `cache-${k}`, ...curve }])),
        flushes: recipes.flatMap(({ flushed_s }, k) =>
          flushed_s === undefined ? [] : [{ cache: `cache-${k}`, at_s: flushed_s }],
        ),
        edges,
        disruptions: disruptions
          .filter(({ outage }) => !(outage && lossless))
          .map(({ outage, target, start_s, length_s, spike_s }): DisruptionPlan => {
            const period = { start_s, end_s: start_s + length_s };
            return outage
              ? { kind: "server_down", target: servers[target % servers.length]!.id, ...period }
              : { kind: "network_spike", target: edges[target % edges.length]!.id, ...period, spike_s };
          }),
      });
    },
  );
}

/** Users of a plan that drains are there in the first window only. */
function sourceOf(
  more: Pick<GeneratorPlan, "mix" | "policy">,
  requests_per_user_per_s: number,
  drains: boolean,
): GeneratorPlan {
  const users: Distribution = drains ? { kind: "empirical", values: [2, 0] } : constant(10);
  return generator(requests_per_user_per_s, { users, window_s: drains ? DRAINING_WINDOW_S : 1.7, ...more });
}
