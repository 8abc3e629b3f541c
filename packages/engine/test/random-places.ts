import fc from "fast-check";
import type { CrowdingPlan, GatePlan, Plan, PoolQueuePlan, RateLimitPlan } from "../src/index.js";
import { anyGate } from "./random-gates.js";

/** Rate limits of every kind that turn some requests away. */
const anyRateLimit: fc.Arbitrary<RateLimitPlan> = fc.oneof(
  fc.record({
    kind: fc.constant("token_bucket" as const),
    rate_per_s: fc.constantFrom(5, 20),
    burst: fc.integer({ min: 1, max: 3 }),
    refill: fc.constantFrom("continuous" as const, "discrete" as const),
  }),
  fc.record({
    kind: fc.constant("leaky_bucket" as const),
    rate_per_s: fc.constantFrom(20, 200),
    queue: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constantFrom("fixed_window" as const, "sliding_window" as const),
    limit: fc.integer({ min: 1, max: 3 }),
    window_s: fc.constantFrom(0.1, 0.3),
  }),
  fc.constant({ kind: "leaky_bucket" as const, rate_per_s: 50, queue: 2, class: "gold" }),
);

/** Queues of pools of every kind, short ones. */
const anyPoolQueue: fc.Arbitrary<PoolQueuePlan> = fc.record({
  capacity: fc.constantFrom(0, 1, 2, Infinity),
  discipline: fc.constantFrom(
    { kind: "fifo" as const },
    { kind: "lifo" as const },
    { kind: "priority" as const },
    { kind: "earliest_deadline" as const },
    { kind: "adaptive_lifo" as const, lifo_above: 1 },
    { kind: "weighted_fair" as const, weights: { gold: 3 }, costs: { "endpoint-1": 4 } },
  ),
});

const anyCrowding: fc.Arbitrary<CrowdingPlan> = fc.record({
  contention_ratio: fc.constantFrom(0, 0.3),
  coherency_ratio: fc.constantFrom(0, 0.1),
});

/** What an endpoint, a pool or a server may have. */
interface Place {
  readonly gate: GatePlan | undefined;
  readonly rate_limits: readonly RateLimitPlan[];
  readonly deadline_s: number | undefined;
  readonly queue: PoolQueuePlan | undefined;
  readonly crowding: CrowdingPlan | undefined;
}

const anyPlace: fc.Arbitrary<Place> = fc.record({
  gate: fc.option(anyGate, { nil: undefined }),
  rate_limits: fc.oneof(fc.constant([]), fc.array(anyRateLimit, { maxLength: 2 })),
  deadline_s: fc.constantFrom(undefined, undefined, 0.004, 0.03),
  queue: fc.option(anyPoolQueue, { nil: undefined }),
  crowding: fc.option(anyCrowding, { nil: undefined }),
});

/** The same plans with policies at endpoints, queues before pools, and crowded servers. */
export function anyPlaces(plans: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> {
  return fc.tuple(plans, fc.array(anyPlace, { minLength: 7, maxLength: 7 })).map(([plan, places]) => {
    let next = 0;
    const place = (): Place => places[next++ % places.length]!;
    return {
      ...plan,
      servers: plan.servers.map((server) => {
        const { crowding } = place();
        return {
          ...server,
          ...(crowding === undefined ? {} : { crowding }),
          pools: server.pools.map((pool) => {
            const { queue } = place();
            return queue === undefined ? pool : { ...pool, queue };
          }),
          endpoints: server.endpoints.map((endpoint) => {
            const { gate, rate_limits, deadline_s } = place();
            return {
              ...endpoint,
              rate_limits,
              ...(gate === undefined ? {} : { gate }),
              ...(deadline_s === undefined ? {} : { deadline_s }),
            };
          }),
        };
      }),
    };
  });
}
