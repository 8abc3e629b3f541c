import { formatQuantity } from "../quantity/format-quantity.js";
import type { RenderOptions } from "../render-options.js";
import { renderTable } from "../table/render-table.js";
import type { Column } from "../table/table.js";

/** One request, and where its time went. */
export interface RequestRow {
  /** In the order of arrival. */
  readonly request: number;
  /** `completed`, `dropped`, `failed`, `rejected` or `in_flight`. */
  readonly ended: string;
  readonly latency_s: number;
  readonly network_s: number;
  readonly ram_wait_s: number;
  readonly cpu_wait_s: number;
  readonly cpu_s: number;
  readonly io_s: number;
  readonly pool_wait_s: number;
  readonly entrance_wait_s: number;
  readonly row_wait_s: number;
  readonly fetch_wait_s: number;
  readonly llm_wait_s: number;
  readonly llm_s: number;
  readonly unanswered_s: number;
  readonly backoff_s: number;
}

const NUMBER: Column = { align: "right", cuttable: false };
const TEXT: Column = { align: "left", cuttable: false };

const TIMES = [
  ["latency", "latency_s"],
  ["network", "network_s"],
  ["RAM wait", "ram_wait_s"],
  ["CPU wait", "cpu_wait_s"],
  ["CPU", "cpu_s"],
  ["I/O", "io_s"],
] as const;

/** What only some systems have; a column for each that some request has. */
const RARE_TIMES = [
  ["pool wait", "pool_wait_s"],
  ["entrance", "entrance_wait_s"],
  ["row wait", "row_wait_s"],
  ["fetch wait", "fetch_wait_s"],
  ["LLM wait", "llm_wait_s"],
  ["LLM", "llm_s"],
  ["no answer", "unanswered_s"],
  ["backoff", "backoff_s"],
] as const;

/** Returns a line for each request: how long it took, the parts of that, and how it ended. Empty without requests. */
export function renderRequests(rows: readonly RequestRow[], options: RenderOptions = {}): string {
  const rare = RARE_TIMES.filter(([, name]) => rows.some((row) => row[name] > NOTHING_S));
  const times = [...TIMES, ...rare];
  const section = {
    headings: ["request", ...times.map(([heading]) => heading), "ended"],
    rows: rows.map((row) => [
      formatQuantity(row.request, "1"),
      ...times.map(([, name]) => timeText(row[name])),
      row.ended.replaceAll("_", " "),
    ]),
  };
  const columns = [{ ...NUMBER, colour: "cyan" as const }, ...times.map(() => NUMBER), TEXT];
  return renderTable({ columns, sections: [section], keyColumns: 1 }, options);
}

/** What rounding leaves of nothing is nothing. */
function timeText(time_s: number): string {
  return formatQuantity(time_s < NOTHING_S ? 0 : time_s, "s");
}

const NOTHING_S = 1e-9;
