import { html, type Html } from "../markup/html.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";
import { CHARACTER_PX, linearScale, logScale, orderedScale, spansDecades, type ScaleMaker } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { linePath, type Place } from "./path-data.js";
import { plotFrame, px, type PlotFrame } from "./plot-frame.js";

/** The estimate of a metric at one value of a parameter. */
export interface ResponseDot extends IntervalEstimate {
  /** The value, or its position where values are no numbers. */
  readonly at: number;
  /** Shown when a reader points at it. */
  readonly title: string;
}

/** Estimates that belong together: the other parameters are the same. */
export interface ResponseLine {
  /** What is written at its end; empty if there is only one line. */
  readonly name: string;
  readonly dots: readonly ResponseDot[];
}

export interface ResponseChartOptions {
  readonly label: string;
  readonly parameter: string;
  readonly metric: string;
  readonly unit: string;
  /** The values in words, where they are no numbers. */
  readonly words?: readonly string[] | undefined;
  /** A limit on the metric, in its unit. */
  readonly limit?: number | undefined;
  /** False where dots stand for themselves, because the other parameters differ. */
  readonly joined: boolean;
}

const WIDTH = 460;
const HEIGHT = 260;
const WIDEST_NAME = 22;
const WIDEST_VALUE = 10;
const MOST_OWN_TICKS = 8;
const NAME_LINE_PX = 13;
const LIMIT_WORD_PX = 50;
/** Further away than this no dot touches a word. */
const ENOUGH_PX = 24;

/** Draws a metric against a parameter, each estimate with its interval; an interval without end runs to the edge. */
export function responseChart(lines: readonly ResponseLine[], options: ResponseChartOptions): Drawing {
  const { label, parameter, metric, unit, words, limit = Number.NaN } = options;
  const dots = lines.flatMap((line) => line.dots);
  const values = [...dots.flatMap(({ estimate, ci_low, ci_high }) => [estimate, ci_low, ci_high]), limit];
  const log = spansDecades(dots.map(({ estimate }) => estimate));
  const names = lines.map(({ name }) => fitText(name, WIDEST_NAME));
  const frame = plotFrame({
    width: WIDTH,
    height: HEIGHT,
    x: words === undefined ? parameterScale(dots.map(({ at }) => at)) : orderedScale(words),
    y: log ? logScale(values, { unit }) : linearScale([0, ...values], { unit }),
    x_title: parameter,
    y_title: log ? `${metric} (logarithmic)` : metric,
    right: 14 + Math.max(...names.map(displayWidth), 0) * CHARACTER_PX,
  });
  const drawn = lines.map((line, index) => lineOf(frame, line, { index, joined: options.joined }));
  const body = html`${frame.markup}
${limitLine(frame, limit, dots)}
${drawn}
${namesAtTheEnds(frame, lines, names)}`;
  return { width: WIDTH, height: HEIGHT, label, body };
}

/** Ticks stand at the values themselves if these are few; the outermost ones not on the edges. */
function parameterScale(values: readonly number[]): ScaleMaker {
  const distinct = [...new Set(values)].toSorted((a, b) => a - b);
  const scale = linearScale(distinct, { unit: "1", round: false });
  return ({ from, to }) => {
    const margin = 0.06 * (to - from);
    const { at, ticks } = scale({ from: from + margin, to: to - margin });
    const own = distinct.map((value) => ({ at: at(value), text: fitText(String(value), WIDEST_VALUE) }));
    return { at, ticks: distinct.length <= MOST_OWN_TICKS ? own : ticks };
  };
}

function lineOf(
  frame: PlotFrame,
  { dots }: ResponseLine,
  { index, joined }: { readonly index: number; readonly joined: boolean },
): Html {
  const finite = dots.filter(({ estimate }) => Number.isFinite(estimate));
  const line = linePath(dots.map((dot) => placeOf(frame, dot)));
  const dash = index % 2 === 1 && html` stroke-dasharray="5 3"`;
  const dot = (one: ResponseDot): Html =>
    html`<g><title>${one.title}</title>${whisker(frame, one)}${marker(placeOf(frame, one), index)}</g>
`;
  return html`${joined && line !== "" && html`<path class="line"${dash} d="${line}"/>`}
${finite.map(dot)}`;
}

function placeOf({ x, y }: PlotFrame, { at, estimate }: ResponseDot): Place {
  return { x: x.at(at), y: y.at(estimate) };
}

function whisker({ x, y }: PlotFrame, { at, estimate, ci_low, ci_high }: ResponseDot): Html {
  const middle = px(x.at(at));
  const low = px(y.at(Number.isNaN(ci_low) ? estimate : ci_low));
  const high = px(y.at(Number.isNaN(ci_high) ? estimate : ci_high));
  const caps = [
    ci_low === -Infinity ? "" : `M${middle - 4},${low}h8`,
    ci_high === Infinity ? "" : `M${middle - 4},${high}h8`,
  ];
  return html`<path class="whisker" d="M${middle},${low}V${high}${caps.join("")}"/>`;
}

/** Lines are told apart by the shapes of their dots: disc, square, triangle, then the same hollow. */
function marker({ x, y }: Place, index: number): Html {
  const kind = index % 6 >= 3 ? "dot hollow" : "dot";
  const [cx, cy] = [px(x), px(y)];
  const shape = index % 3;
  if (shape === 0) return html`<circle class="${kind}" cx="${cx}" cy="${cy}" r="4"/>`;
  if (shape === 1) return html`<rect class="${kind}" x="${px(x - 3.8)}" y="${px(y - 3.8)}" width="7.6" height="7.6"/>`;
  return html`<path class="${kind}" d="M${cx},${px(y - 4.6)}l4.6,8.2h-9.2z"/>`;
}

/** Its word stands at the right, or at the left where that is further from estimates and their intervals. */
function limitLine(frame: PlotFrame, limit: number, dots: readonly ResponseDot[]): Html {
  if (!Number.isFinite(limit)) return html``;
  const { x, y, left, right } = frame;
  const at = px(y.at(limit));
  const roomAt = (edge: number): number =>
    dots
      .filter((dot) => Math.abs(x.at(dot.at) - edge) < LIMIT_WORD_PX && Number.isFinite(dot.estimate))
      .flatMap(({ estimate, ci_low, ci_high }) => (limit > ci_low && limit < ci_high ? [0] : [y.at(estimate) - at]))
      .reduce((least, distance) => Math.min(least, Math.abs(distance)), Infinity);
  const isRight = roomAt(right) >= Math.min(roomAt(left), ENOUGH_PX);
  const place = isRight ? html`class="limit-text end" x="${right}"` : html`class="limit-text" x="${left + 4}"`;
  return html`<path class="limit" d="M${left},${at}H${right}"/>
<text ${place} y="${at - 4}">limit</text>`;
}

/** The lines' names at their ends, from below, so that they do not run over the axis; lifted as far as need be. */
function namesAtTheEnds(frame: PlotFrame, lines: readonly ResponseLine[], names: readonly string[]): readonly Html[] {
  const ends = lines.flatMap(({ dots }, index) => {
    const heights = dots.filter(({ estimate }) => Number.isFinite(estimate)).map((dot) => placeOf(frame, dot).y);
    const middle = heights.reduce((sum, height) => sum + height, 0) / heights.length;
    const name = names[index]!;
    return heights.length === 0 || name === "" ? [] : [{ name, y: heights.at(-1)!, middle }];
  });
  const lineOf = ({ y }: { readonly y: number }): number => Math.round(y / NAME_LINE_PX);
  let free = frame.bottom;
  return ends
    .toSorted((a, b) => lineOf(b) - lineOf(a) || b.middle - a.middle)
    .map(({ name, y }) => {
      const at = Math.min(y, free);
      free = at - NAME_LINE_PX;
      return html`<text class="strong" x="${px(frame.right + 8)}" y="${px(at + 4)}">${name}</text>`;
    });
}
