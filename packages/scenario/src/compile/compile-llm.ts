import type { LlmPlan, ServerPlan } from "@loadstar/engine";
import type { ResolvedLlm } from "../model/resolved-llm.js";
import type { ResolvedStep } from "../model/resolved-step.js";
import { stepLists } from "./step-lists.js";

/** Name of the endpoint of a model whose answers are told with their first token. */
export const STREAM = "/stream";

/** Compiles a language model to a server that does nothing but wait for its answers; of those in `streamed` some stream. */
export function compileLlmServer({ id }: ResolvedLlm, streamed: ReadonlySet<string>): ServerPlan {
  const whole = { name: "/", weight: 1, ram_mb: 0, steps: [{ kind: "generate" as const, llm: id }] };
  const stream = { ...whole, name: STREAM, weight: 0, steps: [{ ...whole.steps[0]!, streams: true as const }] };
  return {
    id,
    group: "",
    zone: "",
    cpu_cores: 1,
    ram_mb: 1,
    pools: [],
    endpoints: streamed.has(id) ? [whole, stream] : [whole],
  };
}

/** Ids of the models whose answers some step goes on with the first token of. */
export function streamedLlms(steps: readonly ResolvedStep[]): ReadonlySet<string> {
  return new Set(steps.flatMap(streamedBy));
}

function streamedBy(step: ResolvedStep): readonly string[] {
  const own = "llm" in step && step.stream ? [step.llm] : [];
  return [...own, ...stepLists(step).flatMap((list) => list.flatMap(streamedBy))];
}

/** Compiles what the model does. */
export function compileLlm(llm: ResolvedLlm): LlmPlan {
  return {
    id: llm.id,
    queue_capacity: llm.queue_capacity ?? Number.POSITIVE_INFINITY,
    ...(llm.queue_timeout_s === null ? {} : { queue_timeout_s: llm.queue_timeout_s }),
    usd_per_million_input_tokens: llm.usd_per_million_input_tokens,
    usd_per_million_output_tokens: llm.usd_per_million_output_tokens,
    serving: compileServing(llm),
  };
}

function compileServing(llm: ResolvedLlm): LlmPlan["serving"] {
  if ("batching" in llm) {
    const { step_base_s, step_per_request_s, prefill_tokens_per_s, max_batch, kv_tokens } = llm.batching;
    return {
      kind: "continuous_batching",
      step_base_s,
      step_per_request_s,
      prefill_s_per_token: prefill_tokens_per_s === null ? 0 : 1 / prefill_tokens_per_s,
      max_batch: max_batch ?? Number.POSITIVE_INFINITY,
      kv_tokens: kv_tokens ?? Number.POSITIVE_INFINITY,
    };
  }
  return {
    kind: "provider",
    concurrency: llm.concurrency ?? Number.POSITIVE_INFINITY,
    requests_per_minute: llm.requests_per_minute ?? Number.POSITIVE_INFINITY,
    tokens_per_minute: llm.tokens_per_minute ?? Number.POSITIVE_INFINITY,
    input_tokens_per_minute: llm.input_tokens_per_minute ?? Number.POSITIVE_INFINITY,
    output_tokens_per_minute: llm.output_tokens_per_minute ?? Number.POSITIVE_INFINITY,
    burst_s: llm.burst_s,
    retry_after: llm.retry_after,
    time_to_first_token_s: llm.time_to_first_token_s,
    tokens_per_s: llm.tokens_per_s,
    error_ratio: llm.error_ratio,
  };
}
