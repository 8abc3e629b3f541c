export {
  compareResults,
  type CompareOptions,
  type Comparison,
  type ComparisonRow,
  type ComparisonVerdict,
} from "./compare/compare-results.js";
export { gatherReport, type GatheredReport, type GatherReportOptions } from "./report/gather-report.js";
export { loadStudy } from "./load-study.js";
export { LOADSTAR_VERSION } from "./loadstar-version.js";
export { messageOf } from "./message-of.js";
export { matchesAny } from "./metric-pattern.js";
export type { StudyOverrides } from "./override-sweep.js";
export { runStudy, type RunStudyOptions } from "./run-study.js";
export type { KeptMetrics, Study, StudyParameter, StudyPoint } from "./study.js";
export type { OutcomeCounts, StudyEvent } from "./study-event.js";
export { COMPLETED_RATIO } from "./summarise-point.js";
