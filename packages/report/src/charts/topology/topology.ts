/** A part of the simulated system. */
export interface TopologyNode {
  readonly id: string;
  /** Such as `server` or `load balancer`; any other word too. */
  readonly kind: string;
  /** What is to be known about it, in few words. */
  readonly detail: string;
  /** How many of it there are, at most. */
  readonly replicas: number;
  /** An autoscaler lets at least so many of them run; left out where all do. */
  readonly fewest_replicas?: number | undefined;
}

/** A way that messages take. */
export interface TopologyLink {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Whether the source waits for the answer, which comes back the same way. */
  readonly is_call: boolean;
}
