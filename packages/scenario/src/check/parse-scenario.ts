import { readYaml } from "../yaml/read-yaml.js";
import { checkScenario, type CheckOptions, type ScenarioReading } from "./check-scenario.js";

/** Parses and checks the text of a scenario file. Never throws: whatever is wrong is among the problems. */
export function parseScenario(text: string, { file }: Pick<CheckOptions, "file">): ScenarioReading {
  const { data, problems, locate } = readYaml(text, file);
  if (problems.length > 0) return { problems, notes: [], data: undefined, locate };
  return checkScenario(data, { file, locate });
}
