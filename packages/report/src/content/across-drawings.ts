import type { ReportData } from "../report-data.js";
import { attributionAcross, type Attribution } from "./attribution-content.js";
import type { CaptionedDrawing } from "./captioned-drawing.js";
import { heatMapContent, responseContent } from "./response-content.js";
import { tornadoContent } from "./tornado-content.js";

/** What is drawn of all points together; nothing with a single one. */
export function acrossDrawings(data: ReportData, attribution: Attribution | undefined): readonly CaptionedDrawing[] {
  if (data.points.length < 2) return [];
  const shares = attribution === undefined ? undefined : attributionAcross(attribution, data);
  return [
    ...heatMapContent(data),
    ...tornadoContent(data),
    ...responseContent(data),
    ...(shares === undefined ? [] : [shares]),
  ];
}
