import type { Duration } from "./distribution-mapping.js";

/** Tells from a server's queue and latencies whether it is stable, degraded or collapsed. */
export interface Detector {
  readonly id: string;
  /** Id of a server, a replica set, the replicas in a zone (`<id>@<zone>`) or a database. */
  readonly node: string;
  /** Waiting requests that are a full queue; by default the backlogs and queues of its servers. */
  readonly capacity?: number;
  /** Between two looks [s]; default 0.1. */
  readonly interval_s?: number;
  /** Over which dQ/dt is taken [s]; by default five intervals. */
  readonly trend_s?: number;
  /** Completions that a 95th percentile is of; default 50. */
  readonly window?: number;
  /** Fill from which it is degraded; default 0.4. */
  readonly degraded_ratio?: number;
  /** Fill over which it is collapsed while dQ/dt is positive; default 0.85. */
  readonly collapsed_ratio?: number;
  /** It is collapsed while the percentile has grown by more than this within a window; default 1. */
  readonly latency_growth_ratio?: number;
  /** Share of failures among what ended to which a collapse is laid; default 0.5. */
  readonly failed_ratio?: number;
}

/** Holds a generator back: by the state of a detector, or by the load of a node. */
export interface Throttle {
  /** Id of the detector; this or `node`. */
  readonly detector?: string;
  /** Wait before each request [s]; default 0.02. */
  readonly degraded_delay_s?: number;
  /** [s]; default 0.1. */
  readonly collapsed_delay_s?: number;
  /** Id of a server, a replica set, the replicas in a zone (`<id>@<zone>`) or a database. */
  readonly node?: string;
  /** While more requests than these wait at the node. */
  readonly queue_above?: number;
  /** While the 95th percentile of the last times at the node is longer [s]. */
  readonly latency_above_s?: number;
  /** Requests that the percentile is of; default 50. */
  readonly window?: number;
  /** Wait before each request meanwhile [s]; default 0.1. */
  readonly delay_s?: number;
}

/** What befalls requests at a server by chance. Ratios are probabilities, default 0. */
export interface Injector {
  /** Fails a request on arrival. */
  readonly drop_ratio?: number;
  /** Added to that, times the square of the fill of the server's queue. */
  readonly pressure_drop_ratio?: number;
  /** Waiting requests that are a full queue; by default the backlog and the queue. */
  readonly capacity?: number;
  /** Makes a request wait before its steps, for `latency_s`. */
  readonly latency_ratio?: number;
  /** [s] */
  readonly latency_s?: Duration;
  /** Fails a request before its steps, after that wait. */
  readonly error_ratio?: number;
}

/** Id of the detector of the key `detector`, which need not give one. */
export const DETECTOR_ID = "detector";

/** Intervals over which dQ/dt is taken where the file does not say. */
export const TREND_INTERVALS = 5;
