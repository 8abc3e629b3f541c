import type { Plan } from "../plan.js";

/** A piece of a run's log: what happened when, to which request, where. One value of each column for each happening. */
export interface ReplayEvents {
  /** When [s]. Never decreases. */
  readonly t_s: Float64Array;
  /** Which request, call or branch, numbered from 0 in the order in which they begin; -1 for a disruption. */
  readonly requests: Int32Array;
  /** Which request waits for it or has started it, where `kinds` is a call or a fork; -1 elsewhere. */
  readonly callers: Int32Array;
  /** What, as positions in `REPLAY_KINDS`. */
  readonly kinds: Uint8Array;
  /** Where, as positions in `replayComponents(plan)`; -1 for what is cancelled, and ends so. */
  readonly components: Int32Array;
}

/**
 * What can happen, in the order of the constants of `Trace`. A request is `generated` by a generator; `sent` over an edge, and on its way
 * until the next thing happens to it, or `dropped` by it; it has `entered` a server and `left` it; it `waits_for_ram` until it has
 * `ram_reserved` and `waits_for_core` until `core_taken`, which come without a wait as well; `cpu_started` and `io_started` begin steps that
 * last until the next thing happens to it; `core_released` when it gives the core back; it is `completed` by a client, or `failed` by a
 * load balancer or server. A server or an edge is `disrupted` and has `recovered`. What is `called` is a request of its own on behalf of another, what is
`forked` a branch of another: both go on under a number of their own until they have `ended`, while the other `awaits` them, if it does, until it has
`resumed`. A request `waits_for_pool` until `pool_taken`, which comes without a wait as well, and gives back what it holds (`pool_released`). One that is
`refused` goes back with that answer, and has then `failed` or `ended`; one that a server has turned away is `rejected` instead of failed. A server that does
not let everybody in has `admitted` a request, which `waits_in_backlog` before that if it must; a request `waits_for_start` of a cold server, and `connects`
before it is sent over an edge, until the next thing happens to it. A breaker has `turned_away` what then fails without a call. Until the next thing
happens to it, a request `waits_for_fetch` of a key that another one fetches into a cache, `waits_for_limit` when a rate limit makes it wait its turn,
and `waits_for_row` that another transaction has locked.
A message is `forked` by who publishes it, who `waits_for_room` before that if it must. It `waits_for_consumer`, `awaits` the work that it calls, `backs_off`
when that has failed, and has `ended` when it is done with.
What is `hedged` is called though its caller waits for the same call already; who `falls_back` goes on to what takes the place of an answer that failed. At
a server with a concurrency limit a request has `begun` when it is one of those at work, and `waits_in_queue` before that if it must. A request
`waits_for_llm` until a language model begins with it, and has its answer some time after `llm_started`; where that streams, its branch has the
`first_token`, whereupon it has `resumed`, and goes on until it has `ended`.
A message that is lost and `retransmits` waits, still over its edge, until it is sent or dropped.
One that is `lost` in a crash of its server leaves that at once, as after a failure.
 */
export const REPLAY_KINDS = [
  "generated",
  "sent",
  "dropped",
  "entered",
  "failed",
  "waits_for_ram",
  "ram_reserved",
  "waits_for_core",
  "core_taken",
  "cpu_started",
  "core_released",
  "io_started",
  "left",
  "completed",
  "disrupted",
  "recovered",
  "called",
  "forked",
  "ended",
  "awaits",
  "resumed",
  "waits_for_pool",
  "pool_taken",
  "pool_released",
  "refused",
  "timed_out",
  "backs_off",
  "cancelled",
  "rejected",
  "waits_in_backlog",
  "admitted",
  "waits_for_start",
  "connects",
  "turned_away",
  "waits_for_fetch",
  "waits_for_limit",
  "hedged",
  "falls_back",
  "waits_in_queue",
  "begun",
  "waits_for_llm",
  "llm_started",
  "retransmits",
  "waits_for_row",
  "waits_for_consumer",
  "waits_for_room",
  "lost",
  "first_token",
] as const;

/** One of `REPLAY_KINDS`. */
export type ReplayKind = (typeof REPLAY_KINDS)[number];

/** Ids of all components of a plan: generators, clients, load balancers, servers, edges. */
export function replayComponents(plan: Plan): readonly string[] {
  const { generators, clients, load_balancers, servers, edges } = plan;
  return [generators, clients, load_balancers, servers, edges].flat().map(({ id }) => id);
}
