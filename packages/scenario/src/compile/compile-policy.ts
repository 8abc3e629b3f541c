import type { BackoffPlan, BulkheadPlan, CallPolicy, HedgePlan, RetryPlan } from "@loadstar/engine";
import type { BackoffKeys, BulkheadKeys, HedgeKeys, PolicyKeys, RetryKeys } from "../model/call-policy.js";
import { compileBreaker } from "./compile-breaker.js";
import { DEFAULTS } from "../model/defaults.js";

/** How much longer than the shortest the longest wait is, where a file says nothing. */
const LONGEST_OVER_SHORTEST = 100;

/** Compiles the policy of a caller; keys of `own` take the place of those of `usual`, which hold for all calls over an edge. */
export function compilePolicy(own: PolicyKeys, usual: PolicyKeys = {}): CallPolicy {
  // A time limit of its own is another one altogether.
  const limit = own.timeout_s !== undefined || own.deadline_s !== undefined ? own : { ...usual, ...own };
  const retry = own.retry ?? usual.retry;
  const breaker = own.breaker ?? usual.breaker;
  const hedge = hedgeOf(own) ?? hedgeOf(usual);
  const bulkhead = own.bulkhead ?? usual.bulkhead;
  return {
    timeout_s: limit.timeout_s ?? limit.deadline_s ?? 0,
    cancels: limit.cancel ?? DEFAULTS.cancel,
    propagates: limit.deadline_s !== undefined,
    retry: retry === undefined ? null : compileRetry(retry),
    ...(breaker === undefined ? {} : { breaker: compileBreaker(breaker) }),
    ...(hedge === undefined ? {} : { hedge: compileHedge(hedge) }),
    ...(bulkhead === undefined ? {} : { bulkhead: compileBulkhead(bulkhead) }),
  };
}

function hedgeOf({ hedge_after_s, hedge }: PolicyKeys): HedgeKeys | undefined {
  return hedge_after_s === undefined ? hedge : { after_s: hedge_after_s };
}

function compileHedge({ after_s, most, cancel }: HedgeKeys): HedgePlan {
  return { after_s, most: most ?? DEFAULTS.most, cancels: cancel ?? DEFAULTS.cancel_hedges };
}

function compileBulkhead({ limit, queue, max_wait_s }: BulkheadKeys): BulkheadPlan {
  return { limit, queue: queue ?? DEFAULTS.queue, max_wait_s: max_wait_s ?? Number.POSITIVE_INFINITY };
}

function compileRetry({ attempts, on, backoff, budget_ratio, budget_burst }: RetryKeys): RetryPlan {
  return {
    attempts,
    on: on ?? DEFAULTS.retry_on,
    backoff: compileBackoff(backoff ?? { base_s: 0 }),
    budget_ratio: budget_ratio ?? 0,
    budget_burst: budget_burst ?? DEFAULTS.budget_burst,
  };
}

function compileBackoff({ kind, base_s, max_s, jitter }: BackoffKeys): BackoffPlan {
  return {
    kind: kind ?? DEFAULTS.backoff,
    base_s,
    max_s: max_s ?? LONGEST_OVER_SHORTEST * base_s,
    jitter: jitter ?? DEFAULTS.jitter,
  };
}
