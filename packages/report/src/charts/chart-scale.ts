import { scaleLinear, scaleLog } from "d3-scale";
import { decimalsOfError } from "../quantity/decimals.js";
import { formatNumber } from "../quantity/format-number.js";
import { unitScale } from "../quantity/unit-scale.js";
import { fitText } from "../text/fit-text.js";

/** One direction of a chart: where a value stands, and what is written along the axis. */
export interface ChartScale {
  /** [px]; a value outside, an infinite one too, stands at the nearer end; NaN for NaN. */
  readonly at: (value: number) => number;
  readonly ticks: readonly ChartTick[];
}

export interface ChartTick {
  /** [px] */
  readonly at: number;
  readonly text: string;
}

/** Where an axis begins and ends [px]. */
export interface PixelRange {
  readonly from: number;
  readonly to: number;
}

/** Makes a scale once the room for it is known. */
export type ScaleMaker = (range: PixelRange) => ChartScale;

export interface LinearScaleOptions {
  readonly unit: string;
  /** About how many ticks; 5 by default. */
  readonly ticks?: number;
  /** Begin and end at a round number; true by default. */
  readonly round?: boolean;
}

/** A scale that holds all finite values, from round number to round number. */
export function linearScale(
  values: Iterable<number>,
  { unit, ticks = 5, round = true }: LinearScaleOptions,
): ScaleMaker {
  const { low, high } = domainOf(values);
  const { factor, suffix } = unitScale(unit, Math.max(Math.abs(low), Math.abs(high)));
  return ({ from, to }) => {
    const scale = scaleLinear([low * factor, high * factor], [from, to])
      .clamp(true)
      .unknown(Number.NaN);
    if (round) scale.nice(ticks);
    const places = scale.ticks(ticks);
    const step = places.length > 1 ? places[1]! - places[0]! : Math.abs(places[0] ?? 1);
    return {
      at: (value) => scale(value * factor),
      ticks: places.map((place) => ({ at: scale(place), text: tickText(place, step || 1) + fitText(suffix, 9) })),
    };
  };
}

/** A logarithmic scale that holds all finite values above 0, from power of ten to power of ten or a round part of it. */
export function logScale(values: Iterable<number>, { unit }: { readonly unit: string }): ScaleMaker {
  const { low, high } = domainOf([...values].filter((value) => value > 0));
  const least = Math.max(low, high / MOST_DECADES);
  const steps = roundValues(least, high);
  const shown = steps.length > MOST_LOG_TICKS ? steps.filter((step) => isPowerOfTen(step)) : steps;
  return ({ from, to }) => {
    const scale = scaleLog([steps[0]!, steps.at(-1)!], [from, to])
      .clamp(true)
      .unknown(Number.NaN);
    return {
      at: (value) => (value <= 0 ? scale(steps[0]!) : scale(value)),
      ticks: shown.map((step) => ({ at: scale(step), text: logTickText(step, unit) })),
    };
  };
}

/** Whether values are so far apart that a linear scale would hide the small ones. */
export function spansDecades(values: Iterable<number>): boolean {
  const finite = [...values].filter((value) => Number.isFinite(value));
  const { low, high } = domainOf(finite);
  return finite.length > 0 && low > 0 && high / low > LOG_FROM;
}

/** Equal places for values that have no order or are no numbers. */
export function orderedScale(texts: readonly string[]): ScaleMaker {
  return ({ from, to }) => {
    const room = (to - from) / texts.length;
    const at = (index: number): number => from + (index + 0.5) * room;
    const columns = Math.max(3, Math.floor(Math.abs(room) / CHARACTER_PX) - 1);
    return { at, ticks: texts.map((text, index) => ({ at: at(index), text: fitText(text, columns) })) };
  };
}

/** Width of a character of the charts' font, on average and rather too much [px]. */
export const CHARACTER_PX = 6.3;

const LOG_FROM = 30;
const MOST_DECADES = 1e6;
const MOST_LOG_TICKS = 7;

/** A single value stands in the middle of an axis of its own size. */
function domainOf(values: Iterable<number>): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 1 };
  if (low < high) return { low, high };
  return low === 0 ? { low: 0, high: 1 } : { low: low - Math.abs(low) / 2, high: high + Math.abs(high) / 2 };
}

/** 1, 2 and 5 times powers of ten, from the last not above `low` to the first not below `high`. */
function roundValues(low: number, high: number): readonly number[] {
  const first = Math.floor(Math.log10(low)) - 1;
  const last = Math.ceil(Math.log10(high)) + 1;
  const all = Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`));
  const steps = all.flatMap((power) => [power, 2 * power, 5 * power]);
  const start = steps.findLastIndex((step) => step <= low);
  const end = steps.findIndex((step) => step >= high);
  return steps.slice(start, end + 1);
}

function isPowerOfTen(value: number): boolean {
  return value.toExponential().startsWith("1e");
}

/** A round step has one significant digit, not two. */
function tickText(place: number, step: number): string {
  return formatNumber(place, Math.max(0, decimalsOfError(place, step) - 1));
}

/** Each in its own unit: from 10 ms to 10 s. */
function logTickText(step: number, unit: string): string {
  const { factor, suffix } = unitScale(unit, step);
  return tickText(step * factor, step * factor) + fitText(suffix, 9);
}
