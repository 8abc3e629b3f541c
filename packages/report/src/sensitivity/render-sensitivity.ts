import type { Estimate } from "@loadstar/stats";
import { intervalChart } from "../curve/interval-chart.js";
import { plainPaint, type Paint } from "../paint.js";
import { formatInterval, intervalText, type IntervalEstimate } from "../quantity/format-interval.js";
import { formatPercent } from "../quantity/format-percent.js";
import { formatQuantity } from "../quantity/format-quantity.js";
import { usableWidth, type RenderOptions } from "../render-options.js";
import { always, NUMBER, TEXT, tableOfFields, type TableField } from "../table/table-field.js";
import { renderTable } from "../table/render-table.js";
import { fitText } from "../text/fit-text.js";
import { flowItems } from "../text/flow-items.js";
import type {
  FactorName,
  MorrisTable,
  SensitivityTable,
  SobolTable,
  TornadoRow,
  TornadoTable,
} from "./sensitivity-table.js";
import { tornadoChart } from "./tornado-chart.js";

/**
 * Returns what the factors do to a metric: its name and size, a table of the factors, the largest first, and their bars on
 * one scale. Luck stands in parentheses. Without factors only the first line.
 */
export function renderSensitivity(table: SensitivityTable, options: RenderOptions): string {
  const { paint = plainPaint } = options;
  const width = usableWidth(options.width);
  const { heading, grid, caption, bars } = partsOf(table, { width, paint });
  const title = flowItems([table.metric.name, ...heading], { width }).map((line) => paint.bold(line));
  if (table.factors.length === 0) return title.join("\n");
  const captions = flowItems(caption, { width }).map((line) => paint.bold(line));
  return [...title, grid, "", ...captions, ...bars].join("\n");
}

interface Parts {
  readonly heading: readonly string[];
  readonly grid: string;
  readonly caption: readonly string[];
  readonly bars: readonly string[];
}

interface Style {
  readonly width: number;
  readonly paint: Paint;
}

function partsOf(table: SensitivityTable, style: Style): Parts {
  switch (table.method) {
    case "sobol":
      return sobolParts(table, table.metric.unit, style);
    case "morris":
      return morrisParts(table, table.metric.unit, style);
    case "tornado":
      return tornadoParts(table, table.metric.unit, style);
  }
}

/** Digits below a hundredth of a per cent tell nothing of a share; one that is exactly 0 stays so. */
function readable(share: Estimate): Estimate {
  return { ...share, std_error: share.std_error > 0 ? Math.max(share.std_error, SMALLEST_ERROR) : share.std_error };
}

const SMALLEST_ERROR = 0.001;

function totalOf({ total }: SobolTable["factors"][number]): Estimate {
  return readable(total);
}

function sobolParts({ mean, std, ...table }: SobolTable, unit: string, style: Style): Parts {
  const factors = largestFirst(table.factors, ({ total }) => total.estimate);
  type Row = (typeof factors)[number];
  const fields: readonly TableField<Row>[] = [
    factorField(),
    ...intervalFields<Row>("with interactions", { unit: "ratio", estimateOf: totalOf, rows: factors }),
    ...intervalFields<Row>("alone", { unit: "ratio", estimateOf: ({ first }) => readable(first), rows: factors }),
    ...remarkFields<Row>(factors, ({ total }) => total.flags),
  ];
  return {
    heading: [`mean ${formatInterval(mean, unit)}`, `standard deviation ${formatQuantity(std, unit)}`],
    grid: gridOf(factors, fields, style),
    caption: ["share of the variance", "with interactions"],
    bars: chartOf(factors, { unit: "ratio", estimateOf: totalOf, style }),
  };
}

function morrisParts(table: MorrisTable, unit: string, style: Style): Parts {
  const factors = largestFirst(table.factors, ({ mu_star }) => mu_star.estimate);
  type Row = (typeof factors)[number];
  const fields: readonly TableField<Row>[] = [
    factorField(),
    ...intervalFields<Row>("mu*", { unit, estimateOf: ({ mu_star }) => mu_star, rows: factors }),
    { ...NUMBER, headingOf: always("mu"), textOf: ({ mu }) => formatQuantity(mu.estimate, unit, mu) },
    {
      ...NUMBER,
      headingOf: always("sigma"),
      textOf: ({ sigma, sigma_std_error }) => formatQuantity(sigma, unit, { std_error: sigma_std_error }),
    },
    ...remarkFields<Row>(factors, ({ mu_star }) => mu_star.flags),
  ];
  return {
    heading: [],
    grid: gridOf(factors, fields, style),
    caption: ["size of the elementary effects", "mu*"],
    bars: chartOf(factors, { unit, estimateOf: ({ mu_star }) => mu_star, style }),
  };
}

function tornadoParts({ base, factors }: TornadoTable, unit: string, style: Style): Parts {
  const shown = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
  const rows = factors.map((row) => ({ ...row, name: row.factor.name }));
  type Row = (typeof rows)[number];
  const fields: readonly TableField<Row>[] = [
    { ...TEXT, colour: "cyan", key: true, headingOf: always("factor"), textOf: ({ name }) => name },
    { ...NUMBER, headingOf: always("low"), textOf: ({ factor }) => shown(factor.low) },
    ...intervalFields<Row>("change", { unit, estimateOf: ({ low }) => low, rows }),
    { ...NUMBER, headingOf: always("high"), textOf: ({ factor }) => shown(factor.high) },
    ...intervalFields<Row>("change", { unit, estimateOf: ({ high }) => high, rows }),
    ...remarkFields<Row>(rows, ({ low, high }) => [...new Set([...low.flags, ...high.flags])]),
  ];
  return {
    heading: [`${formatInterval(base, unit)} in the scenario as it is`],
    grid: gridOf(rows, fields, style),
    caption: ["change of the mean", "░ at the low value", "█ at the high value"],
    bars: tornadoChart(factors as readonly TornadoRow[], { unit, ...style }),
  };
}

/** What is not known stands last. */
function largestFirst<Row>(rows: readonly Row[], sizeOf: (row: Row) => number): readonly Row[] {
  const size = (row: Row): number => (Number.isNaN(sizeOf(row)) ? -Infinity : sizeOf(row));
  return rows.toSorted((one, other) => (size(one) === size(other) ? 0 : size(other) - size(one)));
}

function factorField(): TableField<FactorName> {
  return { ...TEXT, colour: "cyan", key: true, headingOf: always("factor"), textOf: labelOf };
}

function labelOf({ factor, is_seed }: FactorName): string {
  return is_seed ? `(${factor})` : factor;
}

type Interval = IntervalEstimate & Pick<Estimate, "confidence">;

/** The estimate, named, and its interval. */
function intervalFields<Row>(
  name: string,
  {
    unit,
    estimateOf,
    rows,
  }: { readonly unit: string; readonly estimateOf: (row: Row) => Interval; readonly rows: readonly Row[] },
): readonly TableField<Row>[] {
  const confidence = rows[0] === undefined ? Number.NaN : estimateOf(rows[0]).confidence;
  return [
    { ...NUMBER, headingOf: always(name), textOf: (row) => intervalText(estimateOf(row), unit).estimate },
    {
      ...TEXT,
      headingOf: always(`${formatPercent(confidence)} interval`),
      textOf: (row) => intervalText(estimateOf(row), unit).interval,
    },
  ];
}

function remarkFields<Row>(rows: readonly Row[], flagsOf: (row: Row) => readonly string[]): readonly TableField<Row>[] {
  if (rows.every((row) => flagsOf(row).length === 0)) return [];
  const textOf = (row: Row): string => flagsOf(row).join(", ");
  return [{ ...TEXT, cuttable: true, colour: "yellow", headingOf: always("remarks"), textOf }];
}

function gridOf<Row>(rows: readonly Row[], fields: readonly TableField<Row>[], style: Style): string {
  return renderTable(tableOfFields([rows], fields), style);
}

function chartOf<Row extends FactorName>(
  rows: readonly Row[],
  {
    unit,
    estimateOf,
    style,
  }: { readonly unit: string; readonly estimateOf: (row: Row) => Interval; readonly style: Style },
): readonly string[] {
  const longest = Math.floor(style.width / 3);
  const labelled = rows.map((row) => ({ ...estimateOf(row), label: fitText(labelOf(row), longest) }));
  return intervalChart(labelled, { unit, align: "left", scale: "linear", ...style });
}
