/** The values that stand where a scenario file is silent. */
export const DEFAULTS = {
  dialect: "loadstar",
  /** [s] */
  user_sampling_window: 60,
  batch_size: 1,
  /** [s] */
  phase_s: 0,
  /** Where a ramp begins. */
  from: 1,
  algorithms: "round_robin",
  cpu_cores: 1,
  /** [MB] */
  ram_mb: 1024,
  thread_pool: 4,
  scheduling: "fifo",
  accept: "shared",
  /** Of a CPU quota, as Linux has it [s]. */
  period_s: 0.1,
  priority: 0,
  /** The usual length of the queue before accept. */
  backlog: 511,
  /** [MB] */
  ram_per_connection_mb: 0,
  /** [s] */
  idle_s: 300,
  min_replicas: 1,
  /** Of autoscalers, as Kubernetes has them. */
  tolerance_ratio: 0.1,
  scaling_interval_s: 15,
  scaling_period_s: 15,
  metric_lag_s: 0,
  scale_up_stabilization_s: 0,
  scale_down_stabilization_s: 300,
  scale_up: [{ replicas: 4 }, { percent: 100 }],
  scale_down: [{ percent: 100 }],
  usd_per_replica_hour: 0,
  tcp_round_trips: 1,
  tls_round_trips: 1,
  /** [s] */
  keep_alive_s: 60,
  max_idle: 100,
  on_failure: "end",
  weight: 1,
  /** What has been given up goes on for nobody. */
  cancel: false,
  retry_on: ["failed", "dropped", "rejected", "timed_out"],
  backoff: "exponential",
  jitter: "full",
  /** Retries. */
  budget_burst: 10,
  eviction: "lru",
  renew_on_hit: false,
  coalesce: false,
  /** Failures in a row. */
  failures: 5,
  /** Hystrix's [s] */
  window_s: 10,
  threshold_ratio: 0.5,
  min_requests: 20,
  /** [s] */
  open_s: 5,
  half_open_probes: 1,
  /** Hedges. */
  most: 1,
  cancel_hedges: true,
  /** Tokens. */
  burst: 1,
  refill: "continuous",
  queue: 0,
  error_ratio: 0,
  join: "all",
  on_error: "fail_fast",
  choices: 2,
  /** [s] */
  decay_s: 10,
  load_factor: 1.25,
  virtual_nodes: 100,
  /** [s] */
  slow_start_s: 0,
  /** [s] */
  signal_refresh_s: 0,
  eject_after: 3,
  return_after: 2,
  consecutive_errors: 5,
  /** [s] */
  base_ejection_s: 30,
  max_ejected_ratio: 0.5,
  /** AsyncFlow's: one message in a hundred is lost. */
  dropout_rate: 0.01,
  /** [s] */
  total_simulation_time: 3600,
  /** [s] */
  warm_up_s: 0,
  /** [s] */
  sample_period_s: 0.01,
  enabled_sample_metrics: ["ready_queue_len", "event_loop_io_sleep", "ram_in_use", "edge_concurrent_connection"],
  max_events: 1e9,
  max_live_requests: 1e6,
  attribution: false,
  correlated: true,
  length_factor: 1,
  deploy_kind: "server_down",
  wave: 1,
  /** [s] */
  gap_s: 0,
} as const;

/** Cells of the time series over the horizon unless a caller asks for another number. */
export const DEFAULT_SERIES_POINTS = 240;
