import {
  OP_ANSWERED,
  OP_BATCH,
  OP_EXPECT_TOKENS,
  OP_OPEN_BILL,
  OP_PROMPT,
  OP_SUBMIT,
  OP_UNANSWERED,
  OP_WITHDRAW,
} from "../kernel/operations/llms.js";
import { SERVING_BATCH, SERVING_PROVIDER } from "../kernel/llm/llm.js";
import type { BatchingPlan, LlmPlan, ProviderPlan } from "../llm-plan.js";
import type { Plan, StepPlan } from "../plan.js";
import type { StepContext, StepPlace } from "./step-context.js";
import type { Encoding } from "./encoding.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";
import { NONE } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

/** More than any run holds at once: counts without a limit, which the kernel keeps as 32-bit integers. */
const NO_LIMIT = 0x7fff_ffff;

const S_PER_MINUTE = 60;
const MILLION = 1e6;

/** Encodes all language models in the order in which `Llm` reads one. */
export function encodeLlms({ plan, streams }: Encoding): readonly number[] {
  return (plan.llms ?? []).flatMap((llm) => [
    Math.min(NO_LIMIT, llm.queue_capacity),
    llm.queue_timeout_s === undefined ? NONE : streams.add(llm.id, "queue_timeout", llm.queue_timeout_s),
    llm.usd_per_million_input_tokens / MILLION,
    llm.usd_per_million_output_tokens / MILLION,
    ...encodeServing(llm, streams),
  ]);
}

function encodeServing({ id, serving }: LlmPlan, streams: StreamSet): readonly number[] {
  return serving.kind === "provider" ? encodeProvider(id, serving, streams) : encodeBatch(serving);
}

function encodeProvider(id: string, provider: ProviderPlan, streams: StreamSet): readonly number[] {
  const { concurrency, burst_s, retry_after } = provider;
  return [
    SERVING_PROVIDER,
    Math.min(NO_LIMIT, concurrency),
    ...encodeBucket(provider.requests_per_minute, burst_s),
    ...encodeBucket(provider.tokens_per_minute, burst_s),
    ...encodeBucket(provider.input_tokens_per_minute, burst_s),
    ...encodeBucket(provider.output_tokens_per_minute, burst_s),
    retry_after ? 1 : 0,
    streams.add(id, "time_to_first_token", provider.time_to_first_token_s),
    provider.tokens_per_s,
    provider.error_ratio,
    streams.add(id, "error", UNIT_UNIFORM),
  ];
}

/** What comes in a second, and what there is room for. A bucket without a limit is infinitely full and needs no more. */
function encodeBucket(per_minute: number, burst_s: number): readonly number[] {
  const rate_per_s = per_minute / S_PER_MINUTE;
  return rate_per_s === Number.POSITIVE_INFINITY ? [0, rate_per_s] : [rate_per_s, rate_per_s * burst_s];
}

function encodeBatch(batching: BatchingPlan): readonly number[] {
  const { step_base_s, step_per_request_s, prefill_s_per_token, max_batch, kv_tokens } = batching;
  return [
    SERVING_BATCH,
    step_base_s,
    step_per_request_s,
    prefill_s_per_token,
    Math.min(NO_LIMIT, max_batch),
    kv_tokens,
  ];
}

/** Draws the numbers of tokens at the caller, so that another attempt sends the same prompt. */
export function encodePrompt(
  { input_tokens, output_tokens }: Extract<StepPlan, { readonly kind: "prompt" }>,
  { name, next, handler }: StepPlace,
  { program, streams, server }: StepContext,
): number {
  const output = streams.add(server.id, `${name}.output_tokens`, output_tokens);
  const input = streams.add(server.id, `${name}.input_tokens`, input_tokens);
  const expect = program.add({ op: OP_EXPECT_TOKENS, stream: output, next, handler });
  return program.add({ op: OP_PROMPT, stream: input, next: expect, handler });
}

/** Waits for an answer, of which the first token is told if it `streams`; who does not want it any more withdraws, wherever the request is. */
export function encodeGenerate(
  id: string,
  { next, handler }: StepPlace,
  context: StepContext,
  streams = false,
): number {
  const { program, llms } = context;
  const llm = llms.get(id);
  if (llm === undefined) {
    throw new RangeError(`Cannot resolve server "${context.server.id}": there is no language model "${id}"`);
  }
  const operands = { server: context.server.index, llm, index: streams ? 1 : 0 };
  const withdraw = program.add({ op: OP_WITHDRAW, ...operands, next: handler });
  const unanswered = program.add({ op: OP_UNANSWERED, ...operands, next: handler, handler: withdraw });
  const answered = program.add({
    op: OP_ANSWERED,
    ...operands,
    ways: [{ to: unanswered, share: 1 }],
    next,
    handler: withdraw,
  });
  const turn = program.add({ op: OP_BATCH, ...operands });
  return program.add({ op: OP_SUBMIT, ...operands, ways: [{ to: turn, share: 1 }], next: answered, handler });
}

/** Opens the bill of a request before it goes on, where something has a price. */
export function encodeBill({ llms }: Plan, next: number, program: Program): number {
  return llms === undefined ? next : program.add({ op: OP_OPEN_BILL, next });
}
