import { basename } from "node:path";
import type { Metric } from "@loadstar/engine";
import type { ObjectiveRow, Results, SummaryRow } from "@loadstar/store";
import { compareResults, type Comparison } from "../compare/compare-results.js";
import { baselineDifferences, type BaselineDifferences } from "./baseline-differences.js";
import { drawnPoints } from "./drawn-points.js";
import { eventsByChance } from "./events-by-chance.js";
import { numberOf, textOf } from "./plain-data.js";
import { pointDetails, type PointDetail } from "./point-details.js";
import { provenanceOf } from "./provenance-of.js";
import { runOutcomes, type RunOutcomes } from "./run-outcomes.js";
import { systemOutline, type SystemOutline } from "./system-outline.js";
import { unitOfName } from "./unit-of-name.js";

/** All of a results directory that a report shows, as plain data. */
export interface GatheredReport extends RunOutcomes {
  readonly name: string;
  readonly confidence: number;
  readonly points: readonly {
    readonly point_id: string;
    readonly parameters: Readonly<Record<string, number | string | boolean | null>>;
  }[];
  readonly units: ReadonlyMap<string, string>;
  readonly metrics: readonly Metric[];
  readonly summary: readonly SummaryRow[];
  readonly objectives: readonly ObjectiveRow[];
  readonly details: readonly PointDetail[];
  readonly system: SystemOutline;
  readonly change?: GatheredChange | undefined;
  /** The points beside the baseline of the sweep, if it names one. */
  readonly baseline?: BaselineDifferences | undefined;
  readonly provenance: readonly { readonly name: string; readonly value: string }[];
  readonly files: Results["manifest"]["files"];
}

/** What is different from earlier results, and what their verdicts were. */
export type GatheredChange = Comparison & {
  readonly base: string;
  readonly confidence: number;
  readonly objectives: readonly ObjectiveRow[];
};

export interface GatherReportOptions {
  /** Earlier results to compare with. */
  readonly base?: Results | undefined;
  /** Ids of the points to draw; by default those that matter most. */
  readonly wanted: readonly string[];
}

/** Of claimed differences together; also of intervals where a manifest names no other. */
const CONFIDENCE = 0.95;

/** Reads what a report shows. Holds the summary, and the series of the points drawn, in memory. @throws ResultsError */
export async function gatherReport(results: Results, { base, wanted }: GatherReportOptions): Promise<GatheredReport> {
  const { manifest, directory } = results;
  const { parameters, rows } = await results.readPoints();
  const metrics = await results.readRunMetrics();
  const objectives = await objectivesOf(results);
  const confidence = numberOf(manifest["confidence"]) || CONFIDENCE;
  const drawn = drawnPoints(
    rows.map(({ point_id }) => point_id),
    { objectives, wanted },
  );
  const details = await pointDetails(results, { drawn, exceeding: exceedingMetrics(metrics, objectives), confidence });
  const system = systemOutline(manifest["scenario"]);
  const counts = await runOutcomes(results);
  const runs = Object.values(counts.outcomes).reduce((sum, count) => sum + count, 0);
  const drawnMetrics = details.flatMap(({ series, histograms }) => [...series, ...histograms]);
  return {
    name: textOf(manifest["name"]) || basename(directory),
    ...counts,
    confidence,
    points: rows.map(({ point_id, values }) => ({
      point_id,
      parameters: Object.fromEntries(parameters.map(({ name }, index) => [name, values[index] ?? null])),
    })),
    units: new Map([
      ...drawnMetrics.map(({ metric }) => [metric, unitOfName(metric)] as const),
      ...metrics.map(({ name, unit }) => [name, unit] as const),
    ]),
    metrics,
    summary: await results.readSummary(),
    objectives,
    details,
    system: { ...system, events: [...system.events, ...(await eventsByChance(results, runs))] },
    change: base === undefined ? undefined : await changeSince(base, results),
    baseline: await baselineDifferences(results, { objectives }),
    provenance: provenanceOf(manifest, basename(directory)),
    files: manifest.files,
  };
}

async function objectivesOf(results: Results): Promise<readonly ObjectiveRow[]> {
  return results.has("objectives") ? await results.readObjectives() : [];
}

async function changeSince(base: Results, results: Results): Promise<GatheredChange> {
  const comparison = await compareResults(base, results, { confidence: CONFIDENCE });
  return {
    ...comparison,
    base: basename(base.directory),
    confidence: CONFIDENCE,
    objectives: await objectivesOf(base),
  };
}

const MOST_EXCEEDANCES = 2;

/** The metrics whose distribution over runs is drawn: those of objectives, else the usual one, else the first. */
function exceedingMetrics(metrics: readonly Metric[], objectives: readonly ObjectiveRow[]): readonly string[] {
  const names = metrics.map(({ name }) => name);
  const judged = [...new Set(objectives.map(({ metric }) => metric))].slice(0, MOST_EXCEEDANCES);
  if (judged.length > 0) return judged;
  return names.includes("latency_s_p95") ? ["latency_s_p95"] : names.slice(0, 1);
}
