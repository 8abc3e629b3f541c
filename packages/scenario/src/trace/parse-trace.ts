import type { Problem } from "../problem.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showNames } from "../wording/show-value.js";
import type { Trace, TraceKind } from "./trace.js";

/** Most rows of a trace. */
const MOST_ROWS = 5_000_000;

/** Most kinds of requests in a trace: an endpoint and a class each. */
const MOST_KINDS = 1000;

const COLUMNS = ["arrival_s", "endpoint", "class"] as const;

/** What came of reading a trace: either the trace or the first problem. */
export interface TraceReading {
  readonly trace?: Trace;
  readonly problems: readonly Problem[];
}

/**
 * Reads a trace from CSV: a line with the names of the columns, `arrival_s` and optionally `endpoint` and `class`, in any
 * order, then one row for each arrival, sorted by time. Fields are separated by commas and hold no quotes. What stands in the file is not
 * repeated in messages: it may be any file.
 */
export function parseTrace(text: string, { file }: { readonly file: string }): TraceReading {
  const lines = new Lines(text);
  const header = (lines.next() ?? "").split(",").map((name) => name.trim());
  const refused = (line: number, message: string): TraceReading => ({
    problems: [{ file, line, column: 1, path: "", message }],
  });
  const headerProblem = wrongHeader(header);
  if (headerProblem !== undefined) return refused(1, headerProblem);

  const columns = COLUMNS.map((name) => header.indexOf(name));
  const [arrival, endpoint, requestClass] = columns as [number, number, number];
  const says = endpoint >= 0 || requestClass >= 0;
  // Memory that threads share: a plan that goes to a worker does not copy it.
  const times_s = new Float64Array(new SharedArrayBuffer(8 * lines.atMost()));
  const requests = new Int32Array(new SharedArrayBuffer(says ? 4 * lines.atMost() : 0));
  const kinds = new Kinds();
  let rows = 0;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const fields = line.split(",");
    if (fields.length !== header.length)
      return refused(lines.number, `must have ${header.length} fields: current number is ${fields.length}`);
    const time_s = fields[arrival]!.trim() === "" ? Number.NaN : Number(fields[arrival]);
    if (!Number.isFinite(time_s) || time_s < 0)
      return refused(lines.number, "arrival_s must be a finite number of seconds >= 0");
    if (rows > 0 && time_s < times_s[rows - 1]!)
      return refused(lines.number, "arrival_s must be sorted: it is less than in the line before");
    if (rows === MOST_ROWS) return refused(lines.number, `must have at most ${MOST_ROWS} rows`);
    if (says) {
      const kind = kinds.positionOf((fields[endpoint] ?? "").trim().toLowerCase(), (fields[requestClass] ?? "").trim());
      if (kind === MOST_KINDS) return refused(lines.number, `must have at most ${MOST_KINDS} kinds of requests`);
      requests[rows] = kind;
    }
    times_s[rows++] = time_s + 0;
  }
  const trace = {
    times_s: times_s.subarray(0, rows),
    requests: requests.subarray(0, says ? rows : 0),
    kinds: kinds.list,
  };
  return { trace, problems: [] };
}

function wrongHeader(header: readonly string[]): string | undefined {
  const unknown = header.find((name) => !(COLUMNS as readonly string[]).includes(name));
  if (!header.includes("arrival_s"))
    return `first line must name the columns, among them arrival_s: known ones are ${showNames(COLUMNS)}`;
  if (unknown !== undefined) return `unknown column ${showName(unknown)}${didYouMean(unknown, COLUMNS)}`;
  return new Set(header).size === header.length ? undefined : "first line must name each column once";
}

/** The kinds found so far, by position. */
class Kinds {
  readonly list: TraceKind[] = [];
  readonly #positions = new Map<string, number>();

  positionOf(endpoint: string, requestClass: string): number {
    const key = `${endpoint},${requestClass}`;
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    this.#positions.set(key, this.list.length);
    return this.list.push({ endpoint, class: requestClass }) - 1;
  }
}

/** Lines that are not blank, one after the other, with their numbers from 1. */
class Lines {
  number = 0;
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text;
  }

  /** How many are left at most, bounded by what a trace may have. */
  atMost(): number {
    let count = 1;
    for (
      let at = this.#text.indexOf("\n", this.#position);
      at >= 0 && count <= MOST_ROWS;
      at = this.#text.indexOf("\n", at + 1)
    )
      count++;
    return count;
  }

  next(): string | undefined {
    while (this.#position < this.#text.length) {
      const end = this.#text.indexOf("\n", this.#position);
      const line = this.#text.slice(this.#position, end < 0 ? undefined : end).trimEnd();
      this.#position = end < 0 ? this.#text.length : end + 1;
      this.number++;
      if (line !== "") return line;
    }
    return undefined;
  }
}
