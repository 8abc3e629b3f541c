import fc from "fast-check";
import { PATIENT, type BackoffPlan, type CallPolicy, type RetryPlan } from "../src/index.js";

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

/** How a caller waits, two in three for as long as it takes. */
export const anyPolicy: fc.Arbitrary<CallPolicy> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(PATIENT) },
  {
    weight: 1,
    arbitrary: fc.record({
      timeout_s: fc.constantFrom(0, 0.003, 0.02, 0.1),
      cancels: fc.boolean(),
      propagates: fc.boolean(),
      retry: fc.option(anyRetry),
    }),
  },
);
