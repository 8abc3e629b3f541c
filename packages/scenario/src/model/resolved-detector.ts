import type { Distribution } from "@loadstar/engine";
import type { Detector, Injector } from "./detector.js";

/** A detector with every default explicit. */
export interface ResolvedDetector extends Required<Omit<Detector, "node" | "capacity">> {
  /** What it watches: one id, or the ids of the replicas that it means. */
  readonly nodes: readonly string[];
  /** Null for the backlogs and queues of its servers. */
  readonly capacity: number | null;
}

/** An injector with every default explicit. */
export interface ResolvedInjector extends Required<Omit<Injector, "capacity" | "latency_s">> {
  /** Null for the backlog and the queue of the server. */
  readonly capacity: number | null;
  /** [s] */
  readonly latency_s: Distribution;
}

/** A throttle with every default explicit, of one of two kinds. */
export type ResolvedThrottle =
  | { readonly detector: string; readonly degraded_delay_s: number; readonly collapsed_delay_s: number }
  | {
      /** What it goes by: one id, or the ids of the replicas that it means. */
      readonly nodes: readonly string[];
      /** Null for no limit. */
      readonly queue_above: number | null;
      /** [s]; null for no limit. */
      readonly latency_above_s: number | null;
      readonly window: number;
      readonly delay_s: number;
    };
