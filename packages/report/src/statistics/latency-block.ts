import type { Paint } from "../paint.js";

/** The lines of AsyncFlow 0.1.1's block, in its order, with the metric each one shows. */
const LATENCY_LINES = [
  ["TOTAL_REQUESTS", "requests_completed"],
  ["MEAN", "latency_s_mean"],
  ["MEDIAN", "latency_s_p50"],
  ["STD_DEV", "latency_s_std"],
  ["P95", "latency_s_p95"],
  ["P99", "latency_s_p99"],
  ["MIN", "latency_s_min"],
  ["MAX", "latency_s_max"],
] as const;

const NAME_WIDTH = 20;
const DECIMALS = 6;

/** From here on a fixed number of decimals would pretend to digits that are not there. */
const LARGEST_FIXED = 1_000_000_000;

/**
 * Returns the statistics block as AsyncFlow 0.1.1 prints it, so that what reads the one reads the other: latencies in
 * seconds [s], six decimals, `nan` where undefined. A metric that was not kept has no line.
 */
export function latencyBlock(valueOf: ReadonlyMap<string, number>, paint: Paint): string {
  const lines = LATENCY_LINES.flatMap(([name, metric]) => {
    const value = valueOf.get(metric);
    return value === undefined ? [] : [`${name.padEnd(NAME_WIDTH)} = ${fixed(value)}`];
  });
  return lines.length === 0 ? "" : [paint.bold("════════ LATENCY STATS ════════"), ...lines].join("\n");
}

function fixed(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Math.abs(value) < LARGEST_FIXED ? value.toFixed(DECIMALS) : value.toExponential(DECIMALS);
}
