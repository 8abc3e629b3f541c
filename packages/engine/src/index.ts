export type { AutoscalerPlan, ScalingPlan } from "./autoscaler-plan.js";
export type { BackgroundPlan, CpuPlan, EventLoopsPlan, PausesPlan, QuotaPlan, Scheduling } from "./cpu-plan.js";
export type { AdmissionPlan, ColdStartPlan } from "./entrance-plan.js";
export type { BrokerPlan, ConsumerGroupPlan, PartitionsPlan, TopicPlan } from "./broker-plan.js";
export type { BreakerPlan, BreakerRule, BreakerWindow } from "./breaker-plan.js";
export type {
  AdaptiveRange,
  ConcurrencyLimitPlan,
  GatePlan,
  PoolQueuePlan,
  QueueDisciplinePlan,
  QueuePlan,
  SheddingPlan,
} from "./gate-plan.js";
export type { BatchingPlan, LlmPlan, ProviderPlan } from "./llm-plan.js";
export type { BulkheadPlan } from "./bulkhead-plan.js";
export type { CrowdingPlan } from "./crowding-plan.js";
export type { HedgePlan } from "./hedge-plan.js";
export type { CachePlan, FlushPlan, HitCurvePlan, KeyShiftPlan } from "./cache-plan.js";
export type { ReplicaPlan, RowLockPlan, RowReadPlan, TablePlan } from "./database-plan.js";
export type { RateLimitPlan, RateLimitRule } from "./rate-limit-plan.js";
export type {
  BufferPlan,
  DetectorPlan,
  DetectorThrottlePlan,
  InjectorPlan,
  LoadThrottlePlan,
  ThrottlePlan,
} from "./detection-plan.js";
export type { Distribution } from "./random/distribution.js";
export type {
  ArrivalsPlan,
  BackoffPlan,
  BalancingAlgorithm,
  BalancingOptions,
  Budget,
  CallPolicy,
  ClientPlan,
  ConnectionPlan,
  DisruptionPlan,
  EdgePlan,
  EffectPlan,
  FaultEffectPlan,
  EndpointPlan,
  FactorPlan,
  FaultPlan,
  GeneratorPlan,
  HealthCheckPlan,
  LoadBalancerPlan,
  MessageSizesPlan,
  NetworkPlan,
  OutlierEjectionPlan,
  PiecePlan,
  Plan,
  PoolPlan,
  RateStatePlan,
  RequestPlan,
  RetransmissionPlan,
  RetryPlan,
  ServerPlan,
  SessionPlan,
  SlowStartPlan,
  StepPlan,
  UsersPlan,
  WayPlan,
} from "./plan.js";
export { PATIENT } from "./patient.js";
export type { Metric } from "./metric.js";
export type { RunResult } from "./run-result.js";
export {
  BUCKETS_PER_DOUBLING,
  bucketHigh,
  bucketLow,
  SMALLEST_VALUE,
  type HistogramBuckets,
} from "./histogram-buckets.js";
export { faultWindows, type FaultWindow } from "./fault-windows.js";
export { namedUniforms, type StreamName } from "./random/named-uniforms.js";
export { createSimulation, type ResultWanted, type Simulation } from "./simulation.js";
export { run, runPrepared, type RunOptions } from "./run.js";
export { replay } from "./replay/replay.js";
export { REPLAY_KINDS, replayComponents, type ReplayEvents, type ReplayKind } from "./replay/replay-events.js";
export { expectedRequests } from "./expected-requests.js";
export { metricsByPart, metricsOf } from "./metrics-of.js";
export type { MeasuredPart } from "./measures/measures-of.js";
export { seriesOf } from "./measures/series-of.js";
export { histogramsOf } from "./measures/histograms-of.js";
export { cellEnd_s, cellsOf } from "./measures/cells-of.js";
export { ENGINE_VERSION } from "./engine-version.js";
