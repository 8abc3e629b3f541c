import type { RetryPlan } from "@loadstar/engine";

/** How long a caller waits, and what it does when a call fails. At most one of `timeout_s` and `deadline_s`. */
export interface PolicyKeys {
  /** An attempt that is not answered by then has failed, as timed out [s]. */
  readonly timeout_s?: number;
  /** As `timeout_s`, and all who work on the call, or on what it causes, know of it and begin nothing after it. */
  readonly deadline_s?: number;
  /** Whether what the caller has given up ends at once, wherever it is; default false: it goes on for nobody. */
  readonly cancel?: boolean;
  readonly retry?: RetryKeys;
  readonly breaker?: BreakerKeys;
  /** `hedge` with this `after_s` [s]; at most one of the two. */
  readonly hedge_after_s?: number;
  readonly hedge?: HedgeKeys;
  readonly bulkhead?: BulkheadKeys;
}

/** The ways of failing. */
export type Failure = RetryPlan["on"][number];

/** How failed attempts are repeated. */
export interface RetryKeys {
  /** Attempts in all. */
  readonly attempts: number;
  /** The ways of failing that are worth another attempt; default all. */
  readonly on?: readonly Failure[];
  /** By default none: at once. */
  readonly backoff?: BackoffKeys;
  /** At most this many retries for each call, on average; by default as many as `attempts` allows. */
  readonly budget_ratio?: number;
  /** Retries that may be saved up; default 10. */
  readonly budget_burst?: number;
}

/** The wait before a retry. */
export interface BackoffKeys {
  /** Default exponential: twice as long each time. */
  readonly kind?: "fixed" | "exponential" | "decorrelated";
  /** [s] */
  readonly base_s: number;
  /** [s]; by default without a bound for one that is fixed, 100 times `base_s` otherwise. */
  readonly max_s?: number;
  /** Default full. */
  readonly jitter?: "none" | "full" | "equal";
}

/** When attempts are turned away because those before went wrong. Keys that stand for its kind only have no place at another. */
export interface BreakerKeys {
  readonly kind: "consecutive" | "error_rate" | "slow_calls";
  /** Of `consecutive`: failures in a row that open it; default 5. */
  readonly failures?: number;
  /** Of `slow_calls`, which needs it: attempts that last longer are bad [s]. */
  readonly slower_than_s?: number;
  /** Of the others: the time that is looked back on [s], the share of bad attempts that opens it, and how many there must be; default 10, 0.5, 20. */
  readonly window_s?: number;
  readonly threshold_ratio?: number;
  readonly min_requests?: number;
  /** How long it turns everything away [s]; default 5. */
  readonly open_s?: number;
  /** How many attempts are let through after that, all of which must be good; default 1. */
  readonly half_open_probes?: number;
}

/** When an attempt is sent once more before it is answered; the first good answer counts. */
export interface HedgeKeys {
  /** After this time without an answer, and so on [s]. */
  readonly after_s: number;
  /** How often besides the first time; default 1. */
  readonly most?: number;
  /** Whether the others end at once when one is answered; default true. */
  readonly cancel?: boolean;
}

/** How many attempts there may be at once. */
export interface BulkheadKeys {
  readonly limit: number;
  /** How many more wait in turn, default 0; who finds as many is rejected. */
  readonly queue?: number;
  /** Who has waited this long fails, as timed out [s]; by default nobody. With a queue. */
  readonly max_wait_s?: number;
}

/** The keys of a policy, for the places where one may stand beside others. */
export const POLICY_KEYS = [
  "timeout_s",
  "deadline_s",
  "cancel",
  "retry",
  "breaker",
  "hedge_after_s",
  "hedge",
  "bulkhead",
] as const;
