import { generatorsOf } from "../model/generators-of.js";
import type { Scenario } from "../model/scenario.js";

/** The traces that a scenario names, each once: paths from the directory of its file. The caller reads them for `compile`. */
export function traceFilesOf(scenario: Scenario): readonly string[] {
  const files = generatorsOf(scenario).flatMap(({ generator }) => ("trace" in generator ? [generator.trace.file] : []));
  return [...new Set(files)];
}
