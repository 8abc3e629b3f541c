import type { MeasuredPart, Plan } from "@loadstar/engine";
import { directionOf } from "../compare/direction-of.js";
import { METRIC_PARTS } from "./metric-parts.js";
import { patternsOf, type MetricPattern } from "./metric-patterns.js";

/** A plan, and the name of the scenario that it is of. */
export interface ReferencePlan {
  readonly scenario: string;
  readonly plan: Plan;
}

interface Row extends MetricPattern {
  /** The first scenario that has it. */
  readonly scenario: string;
}

const INTRODUCTION = `# Metrics

Every run measures these. What stands in angle brackets is a name from the scenario: \`<server>.cpu_utilization_ratio\` is
\`app.cpu_utilization_ratio\` for the server \`app\`. A name ends in its unit and its statistic; a quantity whose name ends in \`_p99\` is not exceeded by 99 %.
\`good\` says which way a metric gets better, where that is known; \`over time\` whether it has a time series, too, whose cells cover the whole run; \`example\` a scenario
of \`scenarios/\` that has it. Written by \`pnpm run docs\` from what the scenarios there measure with everything switched on.`;

/** METRICS.md: all metrics and series of some plans, with all that can be switched on, by their patterns. */
export function metricReference(plans: readonly ReferencePlan[]): string {
  const all = plans.map(({ scenario, plan }) => {
    const patterns = patternsOf({ ...plan, attribution: true, endpoint_metrics: true, detailed_series: true });
    return { scenario, patterns };
  });
  const merged = (
    of: (patterns: (typeof all)[number]["patterns"]) => readonly MetricPattern[],
  ): ReadonlyMap<string, Row> => {
    const rows = new Map<string, Row>();
    for (const { scenario, patterns } of all) {
      for (const pattern of of(patterns)) {
        if (!rows.has(pattern.name)) rows.set(pattern.name, { ...pattern, scenario });
      }
    }
    return rows;
  };
  const metrics = merged((patterns) => patterns.metrics);
  const series = merged((patterns) => patterns.series);
  const histograms = merged((patterns) => patterns.histograms);
  const only = [...series.values()].filter(({ name }) => !metrics.has(name));
  const sections = (Object.keys(METRIC_PARTS) as MeasuredPart[]).map((part) => {
    const rows = [...metrics.values(), ...only].filter((row) => row.part === part);
    return rows.length === 0 ? "" : sectionOf(part, rows, { metrics, series });
  });
  const distributions = [...histograms.values()].map(
    ({ name, unit, description }) => `| \`${name}\` | ${unit} | ${escaped(description)} |`,
  );
  const closing = ["## Histograms", "", "| name | unit | meaning |", "| --- | --- | --- |", ...distributions].join(
    "\n",
  );
  return [INTRODUCTION, ...sections.filter((section) => section !== ""), closing].join("\n\n").concat("\n");
}

function sectionOf(
  part: MeasuredPart,
  rows: readonly Row[],
  { metrics, series }: { readonly metrics: ReadonlyMap<string, Row>; readonly series: ReadonlyMap<string, Row> },
): string {
  const { title, brought_by } = METRIC_PARTS[part];
  const lines = rows.map(({ name, unit, description, scenario }) => {
    const time = !series.has(name) ? "" : metrics.has(name) ? "yes" : "only";
    return `| \`${name}\` | ${unit} | ${directionOf(name) ?? ""} | ${time} | ${escaped(description)} | ${scenario} |`;
  });
  const head = ["| name | unit | good | over time | meaning | example |", "| --- | --- | --- | --- | --- | --- |"];
  return [`## ${title}`, brought_by, [...head, ...lines].join("\n")].join("\n\n");
}

/** An angle bracket would begin a tag. */
function escaped(text: string): string {
  return text.replaceAll("<", "\\<");
}
