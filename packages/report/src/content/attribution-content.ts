import { shareChart, type SharePart, type ShareRow } from "../charts/share-chart.js";
import { intervalText } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import type { SummaryTablePoint, SummaryTableRow } from "../summary/summary-row.js";
import type { CaptionedDrawing } from "./captioned-drawing.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";
import { meansOf, requestQuantileOf } from "./means-of.js";
import { pointTitle } from "./point-columns.js";

/** Where the time of requests goes, as far as the results say it. */
export interface Attribution {
  /** What time goes to, in the order of the metrics; nothing that never takes a thousandth of it. */
  readonly parts: readonly SharePart[];
  /** Whose time: `mean` for all requests, `p95` for those around that quantile of latency. */
  readonly statistics: readonly string[];
  /** The estimate of a share; undefined where there is none. */
  readonly shareOf: (place: SharePlace) => SummaryTableRow | undefined;
}

export interface SharePlace {
  readonly point_id: string;
  readonly part: string;
  readonly statistic: string;
}

/** Each has its own tone in every report. */
const TONE_OF: Readonly<Record<string, number>> = {
  network: 0,
  cpu: 1,
  io: 2,
  llm: 3,
  cpu_wait: 4,
  pool_wait: 5,
  row_wait: 6,
  ram_wait: 7,
  entrance_wait: 8,
  fetch_wait: 9,
  llm_wait: 10,
  unanswered: 11,
  backoff: 12,
};
const OTHER_TONE = 13;

const METRIC = /^attribution_(.+)_ratio_(mean|p\d+)$/;
const LEAST_SHARE = 0.001;

/** More bars than these nobody compares. */
const MOST_BARS = 30;

/** Returns where the time of requests goes; undefined where the results do not say. */
export function attributionOf({ metrics, summary }: ReportData): Attribution | undefined {
  const found = metrics.flatMap(({ name }) => {
    const [, part, statistic] = METRIC.exec(name) ?? [];
    return part === undefined || statistic === undefined ? [] : [{ name, part, statistic }];
  });
  const shares = new Map(found.map(({ name }) => [name, meansOf(summary, name)]));
  const isSeen = (name: string): boolean =>
    [...shares.get(name)!.values()].some(({ estimate }) => estimate >= LEAST_SHARE);
  const parts = [...new Set(found.filter(({ name }) => isSeen(name)).map(({ part }) => part))];
  if (parts.length === 0) return undefined;
  return {
    parts: parts.map((name) => ({ name, tone: TONE_OF[name] ?? OTHER_TONE })),
    statistics: [...new Set(found.map(({ statistic }) => statistic))],
    shareOf: ({ point_id, part, statistic }) => shares.get(`attribution_${part}_ratio_${statistic}`)?.get(point_id),
  };
}

/** How to come by an attribution, for reports without. */
export const ATTRIBUTION_HINT =
  "These results do not say where the time of requests goes. A sweep does with sim_settings.attribution: true in its scenario, or --set sim_settings.attribution=true; it keeps metrics attribution_*, and a run takes about a third longer.";

/** A bar for all requests and for those around each quantile of latency, at one point; undefined if none of its runs completed. */
export function attributionDrawing(
  attribution: Attribution,
  data: ReportData,
  point: SummaryTablePoint,
): CaptionedDrawing | undefined {
  const { parts, statistics } = attribution;
  const rows = statistics
    .map((statistic) => ({
      name: [WHOSE[statistic] ?? statistic, latencyOf(data, { point_id: point.point_id, statistic })]
        .filter((text) => text !== "")
        .join(" · "),
      shares: sharesAt(attribution, { point_id: point.point_id, statistic }),
    }))
    .filter(hasShares);
  if (rows.length === 0) return undefined;
  return {
    drawing: shareChart(rows, { label: labelOf(`at ${pointTitle(point)}`, { rows, parts }), parts, title: TITLE }),
    caption: `What the time of requests goes to, means over runs: of all that completed, and of those around each quantile of latency`,
    name: "attribution",
  };
}

/** A bar for each point, so that one sees what grows; undefined with a single point. */
export function attributionAcross(attribution: Attribution, data: ReportData): CaptionedDrawing | undefined {
  const { parts } = attribution;
  const statistic = leadingStatistic(attribution, data);
  const rows = data.points
    .slice(0, MOST_BARS)
    .map((point) => ({
      name: pointTitle(point),
      shares: sharesAt(attribution, { point_id: point.point_id, statistic }),
    }))
    .filter(hasShares);
  if (data.points.length < 2 || rows.length === 0) return undefined;
  const whose = statistic === "mean" ? "of all requests" : `around the ${statistic} of latency`;
  const first = data.points.length > MOST_BARS ? `; the first ${MOST_BARS} points` : "";
  return {
    drawing: shareChart(rows, { label: labelOf(whose, { rows, parts }), parts, title: `${TITLE} ${whose}` }),
    caption: `What the time of requests ${whose} goes to, by point, means over runs${first}`,
    name: "attribution",
  };
}

/** The shares of one point with their intervals, in full. */
export function attributionTable(
  { parts, statistics, shareOf }: Attribution,
  { confidence }: ReportData,
  point: SummaryTablePoint,
): ContentTable {
  return {
    caption: `Shares of latency at ${pointTitle(point)}`,
    columns: [
      { heading: "time goes to", align: "left" },
      ...statistics.flatMap((statistic) => [
        { heading: WHOSE[statistic] ?? statistic, align: "right" as const },
        { heading: `${formatPercent(confidence)} interval`, align: "left" as const },
      ]),
    ],
    rows: parts.map(({ name }) => [
      textCell(name),
      ...statistics.flatMap((statistic) => {
        const row = shareOf({ point_id: point.point_id, part: name, statistic });
        if (row === undefined) return [textCell("-"), textCell("")];
        const { estimate, interval } = intervalText(row, "ratio");
        return [numberCell(estimate, row.estimate), textCell(interval)];
      }),
    ]),
  };
}

const TITLE = "share of latency";

const WHOSE: Readonly<Record<string, string>> = {
  mean: "all requests",
  p50: "around p50",
  p95: "around p95",
  p99: "around p99",
};

function sharesAt(
  { parts, shareOf }: Attribution,
  { point_id, statistic }: Pick<SharePlace, "point_id" | "statistic">,
): readonly number[] {
  return parts.map(({ name }) => shareOf({ point_id, part: name, statistic })?.estimate ?? Number.NaN);
}

function hasShares({ shares }: ShareRow): boolean {
  return shares.some((share) => share > 0);
}

/** The latency that the shares are of. */
function latencyOf(
  { summary }: ReportData,
  { point_id, statistic }: { readonly point_id: string; readonly statistic: string },
): string {
  const row = requestQuantileOf(summary, { point_id, metric: `latency_s_${statistic}` });
  return row === undefined || Number.isNaN(row.estimate) ? "" : formatQuantity(row.estimate, "s", row);
}

/** The quantile that an objective is about, else p95, else what there is. */
function leadingStatistic({ statistics }: Attribution, { objectives }: ReportData): string {
  const judged = objectives.map(({ metric }) => metric.replace(/^latency_s_/, ""));
  return [...judged, "p95"].find((statistic) => statistics.includes(statistic)) ?? statistics[0]!;
}

const MOST_TOLD = 12;

/** The bars in words, each with its largest shares. */
function labelOf(
  where: string,
  { rows, parts }: { readonly rows: readonly ShareRow[]; readonly parts: readonly SharePart[] },
): string {
  const told = rows.slice(0, MOST_TOLD).map(({ name, shares }) => {
    const largest = parts
      .map((part, index) => ({ name: part.name, share: shares[index]! }))
      .filter(({ share }) => share >= LEAST_SHARE)
      .toSorted((one, other) => other.share - one.share);
    return `${name}: ${largest.map((part) => `${part.name} ${(100 * part.share).toFixed(1)} %`).join(", ")}`;
  });
  return `Where the time of requests goes, ${where}. ${told.join("; ")}`;
}
