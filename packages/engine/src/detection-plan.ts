import type { Distribution } from "./random/distribution.js";

/** The queue of one server or of several together: what waits at them, for whatever it is, over a capacity. */
export interface BufferPlan {
  /** Ids of servers. */
  readonly servers: readonly string[];
  /** Requests, > 0. What waits may be more than that where nobody is turned away. */
  readonly capacity: number;
}

/**
 * Tells from a buffer and from latencies whether a system is STABLE, DEGRADED or COLLAPSED, at the multiples of `interval_s`. It is collapsed while the
 * 95th percentile of latency has grown by more than `latency_growth_ratio` within a window; and from when the fill is over `collapsed_ratio` while dQ/dt
 * is positive, until it is not over that any more. It is degraded otherwise where the fill is `degraded_ratio` or more. What a full server turned away counts in
 * dQ/dt: it would have made the queue longer.
 */
export interface DetectorPlan {
  readonly id: string;
  readonly buffer: BufferPlan;
  /** [s] */
  readonly interval_s: number;
  /** Intervals over which dQ/dt is taken, an integer >= 1. */
  readonly trend_intervals: number;
  /** Completions that a percentile is of, an integer >= 1; it is compared with that of as many before them. */
  readonly window: number;
  readonly degraded_ratio: number;
  readonly collapsed_ratio: number;
  readonly latency_growth_ratio: number;
  /** A collapse is laid to failures when this share of what left the servers in the trend's time had failed. */
  readonly failed_ratio: number;
}

/** What befalls requests at a server by chance, besides what its steps say. Ratios are probabilities. */
export interface InjectorPlan {
  /** Fails what arrives, with probability drop_ratio + pressure_drop_ratio x fill x fill, at most 1; the fill is that of the server's own queue. */
  readonly drop_ratio: number;
  readonly pressure_drop_ratio: number;
  /** See `BufferPlan`. */
  readonly capacity: number;
  /** Lets what begins its steps wait before them, without a core. */
  readonly latency_ratio: number;
  readonly latency_s: Distribution;
  /** Fails it then. */
  readonly error_ratio: number;
}

/**
 * Holds a generator back by the state of a detector, or by a load (backpressure). A user waits that much longer before each request; requests that come
 * without users come after a gap that is that much longer, so all later ones are that much later.
 */
export type ThrottlePlan = DetectorThrottlePlan | LoadThrottlePlan;

/** Goes by a detector that says that the system is not stable. */
export interface DetectorThrottlePlan {
  /** Id of the detector. */
  readonly detector: string;
  /** [s] */
  readonly degraded_delay_s: number;
  /** [s] */
  readonly collapsed_delay_s: number;
}

/** Goes by what is at some servers at the moment of each request: there is a delay while one of the limits is passed. */
export interface LoadThrottlePlan {
  /** Ids of servers. */
  readonly servers: readonly string[];
  /** More requests than these wait at them, for whatever it is; Infinity for no limit. */
  readonly queue_above: number;
  /** The 95th percentile of the last `window` times at them, of requests that did not fail, is longer [s]; Infinity for no limit. */
  readonly latency_above_s: number;
  /** An integer >= 1. */
  readonly window: number;
  /** [s] */
  readonly delay_s: number;
}
