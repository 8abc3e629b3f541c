import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  metricsOf,
  PATIENT,
  run,
  seriesOf,
  type CallPolicy,
  type DisruptionPlan,
  type EndpointPlan,
  type GatePlan,
  type Plan,
  type PoolPlan,
  type QueueDisciplinePlan,
  type RateLimitPlan,
  type RetryPlan,
  type ServerPlan,
} from "../src/index.js";
import { gateOf } from "./gated.js";
import { constant } from "./plans.js";
import { withPolicies } from "./random-breakers.js";
import { anyCalls } from "./random-calls.js";

const MANY = 1_000_000_000;
const A_MILLION = 1_000_000;

type Change = (plan: Plan) => Plan;

const callers =
  (policy: Partial<CallPolicy>): Change =>
  (plan) =>
    withPolicies(plan, () => ({ ...PATIENT, ...policy }));

const servers =
  (change: (server: ServerPlan) => Partial<ServerPlan>): Change =>
  (plan) => ({ ...plan, servers: plan.servers.map((server) => ({ ...server, ...change(server) })) });

const endpoints = (change: Partial<EndpointPlan>): Change =>
  servers((server) => ({ endpoints: server.endpoints.map((endpoint) => ({ ...endpoint, ...change })) }));

const pools = (change: Partial<PoolPlan>): Change =>
  servers((server) => ({ pools: server.pools.map((pool) => ({ ...change, ...pool })) }));

const AT_ONCE: RetryPlan = {
  attempts: 3,
  on: [],
  backoff: { kind: "exponential", base_s: 0.1, max_s: 1, jitter: "full" },
  budget_ratio: 0,
  budget_burst: 0,
};

const DISCIPLINES: readonly QueueDisciplinePlan[] = [
  { kind: "fifo" },
  { kind: "lifo" },
  { kind: "adaptive_lifo", lifo_above: 3 },
  { kind: "priority" },
  { kind: "weighted_fair", weights: { a: 3 }, costs: { "endpoint-0": 7 } },
  { kind: "earliest_deadline" },
];

const RATE_LIMITS: readonly RateLimitPlan[] = [
  { kind: "token_bucket", rate_per_s: MANY, burst: A_MILLION, refill: "continuous" },
  { kind: "token_bucket", rate_per_s: MANY, burst: A_MILLION, refill: "discrete" },
  { kind: "leaky_bucket", rate_per_s: Infinity, queue: 0 },
  { kind: "fixed_window", limit: A_MILLION, window_s: 100 },
  { kind: "sliding_window", limit: A_MILLION, window_s: 100 },
];

const SHEDDINGS = [
  { kind: "utilization", above: 1, window_s: 1, spare_priority: -1 },
  { kind: "latency", above: MANY, window_s: 1, spare_priority: -1 },
] as const;

const GATES: readonly (readonly [string, GatePlan])[] = [
  ["fixed concurrency limit", gateOf({ limit: { kind: "fixed", limit: A_MILLION } })],
  [
    "AIMD limit",
    gateOf({
      limit: { kind: "aimd", min: A_MILLION, max: A_MILLION, initial: A_MILLION, timeout_s: 5, backoff_ratio: 0.9 },
    }),
  ],
  [
    "gradient limit",
    gateOf({
      limit: {
        kind: "gradient",
        min: A_MILLION,
        max: A_MILLION,
        initial: A_MILLION,
        tolerance_ratio: 1.5,
        smoothing_ratio: 0.2,
        growth: 4,
      },
    }),
  ],
  ...DISCIPLINES.map((discipline): readonly [string, GatePlan] => [
    `queue, ${discipline.kind}, with CoDel`,
    gateOf({
      limit: { kind: "fixed", limit: A_MILLION },
      queue: { discipline, codel: { target_s: 1e-6, interval_s: 1e-3 } },
    }),
  ]),
  ...SHEDDINGS.map((shedding): readonly [string, GatePlan] => [`shedding by ${shedding.kind}`, gateOf({ shedding })]),
];

const breaker = { open_s: 1, half_open_probes: 1 };
const window = { window_s: 1, threshold_ratio: 1, min_requests: MANY };

/** Every policy there is, at every place that it can be declared at, with a limit that nothing reaches. */
const POLICIES: readonly (readonly [string, Change])[] = [
  ["timeout of callers", callers({ timeout_s: A_MILLION })],
  ["timeout of callers that cancel", callers({ timeout_s: A_MILLION, cancels: true })],
  ["deadline of callers", callers({ timeout_s: A_MILLION, propagates: true })],
  ["retries of nothing", callers({ retry: AT_ONCE })],
  ["retry budget of nothing", callers({ retry: { ...AT_ONCE, budget_ratio: 1, budget_burst: MANY } })],
  ["hedge", callers({ hedge: { after_s: A_MILLION, most: 3, cancels: true } })],
  ["breaker, consecutive", callers({ breaker: { kind: "consecutive", failures: MANY, ...breaker } })],
  ["breaker, error rate", callers({ breaker: { kind: "error_rate", ...window, ...breaker } })],
  ["breaker, slow calls", callers({ breaker: { kind: "slow_calls", slower_than_s: MANY, ...window, ...breaker } })],
  ["bulkhead", callers({ bulkhead: { limit: A_MILLION, queue: 0, max_wait_s: Infinity } })],
  ["bulkhead with a queue", callers({ bulkhead: { limit: A_MILLION, queue: Infinity, max_wait_s: 1 } })],
  ...RATE_LIMITS.flatMap((limit): readonly (readonly [string, Change])[] => [
    [`rate limit of servers, ${limit.kind}`, servers(() => ({ rate_limits: [limit] }))],
    [`rate limit of endpoints, ${limit.kind}`, endpoints({ rate_limits: [limit] })],
  ]),
  ...GATES.flatMap(([name, gate]): readonly (readonly [string, Change])[] => [
    [`${name}, of servers`, servers(() => ({ gate }))],
    [`${name}, of endpoints`, endpoints({ gate })],
  ]),
  ["connections", servers(() => ({ admission: { max_connections: MANY, backlog: 0, ram_per_connection_mb: 0 } }))],
  ["deadline of endpoints", endpoints({ deadline_s: A_MILLION })],
  ["timeout of pools", pools({ timeout_s: constant(A_MILLION) })],
  ["queue of pools", pools({ queue: { capacity: Infinity, discipline: { kind: "fifo" } } })],
  ...DISCIPLINES.map((discipline): readonly [string, Change] => [
    `queue of pools that have a unit for everybody, ${discipline.kind}`,
    (plan) => pools({ queue: { capacity: 0, discipline } })(withUnits(plan)),
  ]),
  ["crowding", servers(() => ({ crowding: { contention_ratio: 0, coherency_ratio: 0 } }))],
];

/** Policies that are compared where callers wait as long as it takes. */
const PATIENTLY = /callers|retr|hedge|breaker|bulkhead|pools/;

/** Pools that have a unit for everybody. */
function withUnits(plan: Plan): Plan {
  return servers((server) => ({ pools: server.pools.map((pool) => ({ ...pool, size: A_MILLION })) }))(plan);
}

/** The same with servers that schedule their cores, as crowded ones do: ends of steps of one moment come in another order there. */
function scheduled(plan: Plan): Plan {
  const slowings = plan.servers.map(({ id: target }): DisruptionPlan => {
    return { kind: "slow_down", target, start_s: A_MILLION, end_s: 2 * A_MILLION, factor: 1 };
  });
  return { ...plan, disruptions: [...plan.disruptions, ...slowings] };
}

/** Everything that is measured of a plan, by name. */
function everything(plan: Plan, seed: number): ReadonlyMap<string, readonly number[]> {
  const { metrics, series } = run(plan, seed, 0);
  const names = seriesOf(plan).map(({ name }) => name);
  const cells = series.length / names.length;
  const rows = names.map((name, row): [string, readonly number[]] => {
    return [`${name} by time`, Array.from(series.slice(row * cells, (row + 1) * cells))];
  });
  return new Map([
    ...metricsOf(plan).map(({ name }, k): [string, readonly number[]] => [name, [metrics[k]!]]),
    ...rows,
  ]);
}

describe("run with policies whose limits nothing reaches", () => {
  it.each(POLICIES)("run changes no bit with %s", (name, change) => {
    const plans = anyCalls().map((plan): Plan => ({ ...plan, series_cell_s: 0.5 }));
    const law = fc.property(plans, fc.nat(1000), (plan, seed) => {
      // Policies of callers take the place of others, and who is given up stays in a plain queue and leaves one with a time limit.
      const patient = PATIENTLY.test(name) ? callers({})(plan) : plan;
      const plain = name.includes("for everybody")
        ? withUnits(patient)
        : name === "crowding"
          ? scheduled(plan)
          : patient;
      const found = everything(change(plain), seed);
      for (const [metric, values] of everything(plain, seed))
        expect([metric, found.get(metric)]).toEqual([metric, values]);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 6 });
  });
});
