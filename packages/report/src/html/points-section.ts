import {
  ATTRIBUTION_HINT,
  attributionDrawing,
  attributionTable,
  type Attribution,
} from "../content/attribution-content.js";
import { VERDICT_WORDS } from "../content/objectives-content.js";
import { componentsContent } from "../content/components-content.js";
import { componentDrawings, pointDrawings, type DrawingGroup } from "../content/point-drawings.js";
import { pointContent } from "../content/estimates-content.js";
import { componentOf } from "../content/metric-name.js";
import { pointTitle } from "../content/point-columns.js";
import { groupedBy } from "../grouped-by.js";
import { html, type Html } from "../markup/html.js";
import { formatPercent } from "../quantity/format-percent.js";
import type { PointDetail, ReportData } from "../report-data.js";
import type { SummaryTablePoint } from "../summary/summary-row.js";
import { fitText } from "../text/fit-text.js";
import { dataTable, name, verdictWord } from "./data-table.js";
import { figures } from "./figure.js";
import type { PageParts } from "./page-parts.js";
import type { Section } from "./section.js";

/** So many points that are not met are open when the page is opened. */
const MOST_OPEN = 2;
/** So many components are open beside each other. */
const MOST_UNFOLDED = 6;
const WIDEST_TITLE = 120;
const WORST_FIRST = ["fail", "inconclusive", "pass"] as const;

/** The drawings of each point; those that matter most are open. */
export function pointsSection(data: ReportData, { anchors, attribution }: PageParts): Section | undefined {
  const { details, points } = data;
  if (details.length === 0) return undefined;
  const pointOf = new Map(points.map((point) => [point.point_id, point]));
  const opened = openPoints(data);
  const legend = `Lines are means over runs. Shadows around them are ${formatPercent(data.confidence)} bands that hold for all times at once (sup-t from 100 completed runs on, Student t with Bonferroni below). Dotted edges mark events, grey the warm-up. What is 0 all the time is not drawn.`;
  const choice = `${details.length} of ${points.length} points are drawn, those with broken or inconclusive objectives first; loadstar report --point chooses others. The tables have all.`;
  // Looked through for every number of a point: the rows of the others are left out beforehand.
  const rowsOf = groupedBy(data.summary, ({ point_id }) => point_id);
  const elements = details.map((detail) =>
    pointElement(detail, {
      data: { ...data, summary: rowsOf.get(detail.point_id) ?? [] },
      attribution,
      point: pointOf.get(detail.point_id)!,
      anchor: anchors.get(detail.point_id)!,
      open: opened.has(detail.point_id),
    }),
  );
  const body = html`<p class="note">${legend}</p>
${details.length < points.length && html`<p class="note">${choice}</p>`}
${!hasComponents(data) && html`<p class="note">${COMPONENTS_HINT}</p>`}
${attribution === undefined && html`<p class="note">${ATTRIBUTION_HINT}</p>`}
<div class="tools"></div>
${elements}`;
  return { id: "points", title: "Point by point", body };
}

/** Those with a broken objective, else with an inconclusive one, else the first. */
function openPoints({ objectives, details }: ReportData): ReadonlySet<string> {
  const drawn = new Set(details.map(({ point_id }) => point_id));
  for (const wanted of WORST_FIRST.slice(0, 2)) {
    const found = objectives.filter(({ verdict, point_id }) => verdict === wanted && drawn.has(point_id));
    if (found.length > 0) return new Set([...new Set(found.map(({ point_id }) => point_id))].slice(0, MOST_OPEN));
  }
  return new Set(details.slice(0, 1).map(({ point_id }) => point_id));
}

const COMPONENTS_HINT =
  'These results keep no metrics of single components, because there are many: metrics: ["*"] in the sweep keeps all, ["*.cpu_utilization_ratio"] what tells which of them is busy.';

/** Whether there is anything to tell of components: large systems keep none of their metrics unless they are asked to. */
function hasComponents({ metrics, details }: ReportData): boolean {
  const names = [
    ...metrics.map(({ name: metric }) => metric),
    ...details.flatMap(({ series }) => series.map(({ metric }) => metric)),
  ];
  return names.some((metric) => componentOf(metric) !== undefined);
}

interface PointParts {
  readonly data: ReportData;
  readonly attribution: Attribution | undefined;
  readonly point: SummaryTablePoint;
  readonly anchor: string;
  readonly open: boolean;
}

function pointElement(detail: PointDetail, { data, attribution, point, anchor, open }: PointParts): Html {
  const components = detail.in_full ? componentDrawings(detail, data) : [];
  const overview = detail.in_full ? componentsContent(data, point) : undefined;
  const drawings = pointDrawings(detail, data);
  const title = fitText(pointTitle(point), WIDEST_TITLE);
  const numbers = detail.in_full
    ? estimatesElement(data, point)
    : html`<p class="note">Its components are not drawn here; loadstar report --point does it.</p>`;
  return html`<details class="point" id="${anchor}" data-title="${title}"${open && html` open`}>
<summary><h3>${name(title)}</h3>${verdictCounts(data, point)}</summary>
${drawings.length === 0 ? html`<p class="note">No run of this point completed.</p>` : figures(drawings)}
${attribution !== undefined && attributionElement(attribution, { data, point, in_full: detail.in_full })}
${overview !== undefined && dataTable(overview, new Map())}
${componentElements(components)}
${numbers}
</details>
`;
}

function estimatesElement(data: ReportData, point: SummaryTablePoint): Html {
  const { table, left_out } = pointContent(data, point);
  const note = left_out !== "" && html`<p class="note">${left_out}</p>`;
  return html`<details class="numbers"><summary>All estimates</summary>${note}${dataTable(table, new Map())}</details>`;
}

/** Those of many components are folded, but the first, which shows what is within. */
function componentElements(groups: readonly DrawingGroup[]): readonly Html[] {
  if (groups.length <= MOST_UNFOLDED) {
    return groups.map((one) => html`<h4>${name(one.title)}</h4>${figures(one.drawings, "small")}`);
  }
  return groups.map(
    (one, index) =>
      html`<details class="component"${index === 0 && html` open`}><summary><h4>${name(one.title)}</h4></summary>${figures(one.drawings, "small")}</details>
`,
  );
}

function attributionElement(
  attribution: Attribution,
  { data, point, in_full }: Pick<PointParts, "data" | "point"> & { readonly in_full: boolean },
): Html {
  const drawing = attributionDrawing(attribution, data, point);
  if (drawing === undefined) return html``;
  return html`<h4>Where the time goes</h4>
${figures([drawing], "wide")}
${in_full && html`<details class="numbers"><summary>These shares with their intervals</summary>${dataTable(attributionTable(attribution, data, point), new Map())}</details>`}`;
}

function verdictCounts({ objectives }: ReportData, { point_id }: SummaryTablePoint): readonly Html[] {
  return WORST_FIRST.flatMap((verdict) => {
    const count = objectives.filter((row) => row.point_id === point_id && row.verdict === verdict).length;
    return count === 0 ? [] : [verdictWord(verdict, `${count} ${VERDICT_WORDS[verdict]}`)];
  });
}
