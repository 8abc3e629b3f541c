import type { Distribution } from "./random/distribution.js";

/**
 * What an edge does to messages besides delaying them. What is left out does not take place. Each direction is a link of its own: requests do
 * not slow answers down.
 */
export interface NetworkPlan {
  /** Megabits per second in each direction, shared equally by all messages that are transferred at a time; left out for no limit. */
  readonly bandwidth_mbps?: number;
  readonly retransmission?: RetransmissionPlan;
  readonly slow_start?: SlowStartPlan;
}

/** A message that is lost is sent again instead of failing. */
export interface RetransmissionPlan {
  /** The wait before the first retransmission [s]; every other one is twice as long as the one before, up to 120 s (RFC 6298). */
  readonly timeout_s: number;
  /** A message that is lost once more after these is lost, an integer >= 0. */
  readonly limit: number;
}

/**
 * A message of more than the initial window of segments waits for acknowledgements while the window doubles, until it is large enough for the
 * sender never to wait.
 */
export interface SlowStartPlan {
  /** Round trip [s], drawn for each message; left out for a latency of the edge and one of its answers. */
  readonly round_trip_s?: Distribution;
  /** An integer >= 1. */
  readonly initial_window_segments: number;
  /** Bytes of a segment, an integer >= 1. */
  readonly mss_bytes: number;
}

/** Sizes of a request and of its answer [kB], 1 kB being 1000 bytes, drawn for every attempt; nothing when left out. */
export interface MessageSizesPlan {
  readonly payload_kb?: Distribution;
  readonly response_kb?: Distribution;
}
