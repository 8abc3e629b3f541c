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
  access: "write",
  eviction: "lru",
  renew_on_hit: false,
  coalesce: false,
  partition_by: "round_robin",
  on_full: "reject",
  concurrency: 1,
  ack: "after",
  max_deliveries: 5,
  /** [s] */
  redelivery_delay_s: 0,
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
  /** Of concurrency limits: Netflix's, but for the smallest. */
  limit_min: 1,
  limit_max: 200,
  limit_initial: 20,
  /** [s] */
  limit_timeout_s: 5,
  limit_backoff_ratio: 0.9,
  limit_tolerance_ratio: 1.5,
  limit_smoothing_ratio: 0.2,
  limit_growth: 4,
  queue_discipline: "fifo",
  queue_lifo_above: 10,
  queue_when_full: "reject_newest",
  contention_ratio: 0,
  coherency_ratio: 0,
  /** Facebook's [s] */
  codel_target_s: 0.005,
  codel_interval_s: 0.1,
  /** [s] */
  shedding_window_s: 1,
  error_ratio: 0,
  /** [USD] */
  usd_per_million_tokens: 0,
  /** A minute's worth, as limits are given [s]. */
  burst_s: 60,
  retry_after: true,
  stream: false,
  /** [s] */
  step_per_request_s: 0,
  /** [s] */
  detector_interval_s: 0.1,
  /** Completions. */
  window: 50,
  degraded_ratio: 0.4,
  collapsed_ratio: 0.85,
  latency_growth_ratio: 1,
  failed_ratio: 0.5,
  /** [s] */
  degraded_delay_s: 0.02,
  /** [s] */
  collapsed_delay_s: 0.1,
  throttle_delay_s: 0.1,
  injected_ratio: 0,
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
  /** Linux's tcp_retries2. */
  max_retransmits: 15,
  /** RFC 6928, and what is left of an Ethernet frame. */
  initial_window_segments: 10,
  mss_bytes: 1460,
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
  endpoint_metrics: false,
  detailed_series: false,
  correlated: true,
  length_factor: 1,
  deploy_kind: "server_down",
  wave: 1,
  /** [s] */
  gap_s: 0,
} as const;

/** Cells of the time series over the horizon unless a caller asks for another number. */
export const DEFAULT_SERIES_POINTS = 240;
