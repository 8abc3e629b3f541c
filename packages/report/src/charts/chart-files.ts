import { acrossDrawings } from "../content/across-drawings.js";
import { attributionDrawing, attributionOf } from "../content/attribution-content.js";
import type { CaptionedDrawing } from "../content/captioned-drawing.js";
import { componentDrawings, pointDrawings } from "../content/point-drawings.js";
import { systemDrawing } from "../content/system-content.js";
import { groupedBy } from "../grouped-by.js";
import type { ReportData } from "../report-data.js";
import { svgFile, type ChartColours } from "./drawing.js";

/** A chart as a file. */
export interface ChartFile {
  /** A plain file name. */
  readonly file: string;
  readonly text: string;
}

/** Returns all charts of a report, each as an SVG file: the system, those across points, then those of each point that is drawn. */
export function chartFiles(data: ReportData, colours: ChartColours = "adaptive"): readonly ChartFile[] {
  const drawing = systemDrawing(data.system);
  const system = drawing === undefined ? [] : [{ name: "system", drawing }];
  const attribution = attributionOf(data);
  const across = acrossDrawings(data, attribution);
  const pointOf = new Map(data.points.map((point) => [point.point_id, point]));
  const rowsOf = groupedBy(data.summary, ({ point_id }) => point_id);
  const ofPoints = data.details.flatMap((detail, index) => {
    const { point_id } = detail;
    const ofPoint = { ...data, summary: rowsOf.get(point_id) ?? [] };
    const point = pointOf.get(point_id)!;
    const attributed = attribution === undefined ? undefined : attributionDrawing(attribution, ofPoint, point);
    const drawings = [
      ...pointDrawings(detail, ofPoint),
      ...(attributed === undefined ? [] : [attributed]),
      ...componentsOf(detail, ofPoint),
    ];
    return drawings.map(({ name, drawing }) => ({ name: `point-${index + 1}-${name}`, drawing }));
  });
  const taken = new Set<string>();
  return [...system, ...across, ...ofPoints].map(({ name, drawing }) => {
    const file = `${freeName(plainName(name), taken)}.svg`;
    return { file, text: svgFile(drawing, colours) };
  });
}

function componentsOf(detail: ReportData["details"][number], data: ReportData): readonly CaptionedDrawing[] {
  return detail.in_full ? componentDrawings(detail, data).flatMap(({ drawings }) => drawings) : [];
}

const LONGEST_NAME = 100;

/** Letters, digits, dots and hyphens only: the name came from a file. */
function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._]+/g, "-").slice(0, LONGEST_NAME);
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name}-${count}`;
  taken.add(free.toLowerCase());
  return free;
}
