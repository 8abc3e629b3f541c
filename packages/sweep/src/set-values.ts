import {
  checkScenario,
  InputError,
  setParameter,
  type DataPath,
  type Problem,
  type Scenario,
  type SettableValue,
} from "@loadstar/scenario";
import { NOWHERE, type StudyInput } from "./read-study-input.js";

/** A value on its way into a scenario, and where the sweep file says so; undefined for the command line. */
export interface Setting {
  readonly path: string;
  readonly value: SettableValue;
  readonly from: DataPath | undefined;
}

/** A copy of scenario data with values set. @throws InputError with every path that leads nowhere */
export function withSettings({ file, locate }: StudyInput, data: unknown, settings: readonly Setting[]): unknown {
  const problems: Problem[] = [];
  const changed = settings.reduce<unknown>((current, { path, value, from }) => {
    try {
      return setParameter(current, path, value);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const position = from === undefined ? NOWHERE : locate(from, "value");
      problems.push(...error.problems.map((problem) => ({ ...problem, file, ...position })));
      return current;
    }
  }, data);
  if (problems.length > 0) throw new InputError(problems);
  return changed;
}

/** A scenario after values were set, and the warnings on it; problems name the point, because no line of a file holds them. */
export function checkedScenario(
  { scenarioFile }: StudyInput,
  data: unknown,
  point_id: string,
): { readonly scenario: Scenario; readonly warnings: readonly Problem[] } {
  const file = point_id === "" || point_id === "base" ? scenarioFile : `${scenarioFile} at ${point_id}`;
  const { scenario, problems, notes } = checkScenario(data, { file });
  if (scenario === undefined) throw new InputError(problems);
  return { scenario, warnings: notes.filter(({ warning }) => warning) };
}
