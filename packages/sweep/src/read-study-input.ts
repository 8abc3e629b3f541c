import { basename, dirname, extname, isAbsolute, join } from "node:path";
import { InputError, parseScenario, parseSweep, type Locate, type Problem, type Sweep } from "@loadstar/scenario";
import { readInput } from "./read-input.js";
import { RecordedReader } from "./recorded-reader.js";

/** The files of a study: read, and right by themselves. */
export interface StudyInput {
  readonly file: string;
  readonly sweep: Sweep & { readonly name: string };
  readonly scenarioFile: string;
  /** Reads what the scenario takes from other files. */
  readonly recorded: RecordedReader;
  /** The scenario as plain data, for parameters to be set in it. */
  readonly data: unknown;
  readonly notes: readonly Problem[];
  /** Where the parts of the sweep file stand. */
  readonly locate: Locate;
  /** Where those of the scenario stand. */
  readonly locateScenario: Locate;
}

/** The position of what stands in no file. */
export const NOWHERE = { line: 0, column: 0 } as const;

/**
 * Reads a sweep file with its scenario, or a scenario file as a sweep without parameters.
 * @throws InputError with all problems of both files
 */
export async function readStudyInput(file: string): Promise<StudyInput> {
  const text = await readInput(file);
  const reading = parseScenario(text, { file });
  if (!looksLikeSweep(reading.data)) {
    if (reading.problems.length > 0) throw new InputError(reading.problems);
    const sweep = { name: nameOf(file, reading.scenario?.name), scenario: file };
    const recorded = new RecordedReader(file);
    return {
      file,
      sweep,
      scenarioFile: file,
      recorded,
      data: reading.data,
      notes: reading.notes,
      locate: () => NOWHERE,
      locateScenario: reading.locate,
    };
  }
  const { sweep, problems, notes, locate } = parseSweep(text, { file });
  // Also that of a sweep with problems: who mends one file sees what is wrong with the other.
  const { scenario: named } = reading.data;
  const scenarioFile = typeof named === "string" ? beside(file, named) : undefined;
  const place = { file, ...locate(["scenario"], "value"), path: "scenario" };
  const scenario = scenarioFile === undefined ? undefined : await scenarioIn(scenarioFile, place);
  const all = [...problems, ...(scenario?.problems ?? [])];
  if (all.length > 0 || sweep === undefined || scenarioFile === undefined) throw new InputError(all);
  return {
    file,
    sweep: { ...sweep, name: nameOf(file, sweep.name) },
    scenarioFile,
    recorded: new RecordedReader(scenarioFile),
    data: scenario?.data,
    notes: [...notes, ...(scenario?.notes ?? [])],
    locate,
    locateScenario: scenario?.locate ?? (() => NOWHERE),
  };
}

/** A scenario file, or what is wrong with it; where it cannot be read, with the place that names it. */
async function scenarioIn(
  file: string,
  place: Omit<Problem, "message">,
): Promise<Partial<ScenarioReading> & Pick<ScenarioReading, "problems">> {
  try {
    return parseScenario(await readInput(file), { file });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: error.problems.map(({ message }) => ({ ...place, message: `${file} ${message}` })) };
  }
}

type ScenarioReading = ReturnType<typeof parseScenario>;

function looksLikeSweep(data: unknown): data is { readonly scenario: unknown } {
  return typeof data === "object" && data !== null && "scenario" in data && !("rqs_input" in data);
}

/** A path that is relative to a file's directory. */
function beside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

function nameOf(file: string, name: string | undefined): string {
  return name ?? basename(file, extname(file));
}
