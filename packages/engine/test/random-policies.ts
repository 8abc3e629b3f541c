import fc from "fast-check";
import {
  PATIENT,
  type BackoffPlan,
  type BulkheadPlan,
  type CallPolicy,
  type HedgePlan,
  type RetryPlan,
} from "../src/index.js";

const anyBackoff: fc.Arbitrary<BackoffPlan> = fc.record({
  kind: fc.constantFrom("fixed" as const, "exponential" as const, "decorrelated" as const),
  base_s: fc.constantFrom(0, 0.002, 0.01),
  max_s: fc.constant(0.05),
  jitter: fc.constantFrom("none" as const, "full" as const, "equal" as const),
});

const anyRetry: fc.Arbitrary<RetryPlan> = fc.record({
  attempts: fc.integer({ min: 2, max: 3 }),
  on: fc.subarray(["failed", "dropped", "rejected", "timed_out"] as const, { minLength: 1 }),
  backoff: anyBackoff,
  budget_ratio: fc.constantFrom(0, 0, 0.5),
  budget_burst: fc.constant(3),
});

/** Hedges that are sent soon. */
export const anyHedge: fc.Arbitrary<HedgePlan> = fc.record({
  after_s: fc.constantFrom(0.001, 0.005, 0.02, Infinity),
  most: fc.integer({ min: 1, max: 2 }),
  cancels: fc.boolean(),
});

/** Bulkheads that are often full. */
export const anyBulkhead: fc.Arbitrary<BulkheadPlan> = fc.record({
  limit: fc.integer({ min: 1, max: 2 }),
  queue: fc.constantFrom(0, 1, Infinity),
  max_wait_s: fc.constantFrom(0.004, 0.02, Infinity),
});

/** A hedge, a bulkhead, both or none. */
export const anyShelter: fc.Arbitrary<Pick<CallPolicy, "hedge" | "bulkhead">> = fc
  .tuple(fc.option(anyHedge), fc.option(anyBulkhead))
  .map(([hedge, bulkhead]) => ({
    ...(hedge === null ? {} : { hedge }),
    ...(bulkhead === null ? {} : { bulkhead }),
  }));

/** How a caller waits, two in three for as long as it takes. */
export const anyPolicy: fc.Arbitrary<CallPolicy> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(PATIENT) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.record({
          timeout_s: fc.constantFrom(0, 0.003, 0.02, 0.1),
          cancels: fc.boolean(),
          propagates: fc.boolean(),
          retry: fc.option(anyRetry),
        }),
        anyShelter,
      )
      .map(([policy, shelter]) => ({ ...policy, ...shelter })),
  },
);
