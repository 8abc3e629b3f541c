import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { Llm } from "../model/llm.js";
import type { ResolvedLlm } from "../model/resolved-llm.js";
import { resolveDuration } from "./resolve-distribution.js";

/** Makes the defaults of a language model explicit and decides its distribution. */
export function resolveLlm(llm: Llm, dialect: Dialect): ResolvedLlm {
  const common = {
    id: llm.id,
    queue_capacity: llm.queue_capacity ?? null,
    queue_timeout_s: llm.queue_timeout_s === undefined ? null : resolveDuration(llm.queue_timeout_s, dialect),
    usd_per_million_input_tokens: llm.usd_per_million_input_tokens ?? DEFAULTS.usd_per_million_tokens,
    usd_per_million_output_tokens: llm.usd_per_million_output_tokens ?? DEFAULTS.usd_per_million_tokens,
  };
  if ("batching" in llm) {
    const { step_base_s, step_per_request_s, prefill_tokens_per_s, max_batch, kv_tokens } = llm.batching;
    return {
      ...common,
      batching: {
        step_base_s,
        step_per_request_s: step_per_request_s ?? DEFAULTS.step_per_request_s,
        prefill_tokens_per_s: prefill_tokens_per_s ?? null,
        max_batch: max_batch ?? null,
        kv_tokens: kv_tokens ?? null,
      },
    };
  }
  return {
    ...common,
    concurrency: llm.concurrency ?? null,
    requests_per_minute: llm.requests_per_minute ?? null,
    tokens_per_minute: llm.tokens_per_minute ?? null,
    input_tokens_per_minute: llm.input_tokens_per_minute ?? null,
    output_tokens_per_minute: llm.output_tokens_per_minute ?? null,
    burst_s: llm.burst_s ?? DEFAULTS.burst_s,
    retry_after: llm.retry_after ?? DEFAULTS.retry_after,
    time_to_first_token_s: resolveDuration(llm.time_to_first_token_s, dialect),
    tokens_per_s: llm.tokens_per_s,
    error_ratio: llm.error_ratio ?? DEFAULTS.error_ratio,
  };
}
