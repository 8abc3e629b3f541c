import { OP_ADMIT, OP_JUDGE } from "../kernel/operations/guards.js";
import { OP_FORGET, OP_QUEUE_UP } from "../kernel/operations/policies.js";
import { NEVER } from "../kernel/pending-events.js";
import { OP_RETRY } from "../kernel/operations/calls.js";
import { OP_FIRST_TRY } from "../kernel/operations/deciding.js";
import type { BulkheadPlan } from "../bulkhead-plan.js";
import type { CallPolicy } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { bulkheadKey } from "../measures/placed-bulkheads.js";
import type { BreakerSet } from "./breaker-set.js";
import { encodeHeld } from "./encode-held.js";
import type { HedgeSet } from "./hedge-set.js";
import type { Draft, Program } from "./program.js";
import type { RetrySet } from "./retry-set.js";
import type { SizeSet } from "./size-set.js";
import type { StreamSet } from "./stream-set.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

/** What calls are encoded into. */
export interface CallContext {
  readonly program: Program;
  readonly streams: StreamSet;
  readonly retries: RetrySet;
  readonly breakers: BreakerSet;
  readonly sizes: SizeSet;
  readonly hedges: HedgeSet;
  readonly bulkheads: ReadonlyMap<string, number>;
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

/** An attempt that knows where it leads. */
type Attempt = Draft & { readonly next: number; readonly handler: number };

/** Encodes an attempt and what is done when it fails; gives where that begins. */
export function encodeCall(
  attempt: Draft & { readonly next: number },
  policy: CallPolicy,
  place: CallPlace,
  context: CallContext,
): number {
  const { program, streams, retries, hedges } = context;
  const { timeout_s, cancels, propagates } = policy;
  const hedge = policy.hedge === undefined ? {} : { hedge: hedges.add(policy.hedge) };
  const draft = { ...attempt, amount: timeout_s, cancels, propagates, ...hedge };
  if (policy.retry === null) return encodeAttempt({ ...draft, handler: place.handler }, policy, place, context);
  const stream = streams.add(place.component, `${place.name}.backoff`, UNIT_UNIFORM);
  const shared = {
    retry: retries.add(policy.retry, stream),
    index: place.counter,
    link: attempt.link!,
    handler: place.handler,
  };
  const again = program.add({ op: OP_RETRY, ...shared });
  const first = encodeAttempt({ ...draft, handler: again }, policy, place, context);
  program.leadTo(again, first);
  return program.add({ op: OP_FIRST_TRY, ...shared, next: first });
}

/** An attempt; with a breaker before it that hears how it ends. */
function encodeAttempt(
  attempt: Attempt,
  { breaker, bulkhead }: CallPolicy,
  place: CallPlace,
  context: CallContext,
): number {
  const { program, breakers } = context;
  const { next, handler } = attempt;
  if (breaker === undefined) return encodePlace(attempt, bulkhead, { place, unsent: handler }, context);
  const link = attempt.link!;
  const watched = { link, breaker: breakers.find({ edge: link, breaker }) };
  const failed = program.addExit({ op: OP_JUDGE, ...watched, next: handler });
  const answered = program.add({ op: OP_JUDGE, ...watched, next, handler: failed });
  const unsent = bulkhead === undefined ? handler : program.addExit({ op: OP_FORGET, ...watched, next: handler });
  const call = encodePlace({ ...attempt, next: answered, handler: failed }, bulkhead, { place, unsent }, context);
  return program.add({ op: OP_ADMIT, ...watched, next: call, handler });
}

/** An attempt; with a bulkhead, in a place of that. One that gets none goes on where attempts go that were not sent. */
function encodePlace(
  attempt: Attempt,
  bulkhead: BulkheadPlan | undefined,
  { place, unsent }: { readonly place: CallPlace; readonly unsent: number },
  { program, streams, bulkheads }: CallContext,
): number {
  if (bulkhead === undefined) return program.add(attempt);
  const link = attempt.link!;
  const pool = bulkheads.get(bulkheadKey(link, bulkhead))!;
  const longest_s: Distribution = { kind: "constant", value: Math.min(bulkhead.max_wait_s, NEVER) };
  const stream = streams.add(place.component, `${place.name}.bulkhead`, longest_s);
  const server = attempt.server === undefined ? {} : { server: attempt.server };
  const wait = encodeHeld(
    { ...server, pool, stream },
    { next: attempt.next, handler: attempt.handler, without: unsent },
    (ways) => program.add({ ...attempt, ...ways }),
    program,
  );
  const index = Math.min(bulkhead.queue, LARGEST_INTEGER);
  return program.add({ op: OP_QUEUE_UP, link, pool, index, next: wait, handler: unsent });
}

/** The largest that an operand can be that is one. */
const LARGEST_INTEGER = 2_147_483_647;

/** Whether a caller waits as long as it takes, tries once and is never kept from it. */
export function isPatient({ timeout_s, propagates, retry, breaker, hedge, bulkhead }: CallPolicy): boolean {
  const tries = timeout_s === 0 && !propagates && retry === null && hedge === undefined;
  return tries && breaker === undefined && bulkhead === undefined;
}
