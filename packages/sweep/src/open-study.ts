import type { Scenario, Sweep } from "@loadstar/scenario";
import { overrideSweep, type StudyOverrides } from "./override-sweep.js";
import { readStudyInput, type StudyInput } from "./read-study-input.js";
import { checkedScenario, withSettings } from "./set-values.js";

/** The files of a study with all that overrides them, before any point is made of them. */
export interface OpenStudy {
  /** What was read; its data have the values that are set at every point. */
  readonly input: StudyInput;
  readonly sweep: Sweep;
  /** The scenario without parameters. */
  readonly base: Scenario;
}

/**
 * Reads a sweep file, or a scenario file as a sweep of one point, and checks it whole.
 * @throws InputError with all problems at once
 */
export async function openStudy(file: string, overrides: StudyOverrides): Promise<OpenStudy> {
  const input = await readStudyInput(file);
  const sweep = overrideSweep(input, overrides);
  const settings = [
    ...Object.entries(sweep.set ?? {}).map(([path, value]) => ({ path, value, from: ["set", path] })),
    ...(overrides.set ?? []).map(([path, value]) => ({ path, value, from: undefined })),
  ];
  const data = withSettings(input, input.data, settings);
  return { input: { ...input, data }, sweep, base: checkedScenario(input, data, "") };
}
