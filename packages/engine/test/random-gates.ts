import fc from "fast-check";
import type { ConcurrencyLimitPlan, GatePlan, Plan, QueuePlan, ServerPlan, SheddingPlan } from "../src/index.js";

const range = { min: 1, max: 6, initial: 2 };

const anyLimit: fc.Arbitrary<ConcurrencyLimitPlan> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((limit) => ({ kind: "fixed" as const, limit })),
  fc
    .record({
      kind: fc.constant("aimd" as const),
      timeout_s: fc.constantFrom(0.004, 0.05),
      backoff_ratio: fc.constant(0.7),
    })
    .map((aimd) => ({ ...aimd, ...range })),
  fc.constantFrom(0.1, 4).map((growth) => {
    return { kind: "gradient" as const, tolerance_ratio: 1.5, smoothing_ratio: 0.5, growth, ...range };
  }),
);

const capacity = fc.constantFrom(0, 1, 2, Infinity);
const codel = fc.option(
  fc.constantFrom({ target_s: 0.002, interval_s: 0.02 }, { target_s: 0.004, interval_s: 0.004 }),
  { freq: 2 },
);

const anyQueue: fc.Arbitrary<QueuePlan> = fc.oneof(
  fc.record({
    capacity,
    discipline: fc.constantFrom(
      { kind: "fifo" as const },
      { kind: "lifo" as const },
      { kind: "earliest_deadline" as const },
      { kind: "adaptive_lifo" as const, lifo_above: 2 },
      { kind: "weighted_fair" as const, weights: { gold: 3, silver: 0.5 } },
    ),
    when_full: fc.constantFrom("reject_newest" as const, "drop_oldest" as const),
    codel,
  }),
  fc.record({
    capacity,
    discipline: fc.constant({ kind: "priority" as const }),
    when_full: fc.constantFrom("reject_newest" as const, "drop_oldest" as const, "drop_lowest_priority" as const),
    codel,
  }),
);

const anyShedding: fc.Arbitrary<SheddingPlan> = fc
  .tuple(
    fc.constantFrom({ kind: "utilization" as const, above: 0.5 }, { kind: "latency" as const, above: 0.01 }),
    fc.constantFrom(-1, 0),
  )
  .map(([what, spare_priority]) => ({ ...what, window_s: 0.05, spare_priority }));

/** Gates of every kind, with short queues. */
export const anyGate: fc.Arbitrary<GatePlan> = fc.record({
  limit: fc.option(anyLimit, { freq: 6 }),
  queue: anyQueue,
  shedding: fc.option(anyShedding, { freq: 2 }),
});

/** What becomes of gates so that they never do anything. */
export function neutral({ queue, shedding }: GatePlan): GatePlan {
  return {
    limit: { kind: "fixed", limit: 1_000_000 },
    queue: { ...queue, codel: queue.codel === null ? null : { target_s: 1e-9, interval_s: 1e-9 } },
    shedding: shedding === null ? null : { kind: "latency", above: 1e9, window_s: 1, spare_priority: -1 },
  };
}

/** Plans with gates at most of their servers; their requests are of two classes and three priorities, or of those that they have. */
export function anyGated(plans: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> {
  const gates = fc.array(fc.option(anyGate, { freq: 4, nil: undefined }), { minLength: 5, maxLength: 5 });
  return fc.tuple(plans, gates).map(([plan, list]) => withGates(diverse(plan), (_server, k) => list[k]));
}

/** The plan with other gates. */
export function withGates(plan: Plan, gateOf: (server: ServerPlan, index: number) => GatePlan | undefined): Plan {
  return {
    ...plan,
    servers: plan.servers.map((server, k) => {
      const { gate: _gate, ...rest } = server;
      const gate = gateOf(server, k);
      return gate === undefined ? rest : { ...rest, gate };
    }),
  };
}

function diverse(plan: Plan): Plan {
  const kinds = ["", "gold", "silver"].map((name) => ({ weight: 1, endpoint: "", class: name }));
  return {
    ...plan,
    generators: plan.generators.map((generator) => ({
      ...generator,
      mix: (generator.mix.length === 0 ? kinds : generator.mix).map((entry, k) => ({
        ...entry,
        priority: (2 * k) % 3,
      })),
    })),
  };
}
