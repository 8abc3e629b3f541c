export { loadStudy, type StudyOverrides } from "./load-study.js";
export { LOADSTAR_VERSION } from "./loadstar-version.js";
export { messageOf } from "./message-of.js";
export { readInput } from "./read-input.js";
export { runStudy, type RunStudyOptions } from "./run-study.js";
export { selectMetrics, type Selection } from "./select-metrics.js";
export type { KeptMetrics, Study, StudyParameter, StudyPoint } from "./study.js";
export type { OutcomeCounts, StudyEvent } from "./study-event.js";
export { COMPLETED_RATIO } from "./summarise-point.js";
