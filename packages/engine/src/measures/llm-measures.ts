import type { LlmPlan } from "../llm-plan.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedLlm } from "./recorded-llm.js";

const MILLION = 1e6;

/** What all language models of a plan cost after the warm-up [USD]. */
export function costOfLlms({ llms = [] }: Plan, { llms: records }: Recorded): number {
  return llms.reduce((sum, llm, index) => sum + costOf(llm, records[index]!), 0);
}

/** Metrics of language models, and of what requests cost, where there are some. */
export function llmMeasures({ llms = [], horizon_s, warm_up_s }: Plan): readonly Measure[] {
  if (llms.length === 0) return [];
  const what = "cost of a request, with everything that it caused, whether it completed or not";
  return [
    measure("cost_usd_per_request", "USD", `Mean ${what}`, (r) => r.costs[0]!.mean),
    measure("cost_usd_per_request_p95", "USD", `95 % quantile of the ${what}`, (r) => r.costs[0]!.quantile(0.95)),
    measure("cost_usd_per_request_p99", "USD", `99 % quantile of the ${what}`, (r) => r.costs[0]!.quantile(0.99)),
    ...llms.flatMap((llm, index) => ofComponent(llm.id, ofLlm(llm, index, horizon_s - warm_up_s))),
  ];
}

/** What a model works on is called a batch where it is one. */
export function nameOfActive({ kind }: LlmPlan["serving"]): string {
  return kind === "provider" ? "active" : "batch";
}

function costOf(llm: LlmPlan, { inputTokens, outputTokens }: RecordedLlm): number {
  const { usd_per_million_input_tokens: input, usd_per_million_output_tokens: output } = llm;
  return (inputTokens * input + outputTokens * output) / MILLION;
}

function ofLlm(llm: LlmPlan, index: number, counted_s: number): readonly Measure[] {
  const of = (name: string, unit: string, description: string, read: (record: RecordedLlm) => number): Measure =>
    measure(name, unit, description, (r) => read(r.llms[index]!));
  const active = nameOfActive(llm.serving);
  const first = "Time from the arrival of a request to the first token of its answer";
  const other = "Time for each token of an answer after its first";
  return [
    of("requests", "1", "Requests that came", ({ requests }) => requests),
    of("answers", "1", "Requests that were answered", ({ answers }) => answers),
    of("rate_limited", "1", "Requests turned away by limits of requests or tokens", ({ rateLimited }) => rateLimited),
    of("refused", "1", "Requests turned away for want of room", ({ refused }) => refused),
    of("errors", "1", "Requests answered with an error", ({ failed }) => failed),
    of("withdrawn", "1", "Requests that nobody wanted any more before their answer", ({ withdrawn }) => withdrawn),
    ...(llm.queue_timeout_s === undefined
      ? []
      : [
          of(
            "queue_timeouts",
            "1",
            "Waits for the model that reached their time limit",
            ({ queueTimeouts }) => queueTimeouts,
          ),
        ]),
    of("input_tokens", "1", "Tokens of prompts that are paid for", ({ inputTokens }) => inputTokens),
    of("output_tokens", "1", "Tokens of answers that are paid for", ({ outputTokens }) => outputTokens),
    of("output_tokens_per_s", "1/s", "The same per second", ({ outputTokens }) => outputTokens / counted_s),
    of("cost_usd", "USD", "What the tokens cost", (record) => costOf(llm, record)),
    of("time_to_first_token_s_mean", "s", `${first}, mean`, ({ firstToken }) => firstToken.mean),
    of("time_to_first_token_s_p50", "s", `${first}, median`, ({ firstToken }) => firstToken.quantile(0.5)),
    of("time_to_first_token_s_p95", "s", `${first}, 95 % quantile`, ({ firstToken }) => firstToken.quantile(0.95)),
    of("time_to_first_token_s_p99", "s", `${first}, 99 % quantile`, ({ firstToken }) => firstToken.quantile(0.99)),
    of("time_per_output_token_s_mean", "s", `${other}, mean of answers`, ({ perToken }) => perToken.mean),
    of("time_per_output_token_s_p99", "s", `${other}, 99 % quantile`, ({ perToken }) => perToken.quantile(0.99)),
    of("queue_wait_s_mean", "s", "Mean wait until the model begins", ({ wait }) => wait.mean),
    of("queue_wait_s_p99", "s", "99 % waited no longer until the model began", ({ wait }) => wait.quantile(0.99)),
    of("queue_mean", "1", "Requests that wait, time average", ({ queue }) => queue.area / counted_s),
    of("queue_max", "1", "Most requests that waited at once", ({ queue }) => queue.maximum),
    of(`${active}_mean`, "1", "Requests that the model works on, time average", (r) => r.active.area / counted_s),
    of(`${active}_max`, "1", "Most requests that the model worked on at once", (r) => r.active.maximum),
    ...(llm.serving.kind === "provider"
      ? []
      : [
          of("kv_used_tokens_mean", "1", "Tokens of memory reserved, time average", ({ kv }) => kv.area / counted_s),
          of("kv_used_tokens_max", "1", "Most tokens of memory reserved", ({ kv }) => kv.maximum),
        ]),
  ];
}
