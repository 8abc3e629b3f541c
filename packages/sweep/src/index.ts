export {
  compareResults,
  type CompareOptions,
  type Comparison,
  type ComparisonRow,
  type ComparisonVerdict,
} from "./compare/compare-results.js";
export { loadStudy } from "./load-study.js";
export { LOADSTAR_VERSION } from "./loadstar-version.js";
export { messageOf } from "./message-of.js";
export { matchesAny } from "./metric-pattern.js";
export type { StudyOverrides } from "./override-sweep.js";
export { runStudy, type RunStudyOptions } from "./run-study.js";
export type { KeptMetrics, Study, StudyParameter, StudyPoint } from "./study.js";
export type { OutcomeCounts, StudyEvent } from "./study-event.js";
export { COMPLETED_RATIO } from "./summarise-point.js";
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
