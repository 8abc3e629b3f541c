export { compareResults, type Comparison } from "./compare/compare-results.js";
export { compareWithBaseline } from "./compare/compare-with-baseline.js";
export { type CompareOptions, type ComparisonRow, type ComparisonVerdict } from "./compare/judge-differences.js";
export type { PointLook, Unmet } from "./look-at-point.js";
export { replicationsData } from "./replication-plan.js";
export { isResultsDirectory } from "./study-data.js";
export { baselineDifferences, USUAL_METRICS, type BaselineDifferences } from "./report/baseline-differences.js";
export { gatherReport, type GatheredReport, type GatherReportOptions } from "./report/gather-report.js";
export { metricReference, type ReferencePlan } from "./reference/metric-reference.js";
export { unitOfName } from "./report/unit-of-name.js";
export { loadStudy } from "./load-study.js";
export { LOADSTAR_VERSION } from "./loadstar-version.js";
export { messageOf } from "./message-of.js";
export { matchesAny } from "./metric-pattern.js";
export type { StudyOverrides } from "./override-sweep.js";
export { runStudy, type RunStudyOptions } from "./run-study.js";
export type { KeptMetrics, Study, StudyParameter, StudyPoint } from "./study.js";
export type { OutcomeCounts, Shortfall, StudyEvent } from "./study-event.js";
export { COMPLETED_RATIO } from "./summarise-point.js";
export { assertSameShare } from "./durable/assert-same-share.js";
export { auditChunks, type AuditFinding, type AuditReport } from "./durable/audit-chunks.js";
export { mergeChunks } from "./durable/merge-chunks.js";
export { NondeterminismError } from "./durable/nondeterminism-error.js";
export { runShard } from "./durable/run-shard.js";
export { parseShard, ShardError, type Shard } from "./durable/shard.js";
export { whyRecompute, type RecomputeReport } from "./durable/why-recompute.js";
export { replayRun, type ReplayedRun, type ReplayOptions } from "./replay/replay-run.js";
export { PHASES, type Phase, type RequestEnd, type RequestTimes } from "./replay/request-times.js";
export type { CapacityRange } from "./search/capacity-values.js";
export { loadCapacity, type CapacityStudy } from "./search/load-capacity.js";
export { selectBest, type SelectBestOptions, type SelectedPoint, type SelectionEvent } from "./search/select-best.js";
export {
  sizeCapacity,
  type CapacityAnswer,
  type CapacityEvent,
  type CapacityTrial,
  type SizeCapacityOptions,
} from "./search/size-capacity.js";
export type { CollapseEstimate } from "./search/collapse-estimate.js";
export {
  findTipping,
  type FindTippingOptions,
  type TippingEvent,
  type TippingTrial,
  type ValueBorder,
} from "./search/find-tipping.js";
export { loadTipping, type TippingStudy, type TippingStudyOptions } from "./search/load-tipping.js";
export type { Trigger } from "./search/triggers-of.js";
export { loadSensitivity, type SensitivityOptions } from "./sensitivity/load-sensitivity.js";
export { runSensitivity, type RunSensitivityOptions } from "./sensitivity/run-sensitivity.js";
export {
  SENSITIVITY_METHODS,
  type Sensitivity,
  type SensitivityFactor,
  type SensitivityMethod,
} from "./sensitivity/sensitivity.js";
export type { SensitivityAnalysis, SensitivityEvent } from "./sensitivity/sensitivity-event.js";
export { SETTLED_AFTER } from "./series/settled-after.js";
