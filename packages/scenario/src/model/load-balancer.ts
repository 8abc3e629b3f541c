/** Spreads requests over its edges, which lead to servers or other load balancers. Keys that its algorithm does not know have no effect. */
export interface LoadBalancer {
  readonly id: string;
  readonly type?: "load_balancer";
  /** `algorithm` and `algorithms` are two names of one thing; give one of them. */
  readonly algorithm?: LoadBalancingAlgorithm;
  readonly algorithms?: LoadBalancingAlgorithm;
  /** Ids of servers or load balancers that must have an edge from this one; `targets` and `server_covered` are two names of one thing. */
  readonly targets?: readonly string[];
  readonly server_covered?: readonly string[];
  /** Candidates of `power_of_two` and `peak_ewma`; default 2. */
  readonly choices?: number;
  /** How fast `peak_ewma` forgets [s]; default 10. */
  readonly decay_s?: number;
  /** Bound of `consistent_hash`: times the mean load; default 1.25. */
  readonly load_factor?: number;
  /** Places on the ring of each member of `consistent_hash`; default 100. */
  readonly virtual_nodes?: number;
  /** What `consistent_hash` hashes. */
  readonly keys?: KeyMapping;
  /** Where it stands, for `locality`, its own or that of the load balancer before it. */
  readonly zone?: string;
  /** A server that comes back gets a share that grows linearly for this long [s]; default 0. */
  readonly slow_start_s?: number;
  /** How old the numbers of outstanding requests can be that it sees [s]; default 0. */
  readonly signal_refresh_s?: number;
  readonly health_check?: HealthCheck;
  readonly outlier_ejection?: OutlierEjection;
}

/** How a load balancer chooses. `least_connection` is AsyncFlow's name of `least_outstanding`. */
export type LoadBalancingAlgorithm = (typeof LOAD_BALANCING_ALGORITHMS)[number];

/** All algorithms of load balancers. */
export const LOAD_BALANCING_ALGORITHMS = [
  "round_robin",
  "least_connection",
  "least_outstanding",
  "weighted",
  "random",
  "weighted_random",
  "power_of_two",
  "peak_ewma",
  "consistent_hash",
  "locality",
] as const;

/** The keys of requests: how many there are and how they share the requests. */
export interface KeyMapping {
  readonly count: number;
  /** `uniform` by default; of `zipf` the k-th key gets a share in proportion to k^-exponent. */
  readonly popularity?: { readonly distribution: "uniform" | "zipf"; readonly exponent?: number };
}

/** Probes that find out which servers are down. */
export interface HealthCheck {
  /** Time between two probes [s]. */
  readonly interval_s: number;
  /** Failed probes in a row after which a server gets no more requests; default 3. */
  readonly eject_after?: number;
  /** Successful probes in a row after which it gets requests again; default 2. */
  readonly return_after?: number;
}

/** When failed requests put a server out for a while. */
export interface OutlierEjection {
  /** Failed requests in a row; default 5. */
  readonly consecutive_errors?: number;
  /** How long the first time [s]; k times as long the k-th time in a row; default 30. */
  readonly base_ejection_s?: number;
  /** Share of the servers that can be out at a time, range (0, 1]; default 0.5. */
  readonly max_ejected_ratio?: number;
}
