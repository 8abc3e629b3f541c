import {
  CATEGORY_BACKOFF,
  CATEGORY_CPU,
  CATEGORY_CPU_WAIT,
  CATEGORY_ENTRANCE_WAIT,
  CATEGORY_FETCH_WAIT,
  CATEGORY_IO,
  CATEGORY_LLM,
  CATEGORY_LLM_WAIT,
  CATEGORY_NETWORK,
  CATEGORY_POOL_WAIT,
  CATEGORY_RAM_WAIT,
  CATEGORY_ROW_WAIT,
  CATEGORY_UNANSWERED,
} from "../record/attribution.js";
import type { Plan } from "../plan.js";
import { measure, type Measure } from "./measure.js";
import { summed } from "./pooled-requests.js";
import type { RecordedAttribution } from "./recorded-attribution.js";
import type { RatioSeries } from "./series.js";

const CATEGORY_NAMES = [
  ["network", CATEGORY_NETWORK, "on edges"],
  ["entrance_wait", CATEGORY_ENTRANCE_WAIT, "waiting to be let in by servers"],
  ["ram_wait", CATEGORY_RAM_WAIT, "waiting for memory"],
  ["cpu_wait", CATEGORY_CPU_WAIT, "waiting for a core"],
  ["cpu", CATEGORY_CPU, "in CPU steps"],
  ["io", CATEGORY_IO, "in I/O steps"],
  ["pool_wait", CATEGORY_POOL_WAIT, "waiting for a unit of a pool"],
  ["row_wait", CATEGORY_ROW_WAIT, "waiting for a row that another transaction has locked"],
  ["fetch_wait", CATEGORY_FETCH_WAIT, "waiting for what another request fetches into a cache"],
  ["unanswered", CATEGORY_UNANSWERED, "waiting for answers that did not come in time"],
  ["backoff", CATEGORY_BACKOFF, "waiting before another attempt"],
] as const;

/** Only where there are language models. */
const LLM_NAMES = [
  ["llm_wait", CATEGORY_LLM_WAIT, "waiting until a language model begins"],
  ["llm", CATEGORY_LLM, "being answered by language models"],
] as const;

const QUANTILES = [
  ["p50", 0.5],
  ["p95", 0.95],
  ["p99", 0.99],
] as const;

/** Where the time of completed requests goes, along the critical path. */
export function attributionMeasures(plan: Plan): readonly Measure[] {
  if (!plan.attribution) return [];
  return namesOf(plan).flatMap(([name, category, where]) => {
    const of = (statistic: string, whose: string, read: (recorded: RecordedAttribution) => number): Measure =>
      measure(
        `attribution_${name}_ratio_${statistic}`,
        "ratio",
        `Share of the latency of ${whose} that they spend ${where}`,
        (r) => read(r.attribution!),
      );
    return [
      of("mean", "completed requests", (recorded) => recorded.mean(category)),
      ...QUANTILES.map(([suffix, p]) =>
        of(suffix, `requests around the ${suffix}`, (recorded) => recorded.around(category, p)),
      ),
    ];
  });
}

/** The same over time, of a plan that attributes and has detailed series. */
export function attributionSeries(plan: Plan): readonly RatioSeries[] {
  if (!plan.attribution || plan.detailed_series !== true) return [];
  return namesOf(plan).map(([name, category, where]): RatioSeries => ({
    metric: {
      name: `attribution_${name}_ratio_mean`,
      unit: "ratio",
      description: `Share of the latency of the requests completed in the cell that they spend ${where}`,
    },
    sums: (r) => r.attribution!.cells_s[category]!,
    over: (r) => summed(r.attribution!.cells_s),
  }));
}

function namesOf({ llms }: Plan): readonly (readonly [string, number, string])[] {
  return llms === undefined ? CATEGORY_NAMES : [...CATEGORY_NAMES, ...LLM_NAMES];
}
