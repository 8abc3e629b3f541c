import type { BreakerPlan } from "./breaker-plan.js";
import type { MessageSizesPlan } from "./network-plan.js";
import type { BulkheadPlan } from "./bulkhead-plan.js";
import type { HedgePlan } from "./hedge-plan.js";
import type { RowLockPlan, RowReadPlan } from "./database-plan.js";
import type { Distribution } from "./random/distribution.js";

/**
 * A step of a program. A step that fails ends the program of its request, which then answers with an error; what it held is given
 * back on the way.
 */
export type StepPlan =
  /** `cpu` holds a core; `io` gives it back and waits. */
  | { readonly kind: "cpu" | "io"; readonly duration_s: Distribution }
  /** Returns some of the endpoint's memory before the request leaves [MB]. */
  | { readonly kind: "release_ram"; readonly ram_mb: number }
  /** Sends a request over an edge that leaves this server, and waits without a core until it is answered. */
  | {
      readonly kind: "call";
      readonly edge: string;
      /** Name of the endpoint; empty when the called server chooses. */
      readonly endpoint: string;
      readonly policy: CallPolicy;
      readonly sizes?: MessageSizesPlan;
      /** The row that it locks at the called server, whose endpoint it must name then; left out for none. */
      readonly lock?: RowLockPlan;
      /** The row that it reads there, in the same way; without a lock only. */
      readonly read?: RowReadPlan;
    }
  /** Goes one of several ways: the first whose class fits, or else one by chance, or else none. */
  | { readonly kind: "branch"; readonly ways: readonly WayPlan[] }
  /**
   * Goes all ways at once, and on when `join` of them have come to their end well; the others run on, and nobody waits for them.
   * It fails as soon as that has become impossible (`fail_fast`), or when all have ended (`collect`).
   */
  | {
      readonly kind: "parallel";
      readonly branches: readonly (readonly StepPlan[])[];
      readonly join: number;
      readonly on_error: "fail_fast" | "collect";
    }
  /** Repeats its steps a number of times, drawn and rounded. */
  | { readonly kind: "repeat"; readonly times: Distribution; readonly steps: readonly StepPlan[] }
  /** Starts steps that nobody waits for; they may outlive the answer. Their failure has no effect. */
  | { readonly kind: "spawn"; readonly steps: readonly StepPlan[] }
  /** Holds a unit of one of the server's pools during its steps. While it waits for one it holds no core. It fails where the pool's time limit comes first. */
  | { readonly kind: "hold"; readonly pool: string; readonly steps: readonly StepPlan[] }
  /** Keeps the rows that its calls lock at these servers until its end; calls in branches and in what it spawns keep theirs for themselves. */
  | { readonly kind: "transaction"; readonly servers: readonly string[]; readonly steps: readonly StepPlan[] }
  /** Draws a key and looks it up; takes its steps when it is not found, and holds it when they have come to their end well. */
  | { readonly kind: "look_up"; readonly cache: string; readonly on_miss: readonly StepPlan[] }
  /** Draws how many tokens the next calls send to a language model and get from it, rounded up; of an answer 1 at least. */
  | { readonly kind: "prompt"; readonly input_tokens: Distribution; readonly output_tokens: Distribution }
  /**
   * Waits for the answer of the language model that the server stands for; fails without one. Such a server does nothing else. With `streams`
   * it goes on with the first token; the others are generated meanwhile, and charged, for nobody who could give them up.
   */
  | { readonly kind: "generate"; readonly llm: string; readonly streams?: true }
  /** At a server that stands for a broker: publishes a message. It waits, or fails as rejected, while the topic is full. */
  | { readonly kind: "publish"; readonly topic: string }
  /** When one of its steps fails, the others are left out and `on_error` takes their place. */
  | {
      readonly kind: "attempt";
      readonly steps: readonly StepPlan[];
      readonly on_error: readonly StepPlan[];
      /** The edge that counts it as a fallback when `on_error` is taken; left out for none. */
      readonly fallback_of?: string;
    }
  /** Fails. */
  | { readonly kind: "fail" };

/** How long a caller waits, and what it does when a call fails. */
export interface CallPolicy {
  /** An attempt that is not answered by then has failed, as timed out [s]; 0 for none. */
  readonly timeout_s: number;
  /** What the caller has given up ends at once wherever it is; otherwise it goes on and nobody waits for it. */
  readonly cancels: boolean;
  /** The time limit goes with the call: whoever works on it later, or on what it causes, fails instead of beginning another step. */
  readonly propagates: boolean;
  readonly retry: RetryPlan | null;
  /** Keeps attempts from beginning while too many of those before went wrong; when left out, nothing does. */
  readonly breaker?: BreakerPlan;
  /** When an attempt is sent once more before it is answered; when left out, never. */
  readonly hedge?: HedgePlan;
  /** How many attempts there may be at once; when left out, as many as come. */
  readonly bulkhead?: BulkheadPlan;
}

/** How failed calls are tried again. */
export interface RetryPlan {
  /** Attempts in all, >= 2. */
  readonly attempts: number;
  /** The ways of failing that are worth another attempt. */
  readonly on: readonly ("failed" | "dropped" | "rejected" | "timed_out")[];
  readonly backoff: BackoffPlan;
  /**
   * At most this many retries for each call, on average: a bucket gets that many tokens with each call, up to `budget_burst`, and each
   * retry takes one (Finagle's RetryBudget). 0 for no such limit.
   */
  readonly budget_ratio: number;
  readonly budget_burst: number;
}

/**
 * The wait before the n-th retry [s], n from 1. `fixed`: base_s. `exponential`: base_s 2^(n-1), at most max_s. `decorrelated`: uniform
 * between base_s and three times the wait before, at most max_s (Brooker 2015). Jitter makes of a wait w: `full` a uniform on [0, w), `equal`
 * w / 2 plus a uniform on [0, w / 2).
 */
export interface BackoffPlan {
  readonly kind: "fixed" | "exponential" | "decorrelated";
  readonly base_s: number;
  readonly max_s: number;
  readonly jitter: "none" | "full" | "equal";
}

/** One way of a branch. */
export interface WayPlan {
  /** `probability`: range [0, 1], 1 in sum at most. `class`: the request's class. */
  readonly when: { readonly probability: number } | { readonly class: string };
  readonly steps: readonly StepPlan[];
}
