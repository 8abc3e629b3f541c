/** A part of the simulated system. */
export interface TopologyNode {
  readonly id: string;
  /** Such as `server` or `load balancer`; any other word too. */
  readonly kind: string;
  /** What is to be known about it, in few words. */
  readonly detail: string;
  /** How many of it there are, at most. */
  readonly replicas: number;
  /** How many there are at least, where their number changes. */
  readonly fewest_replicas?: number;
}

/** A way that messages take. */
export interface TopologyLink {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Whether the source waits for the answer, which comes back the same way. */
  readonly is_call: boolean;
}

/** The number of a node as it stands behind its name; empty for one that there is once. */
export function numberOf({ replicas, fewest_replicas = replicas }: TopologyNode): string {
  if (replicas <= 1) return "";
  return fewest_replicas < replicas ? ` ×${fewest_replicas}–${replicas}` : ` ×${replicas}`;
}
