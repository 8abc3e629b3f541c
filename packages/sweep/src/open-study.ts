import type { Scenario, Sweep } from "@loadstar/scenario";
import { overridesTogether, overrideSweep, type StudyOverrides } from "./override-sweep.js";
import { readStudyInput, type StudyInput } from "./read-study-input.js";
import { checkedScenario, withSettings } from "./set-values.js";
import { isResultsDirectory, readStudyData, storedOverrides, studyInputOf } from "./study-data.js";

/** The files of a study with all that overrides them, before any point is made of them. */
export interface OpenStudy {
  /** What was read; its data have the values that are set at every point. */
  readonly input: StudyInput;
  readonly sweep: Sweep;
  /** The scenario without parameters. */
  readonly base: Scenario;
  /** The scenario as its file says it. */
  readonly data: unknown;
  /** All that overrides the sweep file, those of a stored study included. */
  readonly overrides: StudyOverrides;
}

/**
 * Reads a sweep file, or a scenario file as a sweep of one point, or what a results directory remembers of one, and
 * checks it whole. @throws InputError with all problems at once
 */
export async function openStudy(file: string, overrides: StudyOverrides): Promise<OpenStudy> {
  if (!(await isResultsDirectory(file))) return overriddenStudy(await readStudyInput(file), overrides);
  const data = await readStudyData(file);
  const opened = overriddenStudy(studyInputOf(file, data), overrides);
  return { ...opened, overrides: overridesTogether(storedOverrides(file, data), overrides) };
}

/** What was read, with all that overrides it. @throws InputError with all problems at once */
export function overriddenStudy(input: StudyInput, overrides: StudyOverrides): OpenStudy {
  const sweep = overrideSweep(input, overrides);
  const isOfFile = (path: string): boolean => input.sweep.set?.[path] === sweep.set?.[path];
  const settings = Object.entries(sweep.set ?? {}).map(([path, value]) => ({
    path,
    value,
    from: isOfFile(path) ? ["set", path] : undefined,
  }));
  const data = withSettings(input, input.data, settings);
  const { scenario } = checkedScenario(input, data, "");
  return { input: { ...input, data }, sweep, base: scenario, data: input.data, overrides };
}
