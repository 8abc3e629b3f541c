import type { Autoscaler } from "./autoscaler.js";
import type { PolicyKeys } from "./call-policy.js";
import type { Broker, Consumption } from "./broker.js";
import type { Cache } from "./cache.js";
import type { Llm } from "./llm.js";
import type { Database } from "./database.js";
import type { Crowding } from "./crowding.js";
import type { Pool } from "./pool.js";
import type { Entrance } from "./protection.js";
import type { Deploy, EffectKeys, Fault, EffectKind } from "./fault.js";
import type { Detector, Injector } from "./detector.js";
import type { Dialect } from "./dialect.js";
import type { EdgeNetwork } from "./edge-network.js";
import type { Duration } from "./distribution-mapping.js";
import type { LoadBalancer, LoadBalancingAlgorithm } from "./load-balancer.js";
import type { Objective } from "./objective.js";
import type { RqsInput } from "./rqs-input.js";
import type { CpuResources, ServerCpu } from "./server-cpu.js";
import type { Step } from "./step.js";

/**
 * A scenario as the file says it: optional keys are optional, both spellings are possible. It has passed every check;
 * `resolve` fills in the defaults and `compile` makes a plan of it.
 */
export interface Scenario {
  readonly name?: string;
  readonly dialect?: Dialect;
  /** The generator of requests, or several. */
  readonly rqs_input: RqsInput | readonly RqsInput[];
  readonly topology_graph: TopologyGraph;
  readonly sim_settings: SimulationSettings;
  readonly events?: readonly ScenarioEvent[] | null;
  /** What tells whether the system is stable; its id is `detector` by default. */
  readonly detector?: Omit<Detector, "id"> & { readonly id?: string };
  /** More of them, or all. */
  readonly detectors?: readonly Detector[];
  /** What goes wrong by chance. */
  readonly faults?: readonly Fault[];
  /** Servers that go down and come back, one wave after another. */
  readonly deploys?: readonly Deploy[];
  /** Keys that servers share: what a server takes over and does not state itself. */
  readonly templates?: Readonly<Record<string, ServerTemplate>>;
  /** What is demanded of the metrics, for a sweep that demands nothing itself. */
  readonly objectives?: readonly Objective[];
}

/** The system. Ids are unique over its nodes, its edges and the generators. */
export interface TopologyGraph {
  readonly nodes: Nodes;
  readonly edges: readonly Edge[];
}

/** What the edges connect, besides the generators. `client` and `clients` may stand side by side; one is needed. */
export interface Nodes {
  readonly client?: Client;
  readonly clients?: readonly Client[];
  readonly load_balancer?: LoadBalancer | null;
  /** More load balancers, or all of them. */
  readonly load_balancers?: readonly LoadBalancer[];
  readonly servers: readonly Server[];
  readonly databases?: readonly Database[];
  readonly caches?: readonly Cache[];
  readonly llms?: readonly Llm[];
  readonly brokers?: readonly Broker[];
  readonly externals?: readonly External[];
}

/** Where requests enter the system and are complete when they come back. */
export interface Client {
  readonly id: string;
  readonly type?: "client";
}

/** An event-loop server, or a set of equal ones. */
export interface Server extends ServerCpu, Entrance {
  readonly id: string;
  readonly type?: "server";
  /** Name of a template. */
  readonly template?: string;
  /** Number of equal servers, with the ids `<id>-1` and so on; without it the server is a single one. */
  readonly replicas?: number;
  /** How requests to the set are spread over it where no load balancer of the file does; default `round_robin`. */
  readonly balancing?: LoadBalancingAlgorithm;
  /** How many of the replicas run; by default all. */
  readonly autoscaler?: Autoscaler;
  /** The zones that the replicas stand in, in turn; one zone for a single server. */
  readonly zones?: readonly string[];
  readonly server_resources?: ServerResources;
  /** What a server costs that is not always running; by default it is. */
  readonly cold_start?: ColdStart;
  /** How its requests get in each other's way; by default they do not. */
  readonly crowding?: Crowding;
  /** By name, which steps `semaphore` hold. */
  readonly semaphores?: Readonly<Record<string, number | Pool>>;
  /** Topics whose messages become requests; a set shares them. */
  readonly consumes?: readonly Consumption[];
  /** Faults that befall its requests by chance. */
  readonly injector?: Injector;
  readonly endpoints: readonly Endpoint[];
}

/** The keys of a server that a template may give. */
export type ServerTemplate = Partial<Omit<Server, "id" | "template">>;

/** A service of somebody else's, of which only the behaviour is known: it has no limits and answers every call. */
export interface External {
  readonly id: string;
  /** From call to answer, without the way [s]. */
  readonly response_s: Duration;
  /** Probability that the answer is an error, range [0, 1]; default 0. */
  readonly error_ratio?: number;
}

/** What the requests on a server share: cores, default 1, memory [MB], default 1024, and threads, default 4. */
export interface ServerResources extends CpuResources {
  readonly cpu_cores?: number;
  readonly ram_mb?: number;
  /** Threads for steps `offload`. */
  readonly thread_pool?: number | Pool;
  /** Requests that are let in at once; by default all. */
  readonly max_connections?: number;
  /** Requests that wait to be let in, default 511; who finds it full is rejected. */
  readonly backlog?: number;
  /** Memory of each request that is let in, beside what its endpoint needs [MB]; default 0. */
  readonly ram_per_connection_mb?: number;
  /** Read for AsyncFlow's sake; has no effect. */
  readonly db_connection_pool?: number | null;
}

/** `weight` and `probability` are two names of one thing; give one of them. What it says of requests holds for its own, before the server's. */
export interface Endpoint extends Entrance {
  readonly endpoint_name: string;
  readonly weight?: number;
  readonly probability?: number;
  readonly steps: readonly Step[];
}

/** A server that is cold at the beginning, and again when it had no request for a while: the next one waits until it has started. */
export interface ColdStart {
  /** [s] */
  readonly start_s: Duration;
  /** Time without a request after which it is cold [s]; default 300. */
  readonly idle_s?: number;
}

/** The connections of an edge. A message that finds none idle pays the round trips of a new one first. */
export interface Connection {
  /** Round trips for a connection, default 1, and for its encryption, default 1. */
  readonly tcp_round_trips?: number;
  readonly tls_round_trips?: number;
  /** An idle connection is closed after this time [s]; default 60. */
  readonly keep_alive_s?: number;
  /** Idle connections that are kept; default 100. */
  readonly max_idle?: number;
  /** Memory that each connection takes at the server that it leaves, idle or not [MB]; default 0. */
  readonly ram_per_connection_mb?: number;
}

/**
 * A directed link. A generator and a client have one edge that leaves them, a server has at most one besides those that
 * its steps call over.
 */
export interface Edge extends PolicyKeys, EdgeNetwork {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** A number of seconds, 0 included, or a distribution [s]. */
  readonly latency: Duration;
  /** Time of an answer on the way back [s]; by default as `latency`. */
  readonly response_latency?: Duration;
  /** Probability that a message is lost; default 0.01, as in AsyncFlow. */
  readonly dropout_rate?: number;
  /** Another name of `dropout_rate`; give one of them. */
  readonly loss_ratio?: number;
  /** Share of the requests of a load balancer whose algorithm is `weighted` or `weighted_random`; default 1. */
  readonly weight?: number;
  /** By default messages need no connection. */
  readonly connection?: Connection;
  readonly edge_type?: "network_connection";
  /** Read for AsyncFlow's sake; only 1 is possible. */
  readonly probability?: 1;
}

/** How long to simulate, what to count, and when to give up. */
export interface SimulationSettings {
  /** Length of the run [s]; default 3600. */
  readonly total_simulation_time?: number;
  /** Requests generated before this time are simulated and not counted [s]; default 0. */
  readonly warm_up_s?: number;
  /** Events after which a run ends as truncated; default 1e9. */
  readonly max_events?: number;
  /** Requests alive at once at which a run ends as truncated; default 1e6. */
  readonly max_live_requests?: number;
  /** Whether to say where the time of requests goes: metrics `attribution_*`; default false. A run takes about a third longer. */
  readonly attribution?: boolean;
  /** Whether to measure latency, rates and errors by reason of each endpoint at each server, and of each class there; default false. */
  readonly endpoint_metrics?: boolean;
  /** Whether waits, service times, loop lag, stops, losses, time limits, bytes and the attribution have time series, too; default false. */
  readonly detailed_series?: boolean;
  /** Distance of AsyncFlow's samples [s]; default 0.01. No average depends on it. */
  readonly sample_period_s?: number;
  /** Which of AsyncFlow's sampled metrics are wanted; default all. */
  readonly enabled_sample_metrics?: readonly SampleMetric[];
  /** Read for AsyncFlow's sake: latencies are always measured. */
  readonly enabled_event_metrics?: readonly EventMetric[];
}

/** AsyncFlow's sampled metrics. */
export type SampleMetric = "ready_queue_len" | "event_loop_io_sleep" | "ram_in_use" | "edge_concurrent_connection";

/** AsyncFlow's metrics of events. */
export type EventMetric = "rqs_clock" | "llm_cost";

/**
 * Something that is wrong in [t_start, t_end) [s], or a surge of requests; or a cache that is emptied at `t_start`. The id of a replica set means all its
 * replicas, `<id>@<zone>` those in a zone.
 */
export interface ScenarioEvent {
  readonly event_id: string;
  readonly target_id: string;
  readonly start: EventStart;
  /** Left out for a flush, and only for it. */
  readonly end?: EventEnd;
}

/** How and when an event begins [s], and how bad it is. */
export interface EventStart extends EffectKeys {
  readonly kind: Exclude<EffectKind, "network_spike"> | "network_spike_start";
  readonly t_start: number;
}

/** How and when an event ends [s]; within the run. */
export interface EventEnd {
  readonly kind: "server_up" | "network_spike_end" | "recover";
  readonly t_end: number;
}
