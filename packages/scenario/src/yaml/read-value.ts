import { InputError } from "../input-error.js";
import type { SettableValue } from "../model/sweep.js";
import { readYaml } from "./read-yaml.js";

/**
 * Reads one value as it would stand in a file: `2`, `round_robin`, `{ distribution: exponential, mean: 0.1 }`.
 * @throws {InputError} when it is not YAML; problems bear the name that is given for the file.
 */
export function readValue(text: string, { file }: { readonly file: string }): SettableValue {
  const { data, problems } = readYaml(text, file);
  if (problems.length > 0) throw new InputError(problems);
  return data as SettableValue;
}
