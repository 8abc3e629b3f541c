import type { Verdict } from "@loadstar/stats";
import { html } from "../markup/html.js";
import { linearScale, logScale, spansDecades } from "./chart-scale.js";
import type { Drawing } from "./drawing.js";
import { px } from "./plot-frame.js";

/** An estimate with its bounds beside a limit, all in one unit. */
export interface VerdictBarNumbers {
  readonly verdict: Verdict;
  readonly estimate: number;
  readonly bound_low: number;
  readonly bound_high: number;
  readonly limit: number;
}

export interface VerdictBarOptions {
  readonly label: string;
  readonly unit: string;
  /** For probabilities. */
  readonly from_0_to_1: boolean;
  /** Numbers of other bars on the same scale. */
  readonly scale_with: readonly number[];
}

const WIDTH = 160;
const HEIGHT = 20;

/** Draws estimate, bounds and limit on one line, for a cell of a table; a bound without end runs to the edge. */
export function verdictBar(
  numbers: VerdictBarNumbers,
  { label, unit, scale_with, from_0_to_1 }: VerdictBarOptions,
): Drawing {
  const { verdict, estimate, bound_low, bound_high, limit } = numbers;
  const all = [estimate, bound_low, bound_high, limit, ...scale_with].filter((value) => Number.isFinite(value));
  const linear = linearScale(from_0_to_1 ? [0, 1] : [0, ...all], { unit });
  const make = !from_0_to_1 && spansDecades(all) ? logScale(all, { unit }) : linear;
  const { at } = make({ from: 6, to: WIDTH - 6 });
  const middle = HEIGHT / 2;
  const low = px(at(Number.isNaN(bound_low) ? estimate : bound_low));
  const high = px(at(Number.isNaN(bound_high) ? estimate : bound_high));
  const tick = px(at(limit));
  const rod = `M${low},${middle}H${high}M${low},${middle - 3}v6M${high},${middle - 3}v6`;
  const interval = html`<path class="rod ${verdict}" d="${rod}"/>
<circle class="${verdict}" cx="${px(at(estimate))}" cy="${middle}" r="3.5"/>`;
  const body = html`<path class="grid" d="M6,${middle}H${WIDTH - 6}"/>${Number.isFinite(estimate) && interval}
<path class="mark" stroke-width="2" d="M${tick},2V${HEIGHT - 2}"/>`;
  return { width: WIDTH, height: HEIGHT, label, body };
}
