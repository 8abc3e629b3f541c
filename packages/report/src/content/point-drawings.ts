import { coarser } from "../charts/coarser.js";
import { distributionChart } from "../charts/distribution-chart.js";
import { exceedanceChart } from "../charts/exceedance-chart.js";
import { timeChart } from "../charts/time-chart.js";
import { formatInterval } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import type { PointDetail, ReportData, ReportSeries } from "../report-data.js";
import { groupedBy } from "../grouped-by.js";
import { busiestFirst } from "./busiest-first.js";
import type { CaptionedDrawing } from "./captioned-drawing.js";
import { componentSeries, isZero } from "./component-series.js";
import { requestQuantileOf } from "./means-of.js";
import { componentOf, quantityOf } from "./metric-name.js";

/** Drawings that stand under one heading: those of a component, or one quantity of several components. */
export interface DrawingGroup {
  readonly title: string;
  readonly drawings: readonly CaptionedDrawing[];
}

/** More components than these are not drawn: the busiest are. */
const MOST_COMPONENTS = 30;

/** More components than these, without those of a single series, are in the order of how busy they are, not in their own. */
const MOST_UNSORTED = 6;

/** More cells than these cannot be told apart, or are not worth their bytes. */
const CELLS = { full: 240, brief: 60, small: 80 } as const;

/** The drawings of the whole system at one point: distributions, exceedance, then time series but those that are 0 all the time, such as errors where nothing fails. */
export function pointDrawings(detail: PointDetail, data: ReportData): readonly CaptionedDrawing[] {
  const cells = detail.in_full ? CELLS.full : CELLS.brief;
  return [
    ...detail.histograms
      .filter(({ metric, buckets }) => componentOf(metric) === undefined && buckets.counts.some((count) => count > 0))
      .map((histogram) => distributionOf(histogram, detail.point_id, data)),
    ...detail.exceedances.filter(({ value }) => value.length > 1).map((columns) => exceedanceOf(columns, data)),
    ...detail.series
      .filter(({ metric, mean }) => componentOf(metric) === undefined && !isZero(mean))
      .map((series) => seriesOf(series, data, { size: "normal", cells })),
  ];
}

/**
 * The time series of components at one point: a group for each component, and one for each quantity of components that have no other, such as
 * links. Those of many components are sorted, the busiest first.
 */
export function componentDrawings({ series, point_id }: PointDetail, data: ReportData): readonly DrawingGroup[] {
  const moving = componentSeries(series, data.system);
  const members = groupedBy(moving, ({ metric }) => componentOf(metric)!);
  const names = [...members.keys()];
  const servers = names.filter((name) => members.get(name)!.length > 1);
  const shown = servers.length <= MOST_UNSORTED ? names : busiestFirst(names, data.summary, point_id);
  const groups = new Map<string, CaptionedDrawing[]>();
  const quantities = new Map<string, CaptionedDrawing[]>();
  for (const component of shown.slice(0, MOST_COMPONENTS)) {
    const own = members.get(component)!;
    for (const one of own) {
      const quantity = quantityOf(one.metric);
      const [to, title, caption] =
        own.length === 1 ? ([quantities, quantity, component] as const) : ([groups, component, quantity] as const);
      const drawn = seriesOf(one, data, { size: "small", cells: CELLS.small });
      to.set(title, [...(to.get(title) ?? []), { ...drawn, caption }]);
    }
  }
  return [...groups, ...quantities].map(([title, drawings]) => ({ title, drawings }));
}

function distributionOf(
  { metric, buckets }: PointDetail["histograms"][number],
  point_id: string,
  { units, confidence, summary }: ReportData,
): CaptionedDrawing {
  const unit = units.get(metric) ?? "";
  const marks = ["p50", "p95", "p99"].flatMap((text) => {
    const row = requestQuantileOf(summary, { point_id, metric: `${metric}_${text}` });
    return row === undefined ? [] : [{ text, ...row }];
  });
  const numbers = marks.map((mark) => `${mark.text} ${formatInterval(mark, unit)}`).join(" · ");
  const isPooled = marks.every(({ estimand }) => estimand !== "mean");
  const told = `${isPooled ? "" : "means of the runs' own, "}${formatPercent(confidence)} intervals`;
  const label = `Distribution of ${metric} over requests. ${numbers}`;
  return {
    drawing: distributionChart(buckets, { label, unit, marks, counted: "requests" }),
    caption: `${metric} of requests, all runs. ${numbers === "" ? "" : `${numbers} (${told})`}`,
    name: `distribution-${metric}`,
  };
}

function exceedanceOf(
  columns: PointDetail["exceedances"][number],
  { units, objectives, confidence }: ReportData,
): CaptionedDrawing {
  const { metric, n } = columns;
  const limit = objectives.find((row) => row.metric === metric)?.limit;
  const label = `Share of ${n} runs whose ${metric} exceeds a value, with a ${formatPercent(confidence)} band`;
  return {
    drawing: exceedanceChart(columns, { label, metric, unit: units.get(metric) ?? "", limit }),
    caption: `${n} runs: how many are above which value of ${metric}, with a ${formatPercent(confidence)} band`,
    name: `exceedance-${metric}`,
  };
}

function seriesOf(
  series: ReportSeries,
  { units, system, confidence, metrics }: ReportData,
  { size, cells }: { readonly size: "normal" | "small"; readonly cells: number },
): CaptionedDrawing {
  const { metric } = series;
  const label = `${metric} over ${system.horizon_s} s: mean over runs with a simultaneous ${formatPercent(confidence)} band`;
  const { events, warm_up_s } = system;
  return {
    drawing: timeChart(coarser(series, cells), {
      label,
      unit: units.get(metric) ?? "",
      events,
      warm_up_s,
      size,
      metric,
    }),
    caption: `${aboutOf(metric, metrics)}, over time`,
    name: `series-${metric}`,
  };
}

/** What a metric is, in words if the runs have them. */
function aboutOf(metric: string, metrics: ReportData["metrics"]): string {
  const description = metrics.find(({ name }) => name === metric)?.description ?? "";
  return description === "" ? metric : description;
}
