import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { checkTraces, InputError, parseTrace, traceFilesOf, type Scenario, type Trace } from "@loadstar/scenario";
import { messageOf } from "./message-of.js";

/** Longest trace [bytes]. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads the traces that scenarios of one file name, each once. They must lie below the directory of that file, links followed. */
export class TraceReader {
  readonly #scenarioFile: string;
  readonly #traces = new Map<string, Trace>();

  constructor(scenarioFile: string) {
    this.#scenarioFile = scenarioFile;
  }

  /** The traces of a checked scenario. @throws InputError with all that is wrong with them */
  read(scenario: Scenario): ReadonlyMap<string, Trace> {
    for (const file of traceFilesOf(scenario)) {
      if (!this.#traces.has(file)) this.#traces.set(file, readTrace(dirname(this.#scenarioFile), file));
    }
    const problems = checkTraces(scenario, this.#traces, { file: this.#scenarioFile });
    if (problems.length > 0) throw new InputError(problems);
    return this.#traces;
  }
}

function readTrace(directory: string, name: string): Trace {
  const file = join(directory, name);
  const { trace, problems } = parseTrace(textOf(directory, file), { file });
  if (trace === undefined) throw new InputError(problems);
  return trace;
}

function textOf(directory: string, file: string): string {
  try {
    const place = realpathSync(file);
    const way = relative(realpathSync(directory), place);
    if (isAbsolute(way) || way.split(sep)[0] === "..") {
      throw refusal(file, "must lie below the directory of the scenario: it is a link to somewhere else");
    }
    const status = statSync(place);
    if (!status.isFile()) throw refusal(file, "must be a file");
    if (status.size > MAX_BYTES) throw refusal(file, `must be at most ${MAX_BYTES} bytes: it has ${status.size}`);
    return readFileSync(place, "utf8");
  } catch (error) {
    if (error instanceof InputError) throw error;
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw refusal(file, missing ? "must be a file: there is none" : `cannot be read: ${messageOf(error)}`);
  }
}

function refusal(file: string, message: string): InputError {
  return new InputError([{ file, line: 0, column: 0, path: "", message }]);
}
