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
export { loadSensitivity, type SensitivityOptions } from "./sensitivity/load-sensitivity.js";
export { runSensitivity, type RunSensitivityOptions } from "./sensitivity/run-sensitivity.js";
export {
  SENSITIVITY_METHODS,
  type Sensitivity,
  type SensitivityFactor,
  type SensitivityMethod,
} from "./sensitivity/sensitivity.js";
export type { SensitivityAnalysis, SensitivityEvent } from "./sensitivity/sensitivity-event.js";
