import type { Distribution } from "@loadstar/engine";
import type { PolicyKeys } from "./call-policy.js";

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
  | { readonly call: string; readonly endpoint: string; readonly policy: PolicyKeys }
  | { readonly query: string; readonly name: string; readonly policy: PolicyKeys }
  | { readonly transaction: string; readonly steps: readonly ResolvedStep[] }
  | { readonly cache: string; readonly on_miss: readonly ResolvedStep[]; readonly policy: PolicyKeys }
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

/** One way of a branch; `otherwise` has become the probability that is left. */
export type ResolvedWay =
  | { readonly class: string; readonly steps: readonly ResolvedStep[] }
  | { readonly probability: number; readonly steps: readonly ResolvedStep[] };
