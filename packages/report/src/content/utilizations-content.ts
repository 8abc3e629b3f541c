import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import { isUtilization } from "./busiest-first.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";
import { componentOf } from "./metric-name.js";
import { meansOf } from "./means-of.js";
import { partsOfSets } from "./parts-of-sets.js";
import { pointTitle } from "./point-columns.js";

/** With fewer of them there is nothing to look for. */
const FEWEST_METRICS = 3;
const MOST_METRICS = 12;
const MOST_POINTS = 10;

/** What is used most, by point: what will be short next. Undefined with few components, a single point or very many. */
export function utilizationsContent(data: ReportData): ContentTable | undefined {
  const { points, metrics, summary, system } = data;
  if (points.length < 2 || points.length > MOST_POINTS) return undefined;
  const setOf = partsOfSets(system);
  const rows = metrics
    .filter(({ name }) => isUtilization(name) && setOf(componentOf(name) ?? "") === undefined)
    .map(({ name }) => ({ name, means: meansOf(summary, name) }))
    .map((row) => ({
      ...row,
      most: [...row.means.values()].reduce((most, { estimate }) => Math.max(most, estimate), 0),
    }))
    .filter(({ most }) => most > 0)
    .toSorted((one, other) => other.most - one.most);
  if (rows.length < FEWEST_METRICS) return undefined;
  const cut = rows.length > MOST_METRICS ? `, the ${MOST_METRICS} highest of ${rows.length}` : "";
  return {
    caption: `What is used most, means over runs${cut}`,
    columns: [
      { heading: "metric", align: "left" },
      ...points.map((point) => ({ heading: pointTitle(point), align: "right" as const })),
    ],
    rows: rows.slice(0, MOST_METRICS).map(({ name, means }) => [
      textCell(name),
      ...points.map(({ point_id }) => {
        const row = means.get(point_id);
        if (row === undefined || Number.isNaN(row.estimate)) return numberCell("-", Number.NaN);
        return numberCell(formatQuantity(row.estimate, "ratio", row), row.estimate);
      }),
    ]),
  };
}
