import { distributionChart } from "../charts/distribution-chart.js";
import { exceedanceChart } from "../charts/exceedance-chart.js";
import { timeChart } from "../charts/time-chart.js";
import { formatInterval } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import type { PointDetail, ReportData, ReportSeries } from "../report-data.js";
import type { CaptionedDrawing } from "./captioned-drawing.js";
import { requestQuantileOf } from "./means-of.js";

/** Drawings that stand under one heading: those of a component, or one quantity of several components. */
export interface DrawingGroup {
  readonly title: string;
  readonly drawings: readonly CaptionedDrawing[];
}

/** More components than these are not drawn. */
const MOST_COMPONENTS = 24;

/** The drawings of the whole system at one point: distributions, exceedance, then time series but those that are 0 all the time, such as errors where nothing fails. */
export function pointDrawings(detail: PointDetail, data: ReportData): readonly CaptionedDrawing[] {
  return [
    ...detail.histograms
      .filter(({ metric, buckets }) => componentOf(metric) === undefined && buckets.counts.some((count) => count > 0))
      .map((histogram) => distributionOf(histogram, detail.point_id, data)),
    ...detail.exceedances.filter(({ value }) => value.length > 1).map((columns) => exceedanceOf(columns, data)),
    ...detail.series
      .filter(({ metric, mean }) => componentOf(metric) === undefined && !isZero(mean))
      .map((series) => seriesOf(series, data, "normal")),
  ];
}

/**
 * The time series of components at one point, without those that are 0 all the time: a group for each component, and one for each quantity
 * of components that have no other, such as links.
 */
export function componentDrawings({ series }: PointDetail, data: ReportData): readonly DrawingGroup[] {
  const moving = series.filter(({ metric, mean }) => componentOf(metric) !== undefined && !isZero(mean));
  const counts = new Map<string, number>();
  for (const { metric } of moving) counts.set(componentOf(metric)!, (counts.get(componentOf(metric)!) ?? 0) + 1);
  const shown = new Set([...counts.keys()].slice(0, MOST_COMPONENTS));
  const groups = new Map<string, CaptionedDrawing[]>();
  for (const one of moving) {
    const component = componentOf(one.metric)!;
    if (!shown.has(component)) continue;
    const alone = counts.get(component) === 1;
    const title = alone ? quantityOf(one.metric) : component;
    const caption = alone ? component : quantityOf(one.metric);
    groups.set(title, [...(groups.get(title) ?? []), { ...seriesOf(one, data, "small"), caption }]);
  }
  return [...groups].map(([title, drawings]) => ({ title, drawings }));
}

/** The component that a metric is about: what stands before its last dot. */
function componentOf(metric: string): string | undefined {
  const dot = metric.lastIndexOf(".");
  return dot < 0 ? undefined : metric.slice(0, dot);
}

function quantityOf(metric: string): string {
  return metric.slice(metric.lastIndexOf(".") + 1);
}

function isZero(values: ArrayLike<number>): boolean {
  return Array.from(values).every((value) => value === 0 || Number.isNaN(value));
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
  size: "normal" | "small",
): CaptionedDrawing {
  const { metric } = series;
  const label = `${metric} over ${system.horizon_s} s: mean over runs with a simultaneous ${formatPercent(confidence)} band`;
  const { events, warm_up_s } = system;
  return {
    drawing: timeChart(series, { label, unit: units.get(metric) ?? "", events, warm_up_s, size, metric }),
    caption: `${aboutOf(metric, metrics)}, over time`,
    name: `series-${metric}`,
  };
}

/** What a metric is, in words if the runs have them. */
function aboutOf(metric: string, metrics: ReportData["metrics"]): string {
  const description = metrics.find(({ name }) => name === metric)?.description ?? "";
  return description === "" ? metric : description;
}
