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

/** The keys of a policy, for the places where one may stand beside others. */
export const POLICY_KEYS = ["timeout_s", "deadline_s", "cancel", "retry"] as const;
