import type { MeasuredPart } from "@loadstar/engine";

/** What a section of the reference says. */
interface Part {
  readonly title: string;
  /** What in a scenario brings these metrics. */
  readonly brought_by: string;
}

/** The sections of the reference, in their order. */
export const METRIC_PARTS: Readonly<Record<MeasuredPart, Part>> = {
  system: { title: "The whole system", brought_by: "Every scenario has them." },
  kind: {
    title: "Classes and endpoints of requests",
    brought_by:
      "A `mix` with several `class`es, or with several endpoints of one generator; requests as their generators see them.",
  },
  attribution: {
    title: "Where the time goes",
    brought_by: "`sim_settings.attribution: true`; those of language models with `llms` only.",
  },
  server: {
    title: "Servers",
    brought_by:
      "Each server, database, cache, external service, model and broker. `zombie_cpu_ratio` and `visits_cpu_s` come with time limits and retries, `rate_limited` with `rate_limits`.",
  },
  visit: {
    title: "Endpoints and classes at servers",
    brought_by:
      "`sim_settings.endpoint_metrics: true`; classes where a `mix` has several. Latency counts from the arrival at the server. Who is turned away before an endpoint is chosen for it counts for its class.",
  },
  replica_set: {
    title: "Replica sets",
    brought_by:
      "`replicas` of a server: its servers taken together, beside those of each. There are no maxima of sums.",
  },
  cpu: {
    title: "Event loops, pauses, quotas",
    brought_by:
      "`event_loops`, `pauses` and `cpu_quota` of a server; `blocked_ratio` with `sim_settings.detailed_series`.",
  },
  pool: {
    title: "Pools",
    brought_by:
      "`pool` of a database, `lock` and `semaphore` steps, `thread_pool`, `threads`, and `bulkhead` of a call or an edge. Timeouts come with time limits of waits.",
  },
  entrance: {
    title: "Connections and cold starts of servers",
    brought_by: "`max_connections`, `backlog` and `cold_start` of a server.",
  },
  gate: {
    title: "Concurrency limits, queues, load shedding",
    brought_by: "`concurrency_limit`, `queue` and `load_shedding` of a server.",
  },
  edge: {
    title: "Edges",
    brought_by:
      "Each edge. Calls, retries, time limits, hedges, breakers and fallbacks come with `timeout_s`, `retry`, `hedge_after_s`, `breaker` and `fallback` of calls over it.",
  },
  connection: { title: "Connections of edges", brought_by: "`connection` of an edge." },
  network: {
    title: "Networks",
    brought_by:
      "`bandwidth_mbps`, `slow_start` and `retransmit_s` of an edge, and the events `network_degraded` and `network_partition`.",
  },
  ejection: {
    title: "Ejections by load balancers",
    brought_by:
      "`health_check` and `outlier_ejection` of a load balancer; for it, and for the edge to each of its targets.",
  },
  session: { title: "Users and sessions", brought_by: "`closed` and `session` of a generator." },
  cache: { title: "Caches", brought_by: "`caches`; memory with `entry_kb`." },
  rows: { title: "Rows of databases", brought_by: "`lock` and `row` of queries, and `replicas` of a database." },
  llm: { title: "Language models and costs", brought_by: "`llms`." },
  broker: {
    title: "Topics and their consumers",
    brought_by: "`brokers`, and `consumes` of a server or a replica set.",
  },
  autoscaler: { title: "Autoscalers", brought_by: "`autoscaler` of a replica set." },
  trouble: {
    title: "What goes wrong",
    brought_by: "`faults`, and the event `crash`: for the servers, edges and replica sets that they happen to.",
  },
  detection: {
    title: "Detectors, injectors, throttles",
    brought_by: "`detectors`, `injector` of a server, `throttle` of a generator.",
  },
  detail: {
    title: "Rates of detailed series",
    brought_by: "`sim_settings.detailed_series: true`; it also gives a time series to what is marked so.",
  },
};
