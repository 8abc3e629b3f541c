import type { BatchingPlan, CallPolicy, Distribution, LlmPlan, Plan, ProviderPlan, StepPlan } from "../src/index.js";
import { call, calling, constant, endpoint, generatorOf, server } from "./plans.js";

/** A provider without limits that gives the first token after 1 s, and then one every second. */
export function providerOf(more: Partial<ProviderPlan> = {}): ProviderPlan {
  return {
    kind: "provider",
    concurrency: Infinity,
    requests_per_minute: Infinity,
    tokens_per_minute: Infinity,
    input_tokens_per_minute: Infinity,
    output_tokens_per_minute: Infinity,
    burst_s: 60,
    retry_after: true,
    time_to_first_token_s: constant(1),
    tokens_per_s: 1,
    error_ratio: 0,
    ...more,
  };
}

/** A model whose steps take 1 s, without limits. */
export function batchingOf(more: Partial<BatchingPlan> = {}): BatchingPlan {
  return {
    kind: "continuous_batching",
    step_base_s: 1,
    step_per_request_s: 0,
    prefill_s_per_token: 0,
    max_batch: Infinity,
    kv_tokens: Infinity,
    ...more,
  };
}

/** A model with a queue without limit; a million tokens cost 1 USD to read and 10 to write. */
export function llmOf(serving: LlmPlan["serving"], more: Partial<LlmPlan> = {}): LlmPlan {
  return {
    id: "llm",
    queue_capacity: Infinity,
    usd_per_million_input_tokens: 1,
    usd_per_million_output_tokens: 10,
    serving,
    ...more,
  };
}

/** Steps that ask a model over the edge `app-<id>`; numbers of tokens are constants where they are numbers. */
export function asking(
  input: Distribution | number,
  output: Distribution | number,
  { id = "llm", policy = {} as Partial<CallPolicy> } = {},
): readonly StepPlan[] {
  const tokens = (number: Distribution | number): Distribution => {
    return typeof number === "number" ? constant(number) : number;
  };
  const prompt: StepPlan = { kind: "prompt", input_tokens: tokens(input), output_tokens: tokens(output) };
  return [prompt, call(`app-${id}`, "", policy)];
}

/** source -> client -> app, which asks models over edges without latency; requests come at these times [s]. */
export function generating(
  times_s: readonly number[],
  steps: readonly StepPlan[],
  llms: readonly LlmPlan[],
  more: Partial<Plan> = {},
): Plan {
  const callees = llms.map(({ id }) => server(id, [endpoint([{ kind: "generate", llm: id }])]));
  const arrivals = { kind: "trace" as const, times_s: Float64Array.from(times_s), requests: new Int32Array(0) };
  const plan = calling({ rate_per_s: 1, steps, callees, more: { llms } });
  return { ...plan, generators: [generatorOf(arrivals)], horizon_s: 1000, ...more };
}
