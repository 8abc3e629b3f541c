import { bucketHigh, bucketLow, type HistogramBuckets } from "@loadstar/engine";
import { centralBuckets, linearBins } from "../histogram/linear-bins.js";
import { logBins } from "../histogram/log-bins.js";
import { html, type Html } from "../markup/html.js";
import { linearScale, logScale, spansDecades } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { plotFrame, px, type PlotFrame } from "./plot-frame.js";

/** A number to point at in a distribution, with its interval; ends that are not known are NaN or infinite. */
export interface DistributionMark {
  readonly text: string;
  readonly estimate: number;
  readonly ci_low: number;
  readonly ci_high: number;
}

export interface DistributionChartOptions {
  readonly label: string;
  readonly unit: string;
  readonly marks: readonly DistributionMark[];
  /** What is counted, such as `requests`. */
  readonly counted: string;
}

const WIDTH = 360;
const HEIGHT = 190;
const BINS = 48;
const MARK_LINE_PX = 12;

/**
 * Draws a histogram as shares of all values, without the lowest and the highest 0.1 %, over round bins, or over bins of equal ratio
 * where the values span decades; and the marks over it, each with its interval as a shadow. There must be at least one value.
 */
export function distributionChart(buckets: HistogramBuckets, options: DistributionChartOptions): Drawing {
  const { label, unit, counted } = options;
  const { bounds, shares, log } = binsOf(buckets, unit);
  const frame = plotFrame({
    width: WIDTH,
    height: HEIGHT,
    x: log ? logScale(bounds, { unit }) : linearScale(bounds, { unit, round: false }),
    y: linearScale([0, ...shares], { unit: "ratio", ticks: 4 }),
    y_title: `share of ${counted}${log ? " (logarithmic bins)" : ""}`,
  });
  const bars = Array.from(shares, (share, bin) => barPath(frame, [bounds[bin]!, bounds[bin + 1]!], share));
  const marks = options.marks.map((mark, index) => markOf(frame, mark, index));
  const body = html`${frame.markup}
<path class="bars" d="${bars.join("")}"/>
${marks}`;
  return { width: WIDTH, height: HEIGHT, label, body };
}

interface Bins {
  /** In the unit of the buckets. */
  readonly bounds: readonly number[];
  readonly shares: Float64Array;
  readonly log: boolean;
}

function binsOf(buckets: HistogramBuckets, unit: string): Bins {
  const { first, last } = centralBuckets(buckets);
  if (spansDecades([bucketLow(first), bucketHigh(last)])) {
    const { bounds, counts, outside } = logBins(buckets, { bins: BINS });
    const total = counts.reduce((sum, count) => sum + count, outside);
    return { bounds, shares: counts.map((count) => count / total), log: true };
  }
  const { bounds, counts, below, above, scale } = linearBins(buckets, { unit, rows: BINS });
  const total = counts.reduce((sum, count) => sum + count, below + above);
  return {
    bounds: bounds.map((bound) => bound / scale.factor),
    shares: counts.map((count) => count / total),
    log: false,
  };
}

function barPath({ x, y, bottom }: PlotFrame, [low, high]: readonly [number, number], share: number): string {
  if (share === 0) return "";
  const [from, to] = [x.at(low) + 0.4, x.at(high) - 0.4];
  return `M${px(from)},${bottom}V${px(y.at(share))}H${px(Math.max(to, from + 0.4))}V${bottom}z`;
}

/** Marks stand at different heights, so that their texts do not hide each other. */
function markOf(frame: PlotFrame, { text, estimate, ci_low, ci_high }: DistributionMark, index: number): Html {
  const { x, top, bottom, right } = frame;
  if (!Number.isFinite(estimate)) return html``;
  const at = px(x.at(estimate));
  const [from, to] = [Number.isNaN(ci_low) ? at : px(x.at(ci_low)), Number.isNaN(ci_high) ? at : px(x.at(ci_high))];
  const y = top + MARK_LINE_PX * index;
  const width = px(Math.max(0, to - from));
  const besides = at > right - 40 ? html`class="strong end" x="${at - 4}"` : html`class="strong" x="${at + 4}"`;
  return html`<rect class="spread" x="${from}" y="${y}" width="${width}" height="${px(bottom - y)}"/>
<path class="mark" d="M${at},${y}V${bottom}"/><text ${besides} y="${y + 9}">${text}</text>
`;
}
