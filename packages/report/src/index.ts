export { plainPaint, type Colouring, type Paint } from "./paint.js";
export type { RenderOptions } from "./render-options.js";
export { formatPercent } from "./quantity/format-percent.js";
export { formatQuantity, type QuantityOptions } from "./quantity/format-quantity.js";
export { formatInterval, type IntervalEstimate } from "./quantity/format-interval.js";
export { visibleText } from "./text/visible-text.js";
export { renderStatistics } from "./statistics/render-statistics.js";
export { renderHistogram, type HistogramMark, type HistogramOptions } from "./histogram/render-histogram.js";
export { renderOpenPoints, type OpenPointRow } from "./progress/render-open-points.js";
export { renderSeries, type SeriesOptions, type SeriesRow } from "./series/render-series.js";
export { renderSparkline, type SparklineOptions } from "./render-sparkline.js";
export {
  renderComparison,
  type ComparisonTableOptions,
  type ComparisonTableRow,
} from "./comparison/render-comparison.js";
export { otherLoadSentence } from "./comparison/other-load.js";
export {
  renderObjectives,
  type ObjectiveTableOptions,
  type ObjectiveTableRow,
} from "./objectives/render-objectives.js";
export { renderSummaryTable, type SummaryTableOptions } from "./summary/render-summary-table.js";
export type { ParameterValue, SummaryTablePoint, SummaryTableRow } from "./summary/summary-row.js";
export { renderResponseCurve, type ResponseCurveOptions, type ResponsePoint } from "./curve/render-response-curve.js";
export {
  renderSelection,
  selectionSentence,
  type SelectionAnswer,
  type SelectionRow,
  type SelectionTableOptions,
} from "./search/render-selection.js";
export { renderRequests, type RequestRow } from "./requests/render-requests.js";
export { renderSize, type SizeTableOptions, type SizeTrial } from "./search/render-size.js";
export { sizeSentence, type SizeAnswer } from "./search/size-sentence.js";
export {
  renderTipping,
  tippingSentences,
  type TippingBorders,
  type TippingCollapse,
  type TippingRow,
} from "./search/render-tipping.js";
export { renderSensitivity } from "./sensitivity/render-sensitivity.js";
export type { SensitivityTable } from "./sensitivity/sensitivity-table.js";
export { renderHtml } from "./html/render-html.js";
export type {
  PointDetail,
  ReportBaseline,
  ReportChange,
  ReportData,
  ReportFact,
  ReportFile,
  ReportObjective,
  ReportSeries,
  SystemOutline,
} from "./report-data.js";
export { renderMarkdown } from "./markdown/render-markdown.js";
export { renderJunit } from "./junit/render-junit.js";
export { chartFiles, type ChartFile } from "./charts/chart-files.js";
export type { ChartColours } from "./charts/drawing.js";
