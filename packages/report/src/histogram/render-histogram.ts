import type { HistogramBuckets } from "@loadstar/engine";
import { plainPaint, type Paint } from "../paint.js";
import { formatNumber } from "../quantity/format-number.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { blockBar } from "../text/block-bar.js";
import { coloured } from "../text/coloured.js";
import { fitText } from "../text/fit-text.js";
import { flowItems } from "../text/flow-items.js";
import { padText } from "../text/pad-text.js";
import { widestText } from "../text/widest-text.js";
import { binTexts, boundTexts } from "./bin-texts.js";
import { linearBins, type LinearBins } from "./linear-bins.js";

export interface HistogramOptions extends RenderOptions {
  /** Unit of the buckets' bounds and of the marks. */
  readonly unit: string;
  /** About how many bars; 12 by default. */
  readonly rows?: number | undefined;
  /** Values to point at, such as p50, p95 and p99. */
  readonly marks?: readonly HistogramMark[] | undefined;
}

export interface HistogramMark {
  readonly label: string;
  readonly value: number;
}

const DEFAULT_ROWS = 12;
const LONGEST_BAR = 80;
const LONGEST_SUFFIX = 9;

/**
 * Returns a histogram as horizontal bars over round, equal bins that cover all values but the lowest and the highest
 * 0.1 %: each bin's share of all values, its bar, the marks that fall in it; then how many values lie beyond, and the marks.
 */
export function renderHistogram(buckets: HistogramBuckets, options: HistogramOptions): string {
  const { unit, rows = DEFAULT_ROWS, marks = [], paint = plainPaint } = options;
  const total = buckets.counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return "no values";
  const width = usableWidth(options.width);
  const bins = linearBins(buckets, { unit, rows: Math.max(1, Math.floor(rows)) });
  const named = marks.map(({ label, value }) => `${label} ${formatQuantity(value, unit)}`);
  const notes = [beyondItems(bins, total), named].flatMap((items) => flowItems(items, { width }));
  return [...barLines(bins, { total, marks, width, paint }), ...notes.map((line) => paint.dim(line))].join("\n");
}

interface BarOptions {
  readonly total: number;
  readonly marks: readonly HistogramMark[];
  readonly width: number;
  readonly paint: Paint;
}

function barLines(bins: LinearBins, { total, marks, width, paint }: BarOptions): readonly string[] {
  const shares = Array.from(bins.counts, (count) => `${formatNumber((100 * count) / total, 2)} %`);
  const shareWidth = widestText(shares);
  // What is left of the narrowest line beside two long numbers and a share, with two columns between them.
  const suffixWidth = width - widestText(binTexts(bins.bounds, "")) - shareWidth - 2;
  const heads = binTexts(bins.bounds, fitText(suffixOf(bins), suffixWidth)).map(
    (text, bin) => `${text}  ${padText(shares[bin]!, { width: shareWidth, align: "right" })}  `,
  );
  const pointers = pointersTo(marks, bins);
  const room = Math.max(0, width - widestText(heads));
  const pointerWidth = Math.min(widestText(pointers), Math.floor(room / 2));
  const longest = Math.min(LONGEST_BAR, room - pointerWidth);
  const most = bins.counts.reduce((largest, count) => Math.max(largest, count), 0);
  return heads.map((head, bin) => {
    const bar = coloured(blockBar((longest * bins.counts[bin]!) / most), paint.cyan);
    return (head + bar + coloured(fitText(pointers[bin]!, pointerWidth), paint.yellow)).trimEnd();
  });
}

/** For each bin ` ◄ p50`, with the marks that fall in it, or nothing. */
function pointersTo(marks: readonly HistogramMark[], { bounds, scale }: LinearBins): readonly string[] {
  return bounds.slice(1).map((high, bin) => {
    const inside = marks.filter(({ value }) => isBetween(value * scale.factor, bounds[bin]!, high));
    return inside.length === 0 ? "" : ` ◄ ${inside.map(({ label }) => label).join(" ")}`;
  });
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value < high;
}

function beyondItems(bins: LinearBins, total: number): readonly string[] {
  const texts = boundTexts(bins.bounds);
  const sides = [
    { count: Math.round(bins.below), side: `below ${texts[0]!}${suffixOf(bins)}` },
    { count: Math.round(bins.above), side: `above ${texts.at(-1)!}${suffixOf(bins)}` },
  ];
  const beyond = sides
    .filter(({ count }) => count > 0)
    .map(({ count, side }) => `${formatQuantity(count, "1")} ${side}`);
  const values = `${formatQuantity(total, "1")} ${total === 1 ? "value" : "values"}`;
  return [values, ...(beyond.length === 0 ? ["none beyond"] : beyond)];
}

function suffixOf({ scale }: LinearBins): string {
  return fitText(scale.suffix, LONGEST_SUFFIX);
}
