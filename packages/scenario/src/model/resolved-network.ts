import type { Distribution } from "@loadstar/engine";

/** What an edge does to messages besides delaying and losing them; null for what does not take place. */
export interface ResolvedNetwork {
  readonly bandwidth_mbps: number | null;
  /** [s] */
  readonly retransmit_s: number | null;
  readonly max_retransmits: number;
  readonly slow_start: ResolvedSlowStart | null;
}

/** How the window grows; without a round trip [s], one is a latency of the edge and one of its answers. */
export interface ResolvedSlowStart {
  readonly round_trip_s: Distribution | null;
  readonly initial_window_segments: number;
  readonly mss_bytes: number;
}

/** Sizes of a request and of its answer [kB]; what has none is absent. */
export interface ResolvedSizes {
  readonly payload_kb?: Distribution;
  readonly response_kb?: Distribution;
}
