import type { Duration } from "./distribution-mapping.js";

/** What may be wrong with a component by chance; at a known time, too, but for the name of a spike of the network. */
export type EffectKind =
  | "server_down"
  | "crash"
  | "slow_down"
  | "error_spike"
  | "pool_exhaustion"
  | "gc_storm"
  | "brown_out"
  | "memory_leak"
  | "traffic_surge"
  | "network_spike"
  | "network_degraded"
  | "network_partition"
  | "cache_flush";

/** How bad it is; each kind has keys of its own. */
export interface EffectKeys {
  /** Added to the latency of every message sent meanwhile [s]; for spikes of the network and degraded edges. */
  readonly spike_s?: number | null;
  /** How many times as long steps take, for slow-downs and brown-outs, as many requests come, for surges, or as often pauses, for storms. */
  readonly factor?: number;
  /** How many times as long I/O steps take, for slow-downs and brown-outs; by default `factor`. */
  readonly io_factor?: number;
  /** How many times as long pauses are, for storms; default 1. */
  readonly length_factor?: number;
  /** Probability that a request fails, for error spikes and brown-outs, range (0, 1]. */
  readonly error_ratio?: number;
  /** How fast memory is lost, over time [MB/s] and with every request [MB]; for leaks. */
  readonly mb_per_s?: number;
  readonly mb_per_request?: number;
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
  /** A server, a replica, a replica set, a zone of it (`<id>@<zone>`) or of all servers (`@<zone>`); or an edge, a generator or a cache. */
  readonly target_id: string;
  readonly kind: EffectKind;
  /** From the start, and from each repair, to the next failure [s]. */
  readonly mtbf_s: Duration;
  /** From a failure to its repair [s]; left out for a flush of a cache, which is over at once. */
  readonly mttr_s?: Duration;
  /** Whether all servers of a set or a zone, or copies of an edge, fail together; default true. Otherwise each fails on its own. */
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
