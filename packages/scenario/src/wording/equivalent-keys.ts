/** What people from other tools write for a key of ours. */
export interface EquivalentKey {
  /** The key, or one that tells the mapping by being its own. */
  readonly beside: string;
  /** In lower case, without a unit. */
  readonly words: readonly string[];
  /** What to write instead, and where if that is somewhere else. */
  readonly meant: string;
}

/** Words that mean the same and do not look alike. Those that only nearly mean the same, such as a round trip for a latency, are left out. */
export const EQUIVALENT_KEYS: readonly EquivalentKey[] = [
  // The whole file.
  key("rqs_input", "workload load traffic generator generators arrivals"),
  key("sim_settings", "simulation sim"),
  key(
    "sim_settings",
    "total_simulation_time duration horizon run_time runtime",
    "total_simulation_time in sim_settings",
  ),
  key("topology_graph", "nodes", "nodes in topology_graph"),
  key("topology_graph", "servers services", "servers in topology_graph.nodes"),
  key("topology_graph", "edges links", "edges in topology_graph"),
  key("objectives", "slo slos sla slas thresholds"),
  // Of a sweep, which scenarios are often taken for.
  key("sim_settings", "seed", "seed of a sweep, or --seed"),
  key("sim_settings", "replications runs repetitions", "replications of a sweep"),
  key("total_simulation_time", "seed", "seed of a sweep, or --seed"),
  key("total_simulation_time", "replications runs repetitions", "replications of a sweep"),
  key("replications", "runs reps repetitions repeats iterations trials n"),
  key("replications", "threads jobs workers parallelism", "--threads on the command line"),
  key("replication_timeout_s", "timeout run_timeout"),
  key("parameters", "params grid matrix variables vary"),
  key("values", "list options choices"),
  // Settings.
  key(
    "total_simulation_time",
    "duration horizon run_time runtime time length total_time simulation_time sim_time end_time",
  ),
  key("warm_up_s", "warmup warm_up ramp_up"),
  // Generators.
  key(
    "arrival_rate_per_s",
    "rps qps tps rate lambda arrival_rate request_rate req_per_s requests_per_s requests_per_sec requests_per_second queries_per_second rpm requests_per_min requests_per_minute",
  ),
  key("avg_active_users", "users active_users user_count"),
  key("closed", "users vus virtual_users concurrent_users"),
  key("profile", "stages ramp schedule"),
  key("mix", "endpoints routes"),
  key("think_s", "think_time pause wait"),
  // Edges.
  key("latency", "delay network_latency"),
  key("source", "from src"),
  key("source", "to dst dest destination", "target"),
  key("loss_ratio", "packet_loss loss drop drop_rate loss_rate loss_probability"),
  key("nodes", "links", "edges"),
  // Nodes.
  key("servers", "services apps applications backends"),
  key("databases", "db dbs"),
  key("llms", "models"),
  key("brokers", "queues kafka"),
  key("externals", "third_party apis"),
  key("response_s", "latency delay response_time service_time duration"),
  key("algorithm", "policy strategy method"),
  key("targets", "servers backends upstreams members"),
  // Servers.
  key("cpu_cores", "cores cpu cpus vcpu vcpus cpu_count"),
  key("ram_mb", "memory mem memory_limit memory_size"),
  key("max_connections", "concurrency max_concurrency max_concurrent_requests"),
  key("event_loops", "workers processes worker_processes"),
  key("server_resources", "cpu_cores cores cpu cpus vcpu vcpus", "cpu_cores in server_resources"),
  key("server_resources", "ram_mb ram memory mem", "ram_mb in server_resources"),
  key("server_resources", "max_connections", "max_connections in server_resources"),
  key("server_resources", "backlog", "backlog in server_resources"),
  key("server_resources", "instances copies replica_count", "replicas"),
  key("server_resources", "timeout request_timeout", "deadline_s, or timeout_s of who calls"),
  key("endpoint_name", "timeout request_timeout", "deadline_s, or timeout_s of who calls"),
  key("endpoint_name", "name path route url uri id"),
  // Steps.
  key("cpu_s", "cpu cpu_time compute"),
  key("io_s", "sleep wait io_time delay"),
  key("call", "http rpc grpc request"),
  key("query", "db sql"),
  key("breaker", "circuit_breaker"),
  key("parallel", "fork gather fan_out"),
  key("repeat", "loop for"),
  key("branch", "if switch"),
  key("lock", "mutex"),
  key("attempts", "max_attempts"),
  // Databases, caches, models.
  key("service_s", "duration latency time query_time"),
  key("failover_s", "read_replicas readers", "replicas"),
  key("size", "max max_size pool_size connections"),
  key("checkout_timeout_s", "timeout wait_timeout"),
  key("eviction", "size max_size max_entries max_keys", "capacity"),
  key("eviction", "policy eviction_policy"),
  key("hit_ratio", "hit_rate hits hit_probability"),
  key("time_to_first_token_s", "ttft"),
  key("requests_per_minute", "rpm"),
  key("tokens_per_minute", "tpm"),
  // Distributions and objectives.
  key("distribution", "dist type kind law family"),
  key("mean", "avg average"),
  key("std", "stddev stdev sd standard_deviation"),
  key("cv", "coefficient_of_variation"),
  key("median", "p50"),
  key("below", "max less_than under lt"),
  key("above", "min greater_than over gt"),
];

function key(beside: string, words: string, meant: string = beside): EquivalentKey {
  return { beside, words: words.split(" "), meant };
}
