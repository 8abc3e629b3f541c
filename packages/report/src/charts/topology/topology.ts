/** A part of the simulated system. */
export interface TopologyNode {
  readonly id: string;
  /** Such as `server` or `load balancer`; any other word too. */
  readonly kind: string;
  /** What is to be known about it, in few words. */
  readonly detail: string;
  /** How many of it there are. */
  readonly replicas: number;
}

/** A way that messages take. */
export interface TopologyLink {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Whether the source waits for the answer, which comes back the same way. */
  readonly is_call: boolean;
}
