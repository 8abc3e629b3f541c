import type { Scheduling } from "@loadstar/engine";
import type { Duration } from "./distribution-mapping.js";

/** The keys of a server that say how its CPU is shared, beside those of its resources. */
export interface ServerCpu {
  /** Who gets a core first; default `fifo`. */
  readonly scheduling?: Scheduling;
  readonly pauses?: Pauses;
  readonly background?: readonly Background[];
}

/** The resources of a server that say how its CPU is shared. */
export interface CpuResources {
  /** Worker processes with an event loop each, that share the cores. */
  readonly event_loops?: number;
  /** How event loops get new requests; default `shared`. */
  readonly accept?: "shared" | "kernel";
  /** Threads, one of which a request holds from its begin to its end. */
  readonly threads?: number;
  readonly cpu_quota?: CpuQuota;
}

/** CPU time for all cores together: `cores` x `period_s` in each period; default 0.1 [s]. */
export interface CpuQuota {
  readonly cores: number;
  readonly period_s?: number;
}

/** Stops of all cores, or of each event loop by itself. */
export interface Pauses {
  /** What stops them; only garbage collection is known. */
  readonly kind?: "gc";
  /** From the end of a pause to the next [s]. */
  readonly every_s: Duration;
  /** [s] */
  readonly length_s: Duration;
}

/** CPU work of the server's own. */
export interface Background {
  readonly name: string;
  /** From begin to begin [s]. */
  readonly every_s: Duration;
  /** [s] */
  readonly cpu_s: Duration;
}
