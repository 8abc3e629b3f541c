import type { Distribution } from "@loadstar/engine";
import type { PolicyKeys } from "./call-policy.js";
import type { ResolvedSizes } from "./resolved-network.js";

/** One step, in the short spelling: times [s], memory [MB], names of endpoints in lower case. */
export type ResolvedStep =
  | { readonly cpu_s: Distribution }
  | { readonly io_s: Distribution }
  | { readonly ram_mb: number }
  | { readonly release_ram_mb: number }
  | { readonly spawn: readonly ResolvedStep[] }
  | { readonly fail: true }
  | (ResolvedCompositeStep & {
      readonly on_error?: readonly ResolvedStep[];
      readonly fallback?: readonly ResolvedStep[];
    });

/** A step that holds others or waits for them. */
export type ResolvedCompositeStep =
  /** The endpoint is empty where the called server chooses. */
  | ({ readonly call: string; readonly endpoint: string } & ResolvedCallKeys)
  | ({
      readonly query: string;
      readonly name: string;
      readonly rows?: ResolvedRowLock;
      readonly row?: ResolvedRowRead;
    } & ResolvedCallKeys)
  | { readonly transaction: string; readonly steps: readonly ResolvedStep[] }
  | ({ readonly cache: string; readonly on_miss: readonly ResolvedStep[] } & ResolvedCallKeys)
  | ({
      readonly llm: string;
      readonly input_tokens: Distribution;
      readonly output_tokens: Distribution;
      readonly stream: boolean;
    } & ResolvedCallKeys)
  | ({ readonly publish: string; readonly topic: string } & ResolvedCallKeys)
  | { readonly branch: readonly ResolvedWay[] }
  | {
      readonly parallel: {
        /** A number of branches. */
        readonly join: number;
        readonly on_error: "fail_fast" | "collect";
        readonly branches: readonly (readonly ResolvedStep[])[];
      };
    }
  | { readonly repeat: { readonly times: Distribution; readonly steps: readonly ResolvedStep[] } }
  | { readonly lock: string; readonly steps: readonly ResolvedStep[] }
  | { readonly semaphore: string; readonly steps: readonly ResolvedStep[] }
  | { readonly offload: "thread_pool"; readonly steps: readonly ResolvedStep[] };

/** What all steps may say that ask another node. */
export interface ResolvedCallKeys {
  readonly policy: PolicyKeys;
  readonly sizes?: ResolvedSizes;
}

/** The row that a query reads. */
export interface ResolvedRowRead {
  readonly table: string;
  readonly keys: number;
  /** Rows are numbered from 1. */
  readonly popularity: Distribution;
}

/** The row that a query locks. */
export interface ResolvedRowLock {
  readonly table: string;
  readonly keys: number;
  /** Rows are numbered from 1. */
  readonly popularity: Distribution;
  /** Null for no limit [s]. */
  readonly wait_timeout_s: Distribution | null;
}

/** One way of a branch; `otherwise` has become the probability that is left. */
export type ResolvedWay =
  | { readonly class: string; readonly steps: readonly ResolvedStep[] }
  | { readonly probability: number; readonly steps: readonly ResolvedStep[] };
