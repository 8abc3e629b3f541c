import { html, type Html } from "../markup/html.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { linearScale, logScale, spansDecades } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { bandPath, linePath, type Place } from "./path-data.js";
import { plotFrame, px, type PlotFrame } from "./plot-frame.js";

/** The share of replications above each value, with a band; values rise, and all columns are equally long. */
export interface ExceedanceColumns {
  readonly value: ArrayLike<number>;
  /** Share of replications above the value, and its band. */
  readonly exceedance: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface ExceedanceChartOptions {
  readonly label: string;
  readonly metric: string;
  /** Unit of the metric. */
  readonly unit: string;
  /** A limit on the metric, in its unit, if there is one. */
  readonly limit?: number | undefined;
}

const WIDTH = 360;
const HEIGHT = 190;
/** More rows than these change nothing that can be seen. */
const MOST_ROWS = 200;
/** From the nearest value, in spans of the values. */
const FARTHEST_LIMIT = 2;

/** Draws how many replications exceed which value, with the band, and the limit. */
export function exceedanceChart(columns: ExceedanceColumns, options: ExceedanceChartOptions): Drawing {
  const { label, metric, unit, limit = Number.NaN } = options;
  const rows = shownRows(columns.value.length);
  const values = axisValues(
    rows.map((row) => columns.value[row]!),
    limit,
  );
  const frame = plotFrame({
    width: WIDTH,
    height: HEIGHT,
    x: spansDecades(values) ? logScale(values, { unit }) : linearScale(values, { unit }),
    y: linearScale([0, 1], { unit: "ratio", ticks: 4 }),
    y_title: `share of runs above the ${metric}`,
  });
  const steps = (shares: ArrayLike<number>): readonly Place[] => stepsOf(frame, { rows, columns, shares });
  const band = bandPath(steps(columns.low), steps(columns.high));
  const body = html`${frame.markup}
<path class="band" d="${band}"/>
<path class="line" d="${linePath(steps(columns.exceedance))}"/>
${limitLine(frame, { limit, unit, shown: values.includes(limit) })}`;
  return { width: WIDTH, height: HEIGHT, label, body };
}

function shownRows(count: number): readonly number[] {
  const shown = Math.min(count, MOST_ROWS);
  return Array.from({ length: shown }, (_, index) => Math.round((index * (count - 1)) / Math.max(1, shown - 1)));
}

interface Steps {
  readonly rows: readonly number[];
  readonly columns: ExceedanceColumns;
  readonly shares: ArrayLike<number>;
}

/** From each value to the next at the share of the former; from the last to the end of the chart. */
function stepsOf({ x, y, right }: PlotFrame, { rows, columns, shares }: Steps): readonly Place[] {
  return rows.flatMap((row, index) => {
    const next = rows[index + 1];
    const height = y.at(shares[row]!);
    const end = next === undefined ? right : x.at(columns.value[next]!);
    return [
      { x: x.at(columns.value[row]!), y: height },
      { x: end, y: height },
    ];
  });
}

/** A limit that is far from all values would squeeze them into a corner, and is told at the edge instead. */
function axisValues(values: readonly number[], limit: number): readonly number[] {
  const [low, high] = [values[0]!, values.at(-1)!];
  const room = FARTHEST_LIMIT * (high - low);
  return limit >= low - room && limit <= high + room ? [...values, limit] : values;
}

interface LimitLine {
  readonly limit: number;
  readonly unit: string;
  /** Whether it is on the axis. */
  readonly shown: boolean;
}

function limitLine({ x, top, bottom, left, right }: PlotFrame, { limit, unit, shown }: LimitLine): Html {
  if (!Number.isFinite(limit)) return html``;
  const at = px(x.at(limit));
  if (!shown) {
    const text = `limit ${formatQuantity(limit, unit)}`;
    return at > (left + right) / 2
      ? html`<text class="limit-text end" x="${right}" y="${top + 10}">${text} →</text>`
      : html`<text class="limit-text" x="${left + 4}" y="${top + 10}">← ${text}</text>`;
  }
  const beside = at > right - 40 ? html`class="limit-text end" x="${at - 4}"` : html`class="limit-text" x="${at + 4}"`;
  return html`<path class="limit" d="M${at},${top}V${bottom}"/><text ${beside} y="${top + 10}">limit</text>`;
}
