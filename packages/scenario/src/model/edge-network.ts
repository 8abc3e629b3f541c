import type { Duration } from "./distribution-mapping.js";

/** What an edge does to messages besides delaying and losing them. */
export interface EdgeNetwork {
  /** Megabits per second in each direction, shared equally by the messages that are transferred at a time; by default without a limit. */
  readonly bandwidth_mbps?: number;
  /** Wait before a message that was lost is sent again [s], twice as long each time; by default it stays lost. */
  readonly retransmit_s?: number;
  /** How often it is sent again at most; default 15. */
  readonly max_retransmits?: number;
  readonly slow_start?: SlowStart;
}

/** A message that is larger than the initial window waits for acknowledgements while the window doubles. */
export interface SlowStart {
  /** [s]; by default a latency of the edge and one of its answers. */
  readonly round_trip_s?: Duration;
  /** Default 10. */
  readonly initial_window_segments?: number;
  /** Bytes of a segment; default 1460. */
  readonly mss_bytes?: number;
}

/** Sizes of a request and of its answer [kB]; by default nothing. */
export interface MessageSizes {
  readonly payload_kb?: Duration;
  readonly response_kb?: Duration;
}

/** The keys of sizes, for the places where they may stand beside others. */
export const SIZE_KEYS = ["payload_kb", "response_kb"] as const;
