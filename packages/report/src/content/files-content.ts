import { formatQuantity } from "../quantity/format-quantity.js";
import type { ReportData } from "../report-data.js";
import { numberCell, textCell, type ContentTable } from "./content-table.js";

/** The files behind a report, with their digests. */
export function filesContent({ files }: ReportData): ContentTable {
  return {
    caption: "Files of the results",
    columns: [
      { heading: "file", align: "left" },
      { heading: "rows", align: "right" },
      { heading: "bytes", align: "right" },
      { heading: "SHA-256", align: "left" },
    ],
    rows: files.map(({ file, rows, bytes, sha256 }) => [
      textCell(file),
      numberCell(formatQuantity(rows, "1"), rows),
      numberCell(formatQuantity(bytes, "1"), bytes),
      textCell(sha256),
    ]),
  };
}
