import type { Distribution } from "./random/distribution.js";

/**
 * What happens to a component while something is wrong with it.
 *
 * A server with `server_down` takes nothing new and finishes what it has. One with `crash` loses what it has as well: all that is in it, or
 * waits in it, fails at that moment, and its callers hear of it; a server that has to start is cold afterwards. A server is up again when the last of
 * its outages has ended. With `slow_down` CPU steps take `factor` times as long and I/O steps `io_factor` times, what is left of those that run included;
 * a language model takes `factor` times as long for each token, the first and the others; factors multiply. With `error_spike` a request fails with probability `error_ratio` when its work would begin; of several spikes each has its
 * chance. With `gc_storm` a server that
 * pauses does so `factor` times as often, the time to the next pause included, and `length_factor` times as long. `pool_exhaustion` takes units of a pool away: those that are free at once, others when they are given back. `network_spike` adds `spike_s`
 * to the latency of every message sent meanwhile; several add up. While an edge is degraded, `loss_ratio` of its messages are lost besides those that
 * are always lost, and `bandwidth_ratio` of its bandwidth is there, also for transfers that have begun; what overlaps multiplies. Over a
 * partitioned edge all messages are lost. What is on its way arrives. A `memory_leak` takes memory of a server that is free, evenly over time and with every
 * request that has begun its work, which gives back that much less of its own; all of it comes back at the end, and when the server has been down: it is another process then.
 * A server with the id of a cache that has a `crash` empties that.
 */
export type EffectPlan =
  | { readonly kind: "server_down"; readonly target: string }
  | { readonly kind: "crash"; readonly target: string }
  | {
      readonly kind: "slow_down";
      readonly target: string;
      readonly factor: number;
      /** Of I/O steps; by default `factor`. */
      readonly io_factor?: number;
    }
  | { readonly kind: "error_spike"; readonly target: string; readonly error_ratio: number }
  | {
      readonly kind: "gc_storm";
      readonly target: string;
      readonly factor: number;
      /** Of pauses that begin meanwhile; 1 by default. */
      readonly length_factor?: number;
    }
  | {
      readonly kind: "pool_exhaustion";
      readonly target: string;
      readonly pool: string;
      /** Units that are taken away; Infinity for all. */
      readonly units: number;
    }
  | { readonly kind: "network_spike"; readonly target: string; readonly spike_s: number }
  | {
      readonly kind: "network_degraded";
      readonly target: string;
      /** Range [0, 1]. */
      readonly loss_ratio: number;
      /** Range (0, 1]. */
      readonly bandwidth_ratio: number;
      readonly spike_s: number;
    }
  | { readonly kind: "network_partition"; readonly target: string }
  | {
      readonly kind: "memory_leak";
      readonly target: string;
      /** [MB/s] */
      readonly mb_per_s: number;
      readonly mb_per_request: number;
    };

/** What may go wrong by chance besides: a generator sends `factor` times as much, and a cache loses all that it holds, which is over at once. */
export type FaultEffectPlan =
  | EffectPlan
  | { readonly kind: "traffic_surge"; readonly target: string; readonly factor: number }
  | { readonly kind: "cache_flush"; readonly target: string };

/** Something that is wrong in [start_s, end_s), at a known time. */
export type DisruptionPlan = EffectPlan & { readonly start_s: number; readonly end_s: number };

/**
 * Something that goes wrong by chance, again and again: after a drawn time everything in `effects` begins at once, after another drawn time it
 * ends, and so on (an alternating renewal process that begins at 0 with nothing wrong).
 */
export interface FaultPlan {
  /** Names its random streams; unique among faults. */
  readonly id: string;
  readonly time_to_failure_s: Distribution;
  /** A repair that takes no time is no failure. Left out where all effects are over at once. */
  readonly time_to_repair_s?: Distribution;
  readonly effects: readonly FaultEffectPlan[];
}
