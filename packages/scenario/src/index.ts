export { ScenarioBuilder, scenario } from "./builder/scenario-builder.js";
export type {
  BrokerOptions,
  CacheOptions,
  LlmOptions,
  DatabaseOptions,
  Degradation,
  DetectorOptions,
  EventWindow,
  ExternalOptions,
  GeneratorOptions,
  LinkOptions,
  LoadBalancerOptions,
} from "./builder/scenario-builder.js";
export {
  ServerBuilder,
  type EndpointOptions,
  type ReplicaOptions,
  type ServerDraft,
} from "./builder/server-builder.js";
export { checkScenario, type CheckOptions, type ScenarioReading } from "./check/check-scenario.js";
export { parseScenario } from "./check/parse-scenario.js";
export { compile, type CompileOptions } from "./compile/compile.js";
export { InputError } from "./input-error.js";
export { DEFAULTS, DEFAULT_SERIES_POINTS } from "./model/defaults.js";
export { DIALECTS, type Dialect } from "./model/dialect.js";
export type { DistributionMapping, Duration, OptionalSpread, Spread } from "./model/distribution-mapping.js";
export type {
  HealthCheck,
  KeyMapping,
  LoadBalancer,
  LoadBalancingAlgorithm,
  OutlierEjection,
} from "./model/load-balancer.js";
export type { Broker, Consumption, OnFull, PartitionBy, PublishStep, Topic } from "./model/broker.js";
export type { ResolvedBroker, ResolvedConsumption, ResolvedTopic } from "./model/resolved-broker.js";
export type { Batching, Llm, LlmCommon, LlmProvider } from "./model/llm.js";
export type { ResolvedBatching, ResolvedLlm, ResolvedProvider } from "./model/resolved-llm.js";
export type {
  ConcurrencyLimit,
  ControlledDelay,
  LoadShedding,
  Protection,
  Queue,
  QueueDiscipline,
} from "./model/protection.js";
export type { Autoscaler, AutoscalerMetric, ScalingPolicy, ScheduledBounds } from "./model/autoscaler.js";
export type { Cache, CacheContents, Eviction, Popularity, PopularityShift, WarmUp } from "./model/cache.js";
export type { ConnectionPool, Database, Query, QueryAccess, ReadReplicas, RowLock, RowRead } from "./model/database.js";
export type { Detector, Injector, Throttle } from "./model/detector.js";
export type { ResolvedDetector, ResolvedInjector } from "./model/resolved-detector.js";
export type { RateLimit } from "./model/rate-limit.js";
export type { Objective } from "./model/objective.js";
export type {
  ResolvedAdmission,
  ResolvedBackground,
  ResolvedCache,
  ResolvedColdStart,
  ResolvedDatabase,
  ResolvedEdge,
  ResolvedEndpoint,
  ResolvedEffect,
  ResolvedEvent,
  ResolvedFault,
  ResolvedExternal,
  ResolvedLoadBalancer,
  ResolvedPauses,
  ResolvedScenario,
  ResolvedServer,
  ResolvedSettings,
} from "./model/resolved-scenario.js";
export type { ResolvedCompositeStep, ResolvedStep, ResolvedWay } from "./model/resolved-step.js";
export type {
  ActiveUsers,
  ArrivalKeys,
  ClosedArrivals,
  GeneratorKeys,
  IntervalArrivals,
  IntervalShape,
  MarkovArrivals,
  MixItem,
  ProfileFactor,
  RateArrivals,
  RateState,
  RequestRate,
  RqsInput,
  Session,
  TraceArrivals,
  UserArrivals,
} from "./model/rqs-input.js";
export type {
  ResolvedArrivalKeys,
  ResolvedGeneratorKeys,
  ResolvedRqsInput,
  ResolvedSession,
} from "./model/resolved-rqs-input.js";
export type {
  Client,
  ColdStart,
  Connection,
  Edge,
  Endpoint,
  EventEnd,
  EventMetric,
  EventStart,
  External,
  Nodes,
  SampleMetric,
  Scenario,
  ScenarioEvent,
  Server,
  ServerResources,
  ServerTemplate,
  SimulationSettings,
  TopologyGraph,
} from "./model/scenario.js";
export type { Deploy, EffectKeys, EffectKind, Fault } from "./model/fault.js";
export type { Background, CpuQuota, CpuResources, Pauses, ServerCpu } from "./model/server-cpu.js";
export type {
  AsyncFlowStep,
  BranchStep,
  CacheStep,
  CallStep,
  CompositeStep,
  CpuKind,
  IoKind,
  LlmStep,
  LockStep,
  OffloadStep,
  ParallelStep,
  QueryStep,
  RepeatStep,
  SemaphoreStep,
  SimpleStep,
  SpawnStep,
  Step,
  TransactionStep,
  Way,
} from "./model/step.js";
export type {
  AdaptiveReplications,
  PrecisionTarget,
  DesignName,
  DesignPoint,
  Parameter,
  ParameterValue,
  SettableValue,
  Sweep,
} from "./model/sweep.js";
export { ADAPTIVE_DEFAULTS, MAX_POINTS, SWEEP_DEFAULTS } from "./model/sweep-defaults.js";
export { parseParameterPath, type PathPart } from "./path/parse-parameter-path.js";
export { setParameter } from "./path/set-parameter.js";
export { formatProblem, type Problem } from "./problem.js";
export { resolve, type ResolveOptions } from "./resolve/resolve.js";
export { scenarioJsonSchema, sweepJsonSchema, type JsonSchema } from "./schema/json-schema.js";
export { renderReference } from "./schema/render-reference.js";
export { countPoints, expandDesign } from "./sweep/expand-design.js";
export { parameterValueAt } from "./sweep/parameter-value-at.js";
export { pointId } from "./sweep/point-id.js";
export { checkTraces } from "./recorded/check-traces.js";
export { CsvTable } from "./recorded/csv-table.js";
export { readColumn, type ColumnReading } from "./recorded/read-column.js";
export { parseTrace, readTrace, type TraceReading } from "./recorded/read-trace.js";
export type { Recorded } from "./recorded/recorded.js";
export { columnKey, recordedColumnsOf, type RecordedColumn } from "./recorded/recorded-columns.js";
export type { RecordedTable } from "./recorded/recorded-table.js";
export type { Trace, TraceKind } from "./recorded/trace.js";
export { traceFilesOf } from "./recorded/trace-files-of.js";
export { didYouMean } from "./wording/did-you-mean.js";
export { didYouMeanNumber, secondsIn } from "./wording/meant-number.js";
export { readObjective } from "./wording/read-objective.js";
export { readValue } from "./yaml/read-value.js";
export { parseSweep, sweepProblems, type SweepReading } from "./sweep/parse-sweep.js";
export type { DataPath } from "./path/data-path.js";
export type { Locate, Position } from "./yaml/locate.js";
