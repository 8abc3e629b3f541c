import { formatQuantity } from "../quantity/format-quantity.js";
import { groupedBy } from "../grouped-by.js";
import type { ReportData } from "../report-data.js";
import type { SummaryTablePoint, SummaryTableRow } from "../summary/summary-row.js";
import { busiestFirst, isUtilization } from "./busiest-first.js";
import { numberCell, textCell, type ContentCell, type ContentTable } from "./content-table.js";
import { componentOf, quantityOf } from "./metric-name.js";
import { partsOfSets } from "./parts-of-sets.js";
import { pointTitle } from "./point-columns.js";

/** What is asked of every component, in this order, as far as there is anything to tell. */
const QUANTITIES = [
  "cpu_utilization_ratio",
  "ready_queue_mean",
  "cpu_wait_s_p99",
  "io_queue_mean",
  "ram_used_mb_mean",
  "ram_queue_mean",
  "connections_mean",
] as const;

/** With fewer components the curves speak for themselves. */
const FEWEST_COMPONENTS = 3;
const MOST_ROWS = 40;

/** The components of one point beside each other, the busiest first; undefined where there are few. */
export function componentsContent(data: ReportData, point: SummaryTablePoint): ContentTable | undefined {
  const setOf = partsOfSets(data.system);
  const rows = data.summary.filter(({ point_id, estimand, metric }) => {
    const component = componentOf(metric);
    return (
      point_id === point.point_id && estimand === "mean" && component !== undefined && setOf(component) === undefined
    );
  });
  const rowsOf = groupedBy(rows, ({ metric }) => componentOf(metric)!);
  const isWorking = (component: string): boolean =>
    rowsOf.get(component)!.some(({ metric, estimate }) => isUtilization(metric) && estimate > 0);
  const components = busiestFirst([...rowsOf.keys()].filter(isWorking), rows, point.point_id).slice(0, MOST_ROWS);
  if (components.length < FEWEST_COMPONENTS) return undefined;
  const found = (component: string, quantity: string): SummaryTableRow | undefined =>
    rowsOf.get(component)!.find(({ metric }) => quantityOf(metric) === quantity);
  const quantities = QUANTITIES.filter((quantity) =>
    components.some((component) => (found(component, quantity)?.estimate ?? 0) > 0),
  );
  const others = new Map(components.map((component) => [component, busiestOther(rowsOf.get(component)!)]));
  const hasOthers = [...others.values()].some((other) => other !== undefined);
  return {
    caption: `Components at ${pointTitle(point)}, the busiest first, means over runs`,
    columns: [
      { heading: "component", align: "left" },
      ...quantities.map((heading) => ({ heading, align: "right" as const })),
      ...(hasOthers ? [{ heading: "what else is in use most", align: "left" as const }] : []),
    ],
    rows: components.map((component) => [
      textCell(component),
      ...quantities.map((quantity) => quantityCell(found(component, quantity), data)),
      ...(hasOthers ? [otherCell(others.get(component))] : []),
    ]),
  };
}

/** Such as a pool or the workers of a database. */
function busiestOther(rows: readonly SummaryTableRow[]): SummaryTableRow | undefined {
  return rows
    .filter(
      ({ metric, estimate }) => isUtilization(metric) && quantityOf(metric) !== "cpu_utilization_ratio" && estimate > 0,
    )
    .toSorted((one, other) => other.estimate - one.estimate)[0];
}

function quantityCell(row: SummaryTableRow | undefined, { units }: ReportData): ContentCell {
  if (row === undefined || Number.isNaN(row.estimate)) return numberCell("-", Number.NaN);
  return numberCell(formatQuantity(row.estimate, units.get(row.metric) ?? "", row), row.estimate);
}

function otherCell(row: SummaryTableRow | undefined): ContentCell {
  if (row === undefined) return textCell("-");
  return textCell(
    `${quantityOf(row.metric).replace(/_?utilization_ratio$/, "")} ${formatQuantity(row.estimate, "ratio", row)}`,
  );
}
