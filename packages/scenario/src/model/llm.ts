import type { Duration } from "./distribution-mapping.js";

/** A language model: a provider's, of which limits and speed are known, or one's own, which serves in batches. */
export type Llm = LlmCommon & (LlmProvider | { readonly batching: Batching });

/** What a model has however it serves. */
export interface LlmCommon {
  readonly id: string;
  /** Requests that wait at most; by default without a limit. */
  readonly queue_capacity?: number;
  /** Who has waited this long fails, as timed out [s]; by default nobody. */
  readonly queue_timeout_s?: Duration;
  /** Prices of a million tokens [USD]; default 0. */
  readonly usd_per_million_input_tokens?: number;
  readonly usd_per_million_output_tokens?: number;
}

/** What is known of a provider. */
export interface LlmProvider {
  /** Requests that it works on at once, the others wait in turn; by default all. */
  readonly concurrency?: number;
  /** Who is over one of these limits is rejected; by default nobody. */
  readonly requests_per_minute?: number;
  readonly tokens_per_minute?: number;
  /** Limits of their own for the tokens of prompts and of answers. */
  readonly input_tokens_per_minute?: number;
  readonly output_tokens_per_minute?: number;
  /** What comes in this time may be taken at once [s]; default 60. */
  readonly burst_s?: number;
  /** Whether it tells those over a limit how long to wait; default true. */
  readonly retry_after?: boolean;
  readonly time_to_first_token_s: Duration;
  /** Of one answer, after its first token. */
  readonly tokens_per_s: number;
  /** Range [0, 1]; default 0. */
  readonly error_ratio?: number;
}

/** Continuous batching: a step gives each request of the batch a token, and requests join between steps. */
export interface Batching {
  /** A step with n requests takes step_base_s + n step_per_request_s [s]; the latter is 0 by default. */
  readonly step_base_s: number;
  readonly step_per_request_s?: number;
  /** Tokens of prompts that it reads in a second, in the step after their requests have joined; by default in no time. */
  readonly prefill_tokens_per_s?: number;
  /** Requests in the batch at most; by default without a limit. */
  readonly max_batch?: number;
  /** Tokens that fit into memory, those of prompts and whole answers; by default without a limit. */
  readonly kv_tokens?: number;
}
