import type { Metric } from "@loadstar/engine";
import { plainPaint } from "../paint.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { renderTable } from "../table/render-table.js";
import { componentTable } from "./component-table.js";
import { flowLine } from "./flow-line.js";
import { latencyBlock } from "./latency-block.js";

/**
 * Returns the statistics of one run: AsyncFlow's latency block, where the requests went, and a table of servers and edges.
 * `values` holds one value for each of `metrics`; a part whose metrics are missing is left out.
 */
export function renderStatistics(
  metrics: readonly Metric[],
  values: ArrayLike<number>,
  { width, paint = plainPaint }: RenderOptions = {},
): string {
  const valueOf = new Map(metrics.map(({ name }, index) => [name, values[index] ?? Number.NaN]));
  const parts = [
    latencyBlock(valueOf, paint),
    flowLine(valueOf, usableWidth(width)),
    renderTable(componentTable(valueOf), { width, paint }),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
