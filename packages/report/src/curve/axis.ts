import { decimalsOfError } from "../quantity/decimals.js";
import type { IntervalEstimate } from "../quantity/format-interval.js";
import { formatNumber } from "../quantity/format-number.js";
import { niceStep } from "../quantity/nice-step.js";
import { unitScale } from "../quantity/unit-scale.js";
import { displayWidth } from "../text/display-width.js";
import { fitText } from "../text/fit-text.js";
import type { BarScale } from "./interval-bar.js";

/** The common scale of a curve's bars, and the line below them that says where it begins and ends. */
export interface Axis {
  readonly scale: BarScale;
  readonly legend: string;
}

export interface AxisOptions {
  readonly unit: string;
  /** [columns] */
  readonly length: number;
}

/** A scale is divided in about this many round steps, and ends with one. */
const STEPS = 4;
const LONGEST_SUFFIX = 9;

/** Returns a scale that begins and ends at round numbers and holds all finite numbers; undefined if there are none. */
export function axisOf(intervals: readonly IntervalEstimate[], { unit, length }: AxisOptions): Axis | undefined {
  const numbers = intervals
    .flatMap(({ estimate, ci_low, ci_high }) => [estimate, ci_low, ci_high])
    .filter((number) => Number.isFinite(number));
  if (numbers.length === 0) return undefined;
  const least = numbers.reduce((smallest, number) => Math.min(smallest, number), Infinity);
  const most = numbers.reduce((largest, number) => Math.max(largest, number), -Infinity);
  const magnitude = Math.max(Math.abs(least), Math.abs(most));
  // A single number stands in the middle of a scale of a fifth of its size.
  const margin = most > least ? 0 : magnitude / 10 || 1;
  const { factor, suffix } = unitScale(unit, magnitude);
  const step = niceStep(Math.max((most - least + 2 * margin) / STEPS, magnitude / 1e9) * factor);
  const low = Math.floor(((least - margin) * factor) / step) * step;
  const high = Math.ceil(((most + margin) * factor) / step) * step;
  // A round step has one significant digit, not two.
  const [lowText, highText] = [low, high].map((end) => {
    const decimals = Math.max(0, decimalsOfError(end, step) - 1);
    return formatNumber(end, decimals) + fitText(suffix, LONGEST_SUFFIX);
  }) as [string, string];
  const blank = length - 2 - displayWidth(lowText + highText);
  const legend = `├${lowText}${"─".repeat(Math.max(1, blank))}${highText}┤`;
  return { scale: { low: low / factor, high: high / factor, length }, legend: fitText(legend, length) };
}
