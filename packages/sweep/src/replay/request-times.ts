import { REPLAY_KINDS, type ReplayKind } from "@loadstar/engine";

/** Where a request's time goes. */
export const PHASES = [
  "network",
  "ram_wait",
  "cpu_wait",
  "cpu",
  "io",
  "pool_wait",
  "entrance_wait",
  "row_wait",
  "fetch_wait",
  "llm_wait",
  "llm",
  "unanswered",
  "backoff",
] as const;
export type Phase = (typeof PHASES)[number];

/** How a request ended; `in_flight` if the run was over before. */
export type RequestEnd = "completed" | "dropped" | "failed" | "rejected" | "in_flight";

/**
 * One request of a replay, and where its time went along the critical path: while it waits for others, its time is that of the one whose
 * end it waits for. The parts add up to `latency_s` but for rounding.
 */
export interface RequestTimes {
  /** Its number in the log. */
  readonly request: number;
  readonly generated_s: number;
  readonly ended_s: number;
  readonly ended: RequestEnd;
  /** From its generation to its end; to the end of the run for one in flight. */
  readonly latency_s: number;
  readonly network_s: number;
  readonly ram_wait_s: number;
  readonly cpu_wait_s: number;
  readonly cpu_s: number;
  readonly io_s: number;
  /** Waits for units of pools. */
  readonly pool_wait_s: number;
  /** Waits in backlogs and in queues before servers, for cold ones, for the turn that a rate limit gives, and for room in a topic. */
  readonly entrance_wait_s: number;
  /** Waits for rows that other transactions have locked. */
  readonly row_wait_s: number;
  /** Waits for what another request fetches into a cache. */
  readonly fetch_wait_s: number;
  /** Waits until a language model begins, and what that takes. */
  readonly llm_wait_s: number;
  readonly llm_s: number;
  /** Waits for answers that did not come: it gave up, or the run was over before. */
  readonly unanswered_s: number;
  /** Waits before it tried again. */
  readonly backoff_s: number;
}

const PHASE_AFTER: Partial<Record<ReplayKind, Phase>> = {
  sent: "network",
  connects: "network",
  retransmits: "network",
  waits_for_ram: "ram_wait",
  waits_for_core: "cpu_wait",
  cpu_started: "cpu",
  io_started: "io",
  waits_for_pool: "pool_wait",
  waits_in_backlog: "entrance_wait",
  waits_for_start: "entrance_wait",
  waits_in_queue: "entrance_wait",
  waits_for_limit: "entrance_wait",
  waits_for_room: "entrance_wait",
  waits_for_row: "row_wait",
  waits_for_fetch: "fetch_wait",
  waits_for_llm: "llm_wait",
  llm_started: "llm",
  first_token: "llm",
  awaits: "unanswered",
  backs_off: "backoff",
};

/** The phase that begins with each of `REPLAY_KINDS`, as a position in `PHASES`; -1 where the next thing happens at once. */
export const PHASE_AFTER_KIND: Int8Array = Int8Array.from(REPLAY_KINDS, (kind) => {
  const phase = PHASE_AFTER[kind];
  return phase === undefined ? -1 : PHASES.indexOf(phase);
});
