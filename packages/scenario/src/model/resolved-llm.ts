import type { Distribution } from "@loadstar/engine";

/** A language model; null stands for no limit. */
export type ResolvedLlm = {
  readonly id: string;
  readonly queue_capacity: number | null;
  /** [s] */
  readonly queue_timeout_s: Distribution | null;
  readonly usd_per_million_input_tokens: number;
  readonly usd_per_million_output_tokens: number;
} & (ResolvedProvider | { readonly batching: ResolvedBatching });

/** A provider's model. */
export interface ResolvedProvider {
  readonly concurrency: number | null;
  readonly requests_per_minute: number | null;
  readonly tokens_per_minute: number | null;
  readonly input_tokens_per_minute: number | null;
  readonly output_tokens_per_minute: number | null;
  /** [s] */
  readonly burst_s: number;
  readonly retry_after: boolean;
  /** [s] */
  readonly time_to_first_token_s: Distribution;
  readonly tokens_per_s: number;
  readonly error_ratio: number;
}

/** How a model serves in batches: times of steps [s]. */
export interface ResolvedBatching {
  readonly step_base_s: number;
  readonly step_per_request_s: number;
  readonly prefill_tokens_per_s: number | null;
  readonly max_batch: number | null;
  readonly kv_tokens: number | null;
}
