import { html, type Html } from "../markup/html.js";
import { linearScale } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { bandPath, linePath, type Place } from "./path-data.js";
import { plotFrame, px, type PlotFrame } from "./plot-frame.js";

/** The mean of a metric over time, with a band; all columns are equally long. */
export interface TimeColumns {
  readonly t_s: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly band_low: ArrayLike<number>;
  readonly band_high: ArrayLike<number>;
}

/** A time during which something was out of order [s]; a moment, drawn as a line, where both ends are equal. */
export interface EventSpan {
  readonly label: string;
  readonly start_s: number;
  readonly end_s: number;
}

export interface TimeChartOptions {
  readonly label: string;
  readonly unit: string;
  readonly events: readonly EventSpan[];
  /** Times before it are not in any estimate [s]; 0 for none. */
  readonly warm_up_s: number;
  /** `small`: one of many beside each other, without its metric's name. */
  readonly size: "normal" | "small";
  readonly metric: string;
}

const SIZES = { normal: { width: 360, height: 190 }, small: { width: 250, height: 130 } } as const;

/** Draws a mean over time with its band, the warm-up and the events. The vertical axis begins at 0. */
export function timeChart(columns: TimeColumns, options: TimeChartOptions): Drawing {
  const { label, unit, events, warm_up_s, size, metric } = options;
  const { width, height } = SIZES[size];
  const places = Array.from(columns.t_s);
  const small = size === "small";
  const frame = plotFrame({
    width,
    height,
    x: linearScale([0, ...places], { unit: "s", ticks: small ? 3 : 5, round: false }),
    y: linearScale(rangeOf(columns, unit), { unit, ticks: small ? 3 : 4 }),
    ...(small ? {} : { y_title: metric }),
  });
  const through = (values: ArrayLike<number>): readonly Place[] =>
    places.map((t_s, index) => ({ x: frame.x.at(t_s), y: frame.y.at(values[index]!) }));
  const band = bandPath(through(columns.band_low), through(columns.band_high));
  const body = html`${backdrop(frame, events, warm_up_s)}${frame.markup}
${band !== "" && html`<path class="band" d="${band}"/>`}
<path class="line" d="${linePath(through(columns.mean))}"/>`;
  return { width, height, label, body };
}

/** Averages of a level that never leaves 1 are 1 up to rounding. */
const ROUNDING = 1e-9;

/** 0, the means, and the band as far as it is not much wider than the means: its ends may leave the chart. */
function rangeOf({ mean, band_high }: TimeColumns, unit: string): readonly number[] {
  const means = Array.from(mean).filter((value) => Number.isFinite(value));
  const most = means.reduce((largest, value) => Math.max(largest, value), 0);
  const isShare = unit === "ratio" && most <= 1 + ROUNDING;
  const values = [0, ...means, ...Array.from(band_high).filter((value) => value <= 2 * most)];
  // A band may reach beyond 100 %; a share does not.
  return isShare ? values.map((value) => Math.min(value, 1)) : values;
}

function backdrop(frame: PlotFrame, events: readonly EventSpan[], warm_up_s: number): Html {
  const { x, top, bottom, left } = frame;
  const height = bottom - top;
  const warm = px(x.at(warm_up_s) - left);
  const span = ({ label, start_s, end_s }: EventSpan): Html => {
    const [from, to] = [px(x.at(start_s)), px(x.at(end_s))];
    const width = px(Math.max(1, to - from));
    return html`<g><title>${label}</title><rect class="event" x="${from}" y="${top}" width="${width}" height="${height}"/>
<path class="edge" d="M${from},${top}V${bottom}M${to},${top}V${bottom}"/></g>
`;
  };
  return html`${warm > 0 && html`<rect class="warm" x="${left}" y="${top}" width="${warm}" height="${height}"/>`}
${events.map(span)}`;
}
