import { REPLAY_KINDS, type ReplayKind } from "@loadstar/engine";

/** Where a request's time goes. */
export const PHASES = ["network", "ram_wait", "cpu_wait", "cpu", "io"] as const;
export type Phase = (typeof PHASES)[number];

/** How a request ended; `in_flight` if the run was over before. */
export type RequestEnd = "completed" | "dropped" | "failed" | "rejected" | "in_flight";

/** One request of a replay, and where its time went: the five parts add up to `latency_s` but for rounding. */
export interface RequestTimes {
  /** In the order of arrival, from 0. */
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
}

const PHASE_AFTER: Partial<Record<ReplayKind, Phase>> = {
  sent: "network",
  waits_for_ram: "ram_wait",
  waits_for_core: "cpu_wait",
  cpu_started: "cpu",
  io_started: "io",
};

/** The phase that begins with each of `REPLAY_KINDS`, as a position in `PHASES`; -1 where the next thing happens at once. */
export const PHASE_AFTER_KIND: Int8Array = Int8Array.from(REPLAY_KINDS, (kind) => {
  const phase = PHASE_AFTER[kind];
  return phase === undefined ? -1 : PHASES.indexOf(phase);
});
