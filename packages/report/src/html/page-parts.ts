import type { Attribution } from "../content/attribution-content.js";
import type { PointAnchors } from "./data-table.js";

/** What is made once for a whole page. */
export interface PageParts {
  readonly anchors: PointAnchors;
  readonly attribution: Attribution | undefined;
}
