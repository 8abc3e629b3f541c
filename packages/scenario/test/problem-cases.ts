import { formatProblem, parseScenario } from "../src/index.js";
import { changedExample, type Change } from "./example-yaml.js";

/** A change to the example scenario, and every problem that it makes, with line and column. */
export interface ProblemCase {
  readonly name: string;
  readonly change: Change;
  readonly problems: readonly string[];
}

/** The problems of the changed example, as they are shown for a text without a file name. */
export function problemsOfExample(change: Change): readonly string[] {
  return parseScenario(changedExample(change), { file: "" }).problems.map(formatProblem);
}
