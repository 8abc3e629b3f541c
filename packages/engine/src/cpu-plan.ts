import type { Distribution } from "./random/distribution.js";

/** How the cores of a server are shared, and what stops them. */
export interface CpuPlan {
  /**
   * Who gets a core first. `fifo`: who asked first. `lifo`: who asked last. `priority`: the lowest priority number, equal ones in turn;
   * `priority_preemptive`: the same, and a request that is less urgent gives its core up in the middle of a step. `shortest_job_first`: the
   * shortest CPU step; `shortest_remaining_time`: the CPU step with the least work left, and one with more left gives its core up.
   * `processor_sharing`: all at once, at equal speeds, nobody faster than one core.
   */
  readonly scheduling: Scheduling;
  /** Worker processes of one thread each, that share the cores; null for none. Only with `fifo`. */
  readonly event_loops: EventLoopsPlan | null;
  /** A request holds one of so many threads from before its memory is reserved until it leaves; 0 for no limit. */
  readonly threads: number;
  /** CPU time in each period: when all cores together have used it up, they stop until the next period begins; null for no limit. */
  readonly quota: QuotaPlan | null;
  /** What stops each event loop, or all cores at once where there are no loops; null for nothing. */
  readonly pauses: PausesPlan | null;
  /** Work of the server's own. */
  readonly background: readonly BackgroundPlan[];
}

export type Scheduling =
  | "fifo"
  | "lifo"
  | "priority"
  | "priority_preemptive"
  | "shortest_job_first"
  | "shortest_remaining_time"
  | "processor_sharing";

/**
 * Event loops. A request stays on its loop for all its CPU steps, and so do its branches. `shared`: it waits in one queue until a loop that is
 * idle, or turns to it before what came later, accepts it at its first CPU step. `kernel`: a loop is chosen by chance, as the
 * kernel does between sockets that share a port.
 */
export interface EventLoopsPlan {
  readonly count: number;
  readonly accept: "shared" | "kernel";
}

/** `cores` x `period_s` of CPU time in each period that begins at a multiple of `period_s`. */
export interface QuotaPlan {
  readonly cores: number;
  readonly period_s: number;
}

/** From the end of a pause to the next it takes `every_s`. */
export interface PausesPlan {
  readonly every_s: Distribution;
  readonly length_s: Distribution;
}

/** A CPU step that begins again and again, `every_s` from begin to begin, whether the one before it is over or not. It waits for a core like others. */
export interface BackgroundPlan {
  /** Unique within its server. */
  readonly name: string;
  readonly every_s: Distribution;
  readonly cpu_s: Distribution;
}
