import { metricsOf, type Plan } from "../src/index.js";
import type { Measured } from "./measured.js";

/** Shares of the latency by what it went to, of a plan with attribution; `statistic` is `mean`, `p50`, `p95` or `p99`. */
export function sharesIn(plan: Plan, value: Measured, statistic: string): readonly (readonly [string, number])[] {
  const pattern = new RegExp(`^attribution_(\\w+)_ratio_${statistic}$`);
  return metricsOf(plan).flatMap(({ name }) => {
    const category = pattern.exec(name)?.[1];
    return category === undefined ? [] : [[category, value(name)] as const];
  });
}
