import { OP_FIRST_TRY, OP_RETRY } from "../kernel/instruction.js";
import type { CallPolicy } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import type { Draft, Program } from "./program.js";
import type { RetrySet } from "./retry-set.js";
import type { StreamSet } from "./stream-set.js";

/** Uniform on [0, 1). */
export const UNIT_UNIFORM: Distribution = { kind: "uniform", min: 0, max: 1 };

/** What calls are encoded into. */
export interface CallContext {
  readonly program: Program;
  readonly streams: StreamSet;
  readonly retries: RetrySet;
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
  if (policy.retry === null) return program.add({ ...draft, handler: place.handler });
  const stream = streams.add(place.component, `${place.name}.backoff`, UNIT_UNIFORM);
  const shared = {
    retry: retries.add(policy.retry, stream),
    index: place.counter,
    link: attempt.link!,
    handler: place.handler,
  };
  const again = program.add({ op: OP_RETRY, ...shared });
  const first = program.add({ ...draft, handler: again });
  program.leadTo(again, first);
  return program.add({ op: OP_FIRST_TRY, ...shared, next: first });
}

/** Whether a caller waits as long as it takes and tries once. */
export function isPatient({ timeout_s, propagates, retry }: CallPolicy): boolean {
  return timeout_s === 0 && !propagates && retry === null;
}
