import type { PublishStep } from "./broker.js";
import type { PolicyKeys } from "./call-policy.js";
import type { MessageSizes } from "./edge-network.js";
import type { RowLock, RowRead } from "./database.js";
import type { DistributionMapping, Duration } from "./distribution-mapping.js";

/** One step of an endpoint. Steps that hold others may be nested; a label is for readers only. */
export type Step = (SimpleStep | CompositeStep | SpawnStep | AsyncFlowStep) & { readonly label?: string };

/** A step that holds no other ones. */
export type SimpleStep =
  /** Holds a core [s]. */
  | { readonly cpu_s: Duration }
  /** Gives the core back and waits [s]. */
  | { readonly io_s: Duration }
  /** Memory that the request needs from its arrival on, wherever the step stands [MB]. */
  | { readonly ram_mb: number }
  /** Gives some of the memory back before the request leaves [MB]. */
  | { readonly release_ram_mb: number }
  /** Fails. */
  | { readonly fail: true };

/** A step that holds others or waits for them; when it fails, `on_error` takes the place of what was left of it. */
export type CompositeStep = (
  | CallStep
  | QueryStep
  | TransactionStep
  | CacheStep
  | LlmStep
  | PublishStep
  | BranchStep
  | ParallelStep
  | RepeatStep
  | LockStep
  | SemaphoreStep
  | OffloadStep
) & { readonly on_error?: readonly Step[] };

/**
 * Sends a request to another node, over the edge that leads there, and waits for the answer. Its policy takes the place of the edge's, key
 * by key.
 */
export interface CallStep extends PolicyKeys, MessageSizes, Fallback {
  /** Id of a server, an external service or a load balancer. */
  readonly call: string;
  /** Name of the endpoint; by default the called server chooses by weight. */
  readonly endpoint?: string;
}

/** Asks a database and waits for the answer; holds a connection meanwhile, its own or that of the transaction that it stands in. */
export interface QueryStep extends PolicyKeys, MessageSizes, Fallback {
  /** Id of the database. */
  readonly query: string;
  /** Which of its queries. */
  readonly name: string;
  readonly lock?: RowLock;
  readonly row?: RowRead;
}

/** What takes the place of an answer. */
export interface Fallback {
  /** These steps when there is no answer for good: as `on_error`, which then has no place beside it, and counted at the edge. */
  readonly fallback?: readonly Step[];
}

/** Looks a key up in a cache, over the edge that leads there; steps that fetch it follow when it is not found. */
export interface CacheStep extends PolicyKeys, MessageSizes, Fallback {
  /** Id of the cache. */
  readonly cache: string;
  readonly on_miss: readonly Step[];
}

/** Asks a language model, over the edge that leads there, and waits for the answer. */
export interface LlmStep extends PolicyKeys, MessageSizes, Fallback {
  /** Id of the model. */
  readonly llm: string;
  /** Tokens of the prompt and of the answer; draws are rounded up. */
  readonly input_tokens: number | DistributionMapping;
  readonly output_tokens: number | DistributionMapping;
  /** Whether it goes on with the first token, while the others are generated; default false. */
  readonly stream?: boolean;
}

/** Holds one connection to a database during its steps. */
export interface TransactionStep {
  readonly transaction: string;
  readonly steps: readonly Step[];
}

/** Goes one of several ways, or none. */
export interface BranchStep {
  readonly branch: readonly Way[];
}

/** One way of a branch: for a class of requests, by chance, or when no other is gone. */
export type Way =
  | { readonly class: string; readonly steps: readonly Step[] }
  /** Range [0, 1], 1 in sum over the ways at most. */
  | { readonly probability: number; readonly steps: readonly Step[] }
  | { readonly otherwise: readonly Step[] };

/** Goes several ways at once. */
export interface ParallelStep {
  readonly parallel: {
    /** How many branches must come to their end well; default `all`. */
    readonly join?: "all" | "any" | number;
    /** Whether it fails at the first moment possible, or when every branch has ended; default `fail_fast`. */
    readonly on_error?: "fail_fast" | "collect";
    readonly branches: readonly (readonly Step[])[];
  };
}

/** Does its steps a number of times, one after the other; a drawn number is rounded. */
export interface RepeatStep {
  readonly repeat: { readonly times: number | DistributionMapping; readonly steps: readonly Step[] };
}

/** Starts steps that nobody waits for. */
export interface SpawnStep {
  readonly spawn: readonly Step[];
}

/** Holds a lock of its server during its steps. */
export interface LockStep {
  readonly lock: string;
  readonly steps: readonly Step[];
}

/** Holds a unit of one of the semaphores of its server during its steps. */
export interface SemaphoreStep {
  readonly semaphore: string;
  readonly steps: readonly Step[];
}

/** Holds a thread of its server's thread pool while it computes [s] or does its steps. */
export type OffloadStep =
  | { readonly offload: "thread_pool"; readonly cpu_s: Duration }
  | { readonly offload: "thread_pool"; readonly steps: readonly Step[] };

/** AsyncFlow's spelling of a simple step. */
export type AsyncFlowStep =
  | { readonly kind: CpuKind; readonly step_operation: { readonly cpu_time: Duration } }
  | { readonly kind: IoKind; readonly step_operation: { readonly io_waiting_time: Duration } }
  | { readonly kind: "ram"; readonly step_operation: { readonly necessary_ram: number } };

/** Kinds of step that hold a core; they all mean the same. */
export type CpuKind = "initial_parsing" | "cpu_bound_operation" | "cpu";

/** Kinds of step that wait without a core; they all mean the same. */
export type IoKind = "io_task_spawn" | "io_llm" | "io_wait" | "io_db" | "io_cache";
