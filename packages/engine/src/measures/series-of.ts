import type { Metric } from "../metric.js";
import type { Plan } from "../plan.js";
import { cellEnd_s, cellsOf } from "./cells-of.js";
import { HIT_RATIO } from "./cache-measures.js";
import { levelSeries } from "./level-series.js";
import { oncePerPlan } from "./once-per-plan.js";
import type { Recorded } from "./recorded.js";
import type { RecordedLevel } from "./recorded-level.js";
import { ejectionSeries } from "./ejection-measures.js";
import { flowSeries } from "./flow-series.js";
import { attributionSeries } from "./attribution-measures.js";
import { kindSeries, SYSTEM_SERIES, visitSeries } from "./request-series.js";
import type { RatioSeries } from "./series.js";

/** Everything of a plan that its series follow from: every run asks. */
const ofPlan = oncePerPlan((plan) => ({
  levels: levelSeries(plan),
  ratios: ratioSeries(plan),
  widths_s: Float64Array.from({ length: cellsOf(plan) }, (_, cell) => {
    return cellEnd_s(plan, cell) - (cell === 0 ? 0 : cellEnd_s(plan, cell - 1));
  }),
}));

/** All metrics that have a time series, in the order of `RunResult.series`. */
export function seriesOf(plan: Plan): readonly Metric[] {
  const { levels, ratios } = ofPlan(plan);
  return [...SYSTEM_SERIES, ...levels, ...ratios].map(({ metric }) => metric);
}

/** Which series are wanted, and where. */
export interface SeriesWanted {
  /** Gives a level's cell averages or cell ends. */
  readonly valuesOf: (level: RecordedLevel) => Float64Array;
  /** All of it is overwritten; a new array by default. */
  readonly into?: Float64Array | undefined;
}

/**
 * The series of a finished run. Row by row, one row a metric; NaN in the cells that a truncated run did not reach the end of.
 * @throws {RangeError} for an array to fill that has not as many numbers
 */
export function seriesColumns(plan: Plan, recorded: Recorded, { valuesOf, into }: SeriesWanted): Float64Array {
  const { cells, closedCells } = recorded;
  const { levels, ratios, widths_s } = ofPlan(plan);
  const length = (SYSTEM_SERIES.length + levels.length + ratios.length) * cells;
  const columns = into ?? new Float64Array(length);
  if (columns.length !== length) {
    throw new RangeError(
      `Cannot give series: their array must have length ${length}: current value is ${columns.length}`,
    );
  }
  if (closedCells < cells) columns.fill(Number.NaN);
  const fill = (row: number, values: Float64Array, valueAt: (value: number, cell: number) => number): void => {
    for (let cell = 0; cell < closedCells; cell++) columns[row * cells + cell] = valueAt(values[cell]!, cell);
  };
  const fillRatio = (row: number, { sums, over }: RatioSeries): void => {
    const divisors = over === undefined ? widths_s : over(recorded);
    fill(row, sums(recorded), (sum, cell) => sum / divisors[cell]!);
  };
  for (const [row, series] of SYSTEM_SERIES.entries()) fillRatio(row, series);
  for (const [row, { level, factor }] of levels.entries()) {
    fill(SYSTEM_SERIES.length + row, valuesOf(level(recorded)), (value) => value * factor);
  }
  for (const [row, series] of ratios.entries()) fillRatio(SYSTEM_SERIES.length + levels.length + row, series);
  return columns;
}

function ratioSeries(plan: Plan): readonly RatioSeries[] {
  return [
    ...kindSeries(plan),
    ...visitSeries(plan),
    ...cacheSeries(plan),
    ...ejectionSeries(plan),
    ...flowSeries(plan),
    ...attributionSeries(plan),
  ];
}

/** Shares of hits among look-ups: of a cell without look-ups there is none. */
function cacheSeries({ caches = [], hit_curves = [] }: Plan): readonly RatioSeries[] {
  return [...caches, ...hit_curves].map(({ id }, cache) => ({
    metric: { name: `${id}.hit_ratio`, unit: "ratio", description: HIT_RATIO, component: id },
    sums: (recorded) => recorded.caches[cache]!.cellHits,
    over: (recorded) => recorded.caches[cache]!.cellLookUps,
  }));
}
