import type { Problem } from "../problem.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showNames } from "../wording/show-value.js";
import { CsvTable } from "./csv-table.js";
import { GrowingColumn } from "./growing-column.js";
import { brokenColumns, MOST_ROWS, numberOf, problemIn, textOf, type RecordedTable } from "./recorded-table.js";
import type { Trace, TraceKind } from "./trace.js";

/** Most kinds of requests in a trace: an endpoint and a class each. */
const MOST_KINDS = 1000;

const COLUMNS = ["arrival_s", "endpoint", "class", "payload_kb", "response_kb"] as const;

/** What came of reading a trace: either the trace or the first problem. */
export interface TraceReading {
  readonly trace?: Trace;
  readonly problems: readonly Problem[];
}

/** Reads a trace from CSV: `readTrace` of a `CsvTable`. */
export function parseTrace(text: string | Iterable<string>, { file }: { readonly file: string }): TraceReading {
  return readTrace(new CsvTable(text, { file }));
}

/**
 * Reads a trace from a table: columns `arrival_s` and optionally `endpoint`, `class`, `payload_kb` and `response_kb`, in any
 * order; a row for each arrival, sorted by time. What stands in the file is not repeated in messages: it may be any file.
 */
export function readTrace(table: RecordedTable): TraceReading {
  const refused = (message: string): TraceReading => ({ problems: [problemIn(table, message)] });
  const broken = brokenNames(table.columns) ?? brokenColumns(table, COLUMNS);
  if (broken !== undefined) return refused(broken);

  const reader = new TraceRows(table.columns);
  for (let fields = table.next(); fields !== undefined; fields = table.next()) {
    const message = reader.add(fields);
    if (message !== undefined) return refused(message);
  }
  return { trace: reader.trace(), problems: [] };
}

function brokenNames(names: readonly string[]): string | undefined {
  if (!names.includes("arrival_s"))
    return `must have columns with names, among them arrival_s: known ones are ${showNames(COLUMNS)}`;
  const unknown = names.find((name) => !(COLUMNS as readonly string[]).includes(name));
  return unknown === undefined ? undefined : `unknown column ${showName(unknown)}${didYouMean(unknown, COLUMNS)}`;
}

/** The rows of a trace so far. */
class TraceRows {
  readonly #fields: number;
  readonly #arrival: number;
  readonly #endpoint: number;
  readonly #class: number;
  readonly #says: boolean;
  readonly #sizes: readonly {
    readonly name: "payload_kb" | "response_kb";
    readonly at: number;
    readonly column: GrowingColumn;
  }[];
  readonly #times_s = new GrowingColumn();
  readonly #requests = new GrowingColumn();
  readonly #kinds = new Kinds();
  #last_s = 0;

  constructor(columns: readonly string[]) {
    this.#fields = columns.length;
    this.#arrival = columns.indexOf("arrival_s");
    this.#endpoint = columns.indexOf("endpoint");
    this.#class = columns.indexOf("class");
    this.#says = this.#endpoint >= 0 || this.#class >= 0;
    this.#sizes = (["payload_kb", "response_kb"] as const)
      .filter((name) => columns.includes(name))
      .map((name) => ({ name, at: columns.indexOf(name), column: new GrowingColumn() }));
  }

  /** Adds a row, or says what is wrong with it. */
  add(fields: readonly unknown[]): string | undefined {
    if (fields.length !== this.#fields) return `must have ${this.#fields} fields: current number is ${fields.length}`;
    const time_s = numberOf(fields[this.#arrival]);
    if (!Number.isFinite(time_s) || time_s < 0) return "arrival_s must be a finite number of seconds >= 0";
    if (time_s < this.#last_s) return "arrival_s must be sorted: it is less than in the row before";
    if (this.#times_s.length === MOST_ROWS) return `must have at most ${MOST_ROWS} rows`;
    if (this.#says) {
      const kind = this.#kinds.positionOf(textOf(fields[this.#endpoint]).toLowerCase(), textOf(fields[this.#class]));
      if (kind === MOST_KINDS) return `must have at most ${MOST_KINDS} kinds of requests`;
      this.#requests.push(kind);
    }
    for (const { name, at, column } of this.#sizes) {
      const size_kb = numberOf(fields[at]);
      if (!Number.isFinite(size_kb) || size_kb < 0) return `${name} must be a finite number of kilobytes >= 0`;
      column.push(size_kb);
    }
    this.#times_s.push(time_s + 0);
    this.#last_s = time_s;
    return undefined;
  }

  trace(): Trace {
    return {
      times_s: this.#times_s.floats(),
      requests: this.#requests.integers(),
      kinds: this.#kinds.list,
      ...Object.fromEntries(this.#sizes.map(({ name, column }) => [name, column.floats()])),
    };
  }
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
