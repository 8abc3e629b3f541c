import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import {
  checkTraces,
  columnKey,
  CsvTable,
  InputError,
  readColumn,
  readTrace,
  recordedColumnsOf,
  traceFilesOf,
  type Problem,
  type Recorded,
  type RecordedTable,
  type Scenario,
  type Trace,
} from "@loadstar/scenario";
import { ArrowRows, isArrowFile } from "@loadstar/store";
import { withDigests } from "./chunks/digest-of-array.js";
import { messageOf } from "./message-of.js";

/** Longest file [bytes]. */
const MAX_BYTES = 256 * 1024 * 1024;

/** A text is read in pieces of this size [bytes]. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Reads the traces and columns that scenarios of one file name, each once. They must lie below the directory of that file, links followed. A file
 * is Arrow if it begins like that, and otherwise CSV.
 */
export class RecordedReader {
  readonly #scenarioFile: string;
  readonly #traces = new Map<string, Trace>();
  readonly #columns = new Map<string, Float64Array>();

  constructor(scenarioFile: string) {
    this.#scenarioFile = scenarioFile;
  }

  /** What a checked scenario takes from other files. @throws InputError with all that is wrong with them */
  read(scenario: Scenario): Recorded {
    const problems: Problem[] = [];
    for (const file of traceFilesOf(scenario)) {
      if (this.#traces.has(file)) continue;
      const { trace, problems: found } = this.#from(file, readTrace);
      problems.push(...found);
      if (trace !== undefined) this.#traces.set(file, trace);
    }
    for (const wanted of recordedColumnsOf(scenario)) {
      const key = columnKey(wanted);
      if (this.#columns.has(key)) continue;
      const { values, problems: found } = this.#from(wanted.file, (table) => readColumn(table, wanted.column));
      problems.push(...found);
      if (values !== undefined) this.#columns.set(key, values);
    }
    problems.push(...checkTraces(scenario, this.#traces, { file: this.#scenarioFile }));
    if (problems.length > 0) throw new InputError(problems);
    return { traces: this.#traces, columns: this.#columns };
  }

  /** What was read, in short: digests by the files, or by the files and columns. Other digests mean other contents. */
  digests(): Readonly<Record<string, string>> {
    const traces = [...this.#traces].map(([file, trace]) => [file, digestOf(trace)]);
    const columns = [...this.#columns].map(([key, values]) => [key.replace("\n", ": "), digestOf(values)]);
    return Object.fromEntries([...traces, ...columns]) as Readonly<Record<string, string>>;
  }

  /** What `reading` makes of the table in a file, or why it cannot be read. */
  #from<Reading extends { readonly problems: readonly Problem[] }>(
    name: string,
    reading: (table: RecordedTable) => Reading,
  ): Reading | { readonly problems: readonly Problem[]; readonly trace?: undefined; readonly values?: undefined } {
    const directory = dirname(this.#scenarioFile);
    const file = join(directory, name);
    let handle: number | undefined;
    try {
      const place = placeOf(directory, file);
      const status = statSync(place);
      if (!status.isFile()) throw new Refusal("must be a file");
      if (status.size > MAX_BYTES) throw new Refusal(`must be at most ${MAX_BYTES} bytes: it has ${status.size}`);
      handle = openSync(place, "r");
      const head = Buffer.alloc(8);
      readSync(handle, head, 0, head.length, 0);
      return reading(
        isArrowFile(head) ? new ArrowTable(readFileSync(handle), file) : new CsvTable(textOf(handle), { file }),
      );
    } catch (error) {
      const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
      const message = missing ? "must be a file: there is none" : `cannot be read: ${messageOf(error)}`;
      return { problems: [problemOf(file, error instanceof Refusal ? error.message : message)] };
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }
}

function digestOf(content: object): string {
  return createHash("sha256").update(JSON.stringify({ content }, withDigests)).digest("hex");
}

/** Says by which rule a file is not read. */
class Refusal extends Error {}

function placeOf(directory: string, file: string): string {
  const place = realpathSync(file);
  const way = relative(realpathSync(directory), place);
  if (isAbsolute(way) || way.split(sep)[0] === "..") {
    throw new Refusal("must lie below the directory of the scenario: it is a link to somewhere else");
  }
  return place;
}

/** The text of a file, piece by piece. */
function* textOf(handle: number): Generator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; ;) {
    const length = readSync(handle, piece, 0, piece.length, position);
    if (length === 0) return;
    position += length;
    yield decoder.decode(piece.subarray(0, length), { stream: true });
  }
}

/** Rows of an Arrow file have no lines: they are named by their numbers, from 1. */
class ArrowTable extends ArrowRows implements RecordedTable {
  readonly file: string;

  constructor(bytes: Uint8Array, file: string) {
    super(bytes);
    this.file = file;
  }

  place(): Pick<Problem, "line" | "column" | "path"> {
    return { line: 0, column: 0, path: this.row === 0 ? "" : `row ${this.row}` };
  }
}

function problemOf(file: string, message: string): Problem {
  return { file, line: 0, column: 0, path: "", message };
}
