import { html, type Html } from "../markup/html.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";
import { CHARACTER_PX, linearScale, type ChartScale } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { px } from "./plot-frame.js";

/** How far one value of a parameter moves a metric. */
export interface TornadoEnd {
  /** The value, in words. */
  readonly value: string;
  /** Of the metric, from the baseline. */
  readonly estimate: number;
  readonly ci_low: number;
  readonly ci_high: number;
  /** Shown when a reader points at it. */
  readonly title: string;
}

/** What a parameter does alone. */
export interface TornadoFactor {
  readonly name: string;
  readonly low?: TornadoEnd | undefined;
  readonly high?: TornadoEnd | undefined;
}

export interface TornadoDrawingOptions {
  readonly label: string;
  /** What stands over the bars. */
  readonly title: string;
  readonly unit: string;
}

const WIDTH = 460;
const TOP = 28;
const BAR_PX = 11;
const ROW_PX = 2 * BAR_PX + 12;
const AXIS_PX = 24;
const WIDEST_NAME = 22;
const WIDEST_VALUE = 16;
const GAP_PX = 6;

/**
 * Draws a row for each parameter: from the baseline, how far its high value (full) and its low value (pale) move the metric, each with
 * its interval and the value at its end.
 */
export function tornadoDrawing(factors: readonly TornadoFactor[], options: TornadoDrawingOptions): Drawing {
  const { label, title, unit } = options;
  const names = factors.map(({ name }) => fitText(name, WIDEST_NAME));
  const ends = factors.flatMap(({ low, high }) => [low, high]).filter((end) => end !== undefined);
  const room = widest(ends.map(({ value }) => fitText(value, WIDEST_VALUE))) + 2 * GAP_PX;
  const from = widest(names) + 2 * GAP_PX + (ends.some(({ estimate }) => estimate < 0) ? room : 0);
  const to = WIDTH - (ends.some(({ estimate }) => estimate >= 0) ? room : GAP_PX);
  const values = [0, ...ends.flatMap(({ estimate, ci_low, ci_high }) => [estimate, ci_low, ci_high])];
  const scale = linearScale(values, { unit, ticks: 4 })({ from, to });
  const bottom = TOP + factors.length * ROW_PX;
  const zero = px(scale.at(0));
  const body = html`<text x="${GAP_PX}" y="14">${title}</text>
${ticks(scale, bottom)}
${factors.map((factor, index) => rowOf(factor, { name: names[index]!, y: TOP + index * ROW_PX, scale }))}
<path class="mark" d="M${zero},${TOP - 4}V${bottom}"/>`;
  return { width: WIDTH, height: bottom + AXIS_PX, label, body };
}

function widest(texts: readonly string[]): number {
  return Math.ceil(Math.max(0, ...texts.map(displayWidth)) * CHARACTER_PX);
}

/** A grid line at every tick; texts at 0 and every second or third one where there is no room for all. */
function ticks({ ticks: all }: ChartScale, bottom: number): readonly Html[] {
  const distance = all.length < 2 ? Infinity : Math.abs(all[1]!.at - all[0]!.at);
  const every = Math.ceil((widest(all.map(({ text }) => text)) + GAP_PX) / distance);
  const zero = all.findIndex(({ text }) => Number.parseFloat(text) === 0);
  return all.map(({ at, text }, index) => {
    const half = (displayWidth(text) * CHARACTER_PX) / 2;
    const fits = (index - zero) % every === 0 && at + half <= WIDTH;
    return html`<path class="grid" d="M${px(at)},${TOP - 4}V${bottom}"/>${fits && html`<text class="mid" x="${px(at)}" y="${bottom + 15}">${text}</text>`}
`;
  });
}

function rowOf(
  { low, high }: TornadoFactor,
  { name, y, scale }: { readonly name: string; readonly y: number; readonly scale: ChartScale },
): Html {
  const alone = low === undefined || high === undefined;
  const lowTop = y + (ROW_PX - BAR_PX) / 2 + (alone ? 0 : BAR_PX / 2);
  const highTop = y + (ROW_PX - BAR_PX) / 2 - (alone ? 0 : BAR_PX / 2);
  return html`<text x="${GAP_PX}" y="${y + ROW_PX / 2 + 4}">${name}</text>
${high !== undefined && barOf(high, { kind: "bars", top: highTop, scale })}
${low !== undefined && barOf(low, { kind: "bars pale", top: lowTop, scale })}`;
}

function barOf(
  { value, estimate, ci_low, ci_high, title }: TornadoEnd,
  { kind, top, scale }: { readonly kind: string; readonly top: number; readonly scale: ChartScale },
): Html {
  if (!Number.isFinite(estimate)) return html``;
  const [zero, end] = [scale.at(0), scale.at(estimate)];
  const middle = px(top + BAR_PX / 2);
  const [from, to] = [scale.at(ci_low), scale.at(ci_high)];
  const known = Number.isFinite(from) && Number.isFinite(to);
  const whisker = known && html`<path class="whisker" d="M${px(from)},${middle}H${px(to)}"/>`;
  const rises = estimate >= 0;
  const place = rises ? Math.max(end, known ? to : end) + GAP_PX : Math.min(end, known ? from : end) - GAP_PX;
  return html`<g><title>${title}</title>
<rect class="${kind}" x="${px(Math.min(zero, end))}" y="${px(top)}" width="${px(Math.abs(end - zero))}" height="${BAR_PX}"/>${whisker}
<text class="${rises ? "value" : "value end"}" x="${px(place)}" y="${px(top + BAR_PX - 2)}">${fitText(value, WIDEST_VALUE)}</text></g>
`;
}
