import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ENGINE_VERSION } from "@loadstar/engine";
import { InputError, parseScenario, parseSweep, type Problem } from "@loadstar/scenario";
import { MANIFEST_FILE, openResults, readStudyFile, STUDY_FILE, type StudyData } from "@loadstar/store";
import { LOADSTAR_VERSION } from "./loadstar-version.js";
import { NOWHERE, type StudyInput } from "./read-study-input.js";
import type { StudyOverrides } from "./override-sweep.js";
import type { Study } from "./study.js";
import { RecordedReader } from "./recorded-reader.js";

/** What is kept of a study in its results directory: all that is needed to make it again. */
export function studyDataOf({ name, source }: Study): StudyData {
  const { file, scenarioFile, sweep, overrides, data, recorded } = source;
  return {
    name,
    loadstar_version: LOADSTAR_VERSION,
    engine_version: ENGINE_VERSION,
    file,
    scenario_file: scenarioFile,
    sweep,
    overrides,
    scenario: data,
    recorded,
  };
}

/** Whether a path is a directory that holds a study, finished or not. */
export async function isResultsDirectory(path: string): Promise<boolean> {
  for (const file of [STUDY_FILE, MANIFEST_FILE]) {
    try {
      if ((await stat(join(path, file))).isFile()) return true;
    } catch {
      continue;
    }
  }
  return false;
}

/** The study of a results directory, finished or not, as plain data. @throws ResultsError */
export async function readStudyData(directory: string): Promise<StudyData> {
  const unfinished = await readStudyFile(directory);
  if (unfinished !== undefined) return unfinished;
  const { study } = (await openResults(directory)).manifest;
  return isMapping(study) ? (study as StudyData) : {};
}

/**
 * The files of a study as its results directory remembers them. They may come from anywhere and are checked like files.
 * @throws InputError with all problems
 */
export function studyInputOf(directory: string, data: StudyData): StudyInput {
  const { name, sweep, scenario, file, scenario_file } = data;
  if (typeof name !== "string" || typeof file !== "string" || typeof scenario_file !== "string") {
    throw new InputError([problem(directory, "it must hold a study that this version of Loadstar wrote")]);
  }
  // JSON is YAML: what was written is read and checked as if it stood in a file.
  // The name may come from a file's name, which no rule holds for.
  const text = JSON.stringify(isMapping(sweep) ? { ...sweep, name: undefined } : null);
  const sweepReading = parseSweep(text, { file: `${directory}: sweep` });
  const scenarioReading = parseScenario(JSON.stringify(scenario ?? null), { file: `${directory}: scenario` });
  const problems = [...sweepReading.problems, ...scenarioReading.problems];
  if (problems.length > 0 || sweepReading.sweep === undefined) throw new InputError(problems);
  return {
    file,
    sweep: { ...sweepReading.sweep, name },
    scenarioFile: scenario_file,
    recorded: new RecordedReader(scenario_file),
    data: scenario,
    notes: [...notesOn(file, sweepReading.notes), ...notesOn(scenario_file, scenarioReading.notes)],
    locate: () => NOWHERE,
    locateScenario: () => NOWHERE,
  };
}

/** Notes are about what somebody wrote, of which no lines are remembered. */
function notesOn(file: string, notes: readonly Problem[]): readonly Problem[] {
  return notes.map((note) => ({ ...note, file, line: 0, column: 0 }));
}

/**
 * What the command line said when a study was stored. Its values are checked where they are applied.
 * @throws InputError for what no command line can have said
 */
export function storedOverrides(directory: string, { overrides = {} }: StudyData): StudyOverrides {
  const isList = (list: unknown): boolean =>
    list === undefined || (Array.isArray(list) && list.every((it) => Array.isArray(it) && typeof it[0] === "string"));
  if (isMapping(overrides)) {
    const { set, parameters, extend = {} } = overrides as Readonly<Record<string, unknown>>;
    if (isList(set) && isList(parameters) && isMapping(extend)) return overrides;
  }
  throw new InputError([problem(directory, "overrides must be those that this version of Loadstar wrote")]);
}

/** Files, or columns of files, whose content is another one than when a study was stored, with both digests. */
export function otherRecordings(
  { recorded }: StudyData,
  { source }: Study,
): readonly { readonly name: string; readonly before: string; readonly after: string }[] {
  const earlier: Readonly<Record<string, unknown>> = isMapping(recorded) ? { ...recorded } : {};
  return Object.entries(source.recorded).flatMap(([name, after]) => {
    const before = Object.hasOwn(earlier, name) ? String(earlier[name]) : after;
    return before === after ? [] : [{ name, before, after }];
  });
}

function isMapping(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problem(file: string, message: string): Problem {
  return { file, line: 0, column: 0, path: "", message };
}
