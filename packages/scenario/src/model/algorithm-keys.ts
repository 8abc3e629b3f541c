import type { LoadBalancingAlgorithm } from "./load-balancer.js";

/** Keys of a load balancer that some algorithms do not know. */
export type AlgorithmKey = "choices" | "decay_s" | "load_factor" | "virtual_nodes" | "keys" | "signal_refresh_s";

/** The algorithms that each of these keys has an effect on. */
export const ALGORITHMS_OF_KEY: Readonly<Record<AlgorithmKey, readonly LoadBalancingAlgorithm[]>> = {
  choices: ["power_of_two", "peak_ewma"],
  decay_s: ["peak_ewma"],
  load_factor: ["consistent_hash"],
  virtual_nodes: ["consistent_hash"],
  keys: ["consistent_hash"],
  signal_refresh_s: ["least_connection", "least_outstanding", "power_of_two", "peak_ewma"],
};

/** Algorithms that look at the weights of edges. */
export const WEIGHING_ALGORITHMS: readonly LoadBalancingAlgorithm[] = ["weighted", "weighted_random"];
