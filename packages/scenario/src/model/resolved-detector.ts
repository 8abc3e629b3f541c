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
