import type { Duration } from "./distribution-mapping.js";

/** What may be wrong with a component, at a known time and by chance alike. */
export type EffectKind =
  | "server_down"
  | "crash"
  | "slow_down"
  | "error_spike"
  | "pool_exhaustion"
  | "gc_storm"
  | "network_spike";

/** How bad it is; each kind has keys of its own. */
export interface EffectKeys {
  /** Added to the latency of every message sent meanwhile [s]; for spikes of the network and degraded edges. */
  readonly spike_s?: number | null;
  /** How many times as long steps take, for slow-downs, as many requests come, for surges, or as often pauses, for storms. */
  readonly factor?: number;
  /** How many times as long I/O steps take, for slow-downs; by default `factor`. */
  readonly io_factor?: number;
  /** How many times as long pauses are, for storms; default 1. */
  readonly length_factor?: number;
  /** Probability that a request fails, for error spikes, range (0, 1]. */
  readonly error_ratio?: number;
  /** Probability that a message is lost besides those that are always lost, and the share of the bandwidth that is left; for degraded edges. */
  readonly loss_ratio?: number;
  readonly bandwidth_ratio?: number;
  /** What a server, or a database, has fewer units of, for exhaustion: a semaphore, a lock, `thread_pool`, `<database>_pool`, `workers`. */
  readonly pool?: string;
  /** Units that are taken away, for exhaustion; by default all. */
  readonly units?: number;
}

/** Something that goes wrong by chance, again and again: failures and repairs in turn. */
export interface Fault extends EffectKeys {
  /** `<target_id>-<kind>` by default. */
  readonly fault_id?: string;
  /** A server, a replica, a replica set, a zone of it (`<id>@<zone>`), or an edge. */
  readonly target_id: string;
  readonly kind: EffectKind;
  /** From the start, and from each repair, to the next failure [s]. */
  readonly mtbf_s: Duration;
  /** From a failure to its repair [s]. */
  readonly mttr_s: Duration;
  /** Whether all servers of a set or a zone fail together; default true. Otherwise each fails on its own. */
  readonly correlated?: boolean;
}

/** Servers of a set that go down and come back, one wave after another. */
export interface Deploy {
  readonly deploy_id: string;
  /** A replica set, a zone of it (`<id>@<zone>`), or a server. */
  readonly target_id: string;
  /** `server_down`, the default, lets a server finish what it has; `crash` does not. */
  readonly kind?: "server_down" | "crash";
  readonly start_s: number;
  /** Servers that go down at once; default 1. */
  readonly wave?: number;
  /** How long each is down [s]. */
  readonly down_s: number;
  /** From when a wave is back to when the next goes down [s]; default 0. */
  readonly gap_s?: number;
}
