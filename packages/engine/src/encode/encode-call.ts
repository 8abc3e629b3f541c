import { OP_ADMIT, OP_JUDGE } from "../kernel/operations/guards.js";
import { OP_RETRY } from "../kernel/operations/calls.js";
import { OP_FIRST_TRY } from "../kernel/operations/deciding.js";
import type { BreakerPlan } from "../breaker-plan.js";
import type { CallPolicy } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import type { BreakerSet } from "./breaker-set.js";
import type { Draft, Program } from "./program.js";
import type { RetrySet } from "./retry-set.js";
import type { SizeSet } from "./size-set.js";
import type { StreamSet } from "./stream-set.js";

/** Uniform on [0, 1). */
export const UNIT_UNIFORM: Distribution = { kind: "uniform", min: 0, max: 1 };

/** What calls are encoded into. */
export interface CallContext {
  readonly program: Program;
  readonly streams: StreamSet;
  readonly retries: RetrySet;
  readonly breakers: BreakerSet;
  readonly sizes: SizeSet;
}

/** Where a call stands. */
export interface CallPlace {
  /** The component that calls, and the purpose of its draws. */
  readonly component: string;
  readonly name: string;
  /** Its counter, if it is tried again. */
  readonly counter: number;
  readonly handler: number;
}

/** Encodes an attempt and what is done when it fails; gives where that begins. */
export function encodeCall(attempt: Draft, policy: CallPolicy, place: CallPlace, context: CallContext): number {
  const { program, streams, retries } = context;
  const { timeout_s, cancels, propagates } = policy;
  const draft = { ...attempt, amount: timeout_s, cancels, propagates };
  if (policy.retry === null) return encodeAttempt({ ...draft, handler: place.handler }, policy.breaker, context);
  const stream = streams.add(place.component, `${place.name}.backoff`, UNIT_UNIFORM);
  const shared = {
    retry: retries.add(policy.retry, stream),
    index: place.counter,
    link: attempt.link!,
    handler: place.handler,
  };
  const again = program.add({ op: OP_RETRY, ...shared });
  const first = encodeAttempt({ ...draft, handler: again }, policy.breaker, context);
  program.leadTo(again, first);
  return program.add({ op: OP_FIRST_TRY, ...shared, next: first });
}

/** An attempt; with a breaker before it that hears how it ends. */
function encodeAttempt(
  attempt: Draft & { readonly handler: number },
  breaker: BreakerPlan | undefined,
  { program, breakers }: CallContext,
): number {
  if (breaker === undefined) return program.add(attempt);
  const { next, handler } = attempt;
  const link = attempt.link!;
  const watched = { link, breaker: breakers.find({ edge: link, breaker }) };
  const failed = program.reserve();
  program.set(failed, { op: OP_JUDGE, ...watched, next: handler, handler: failed });
  const answered = program.add({ op: OP_JUDGE, ...watched, next: next!, handler: failed });
  const call = program.add({ ...attempt, next: answered, handler: failed });
  return program.add({ op: OP_ADMIT, ...watched, next: call, handler });
}

/** Whether a caller waits as long as it takes, tries once and is never kept from it. */
export function isPatient({ timeout_s, propagates, retry, breaker }: CallPolicy): boolean {
  return timeout_s === 0 && !propagates && retry === null && breaker === undefined;
}
