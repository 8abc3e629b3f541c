import type { DataPath } from "../path/data-path.js";
import type { RqsInput } from "./rqs-input.js";
import type { Scenario } from "./scenario.js";

/** A generator and where it stands in the data. */
export interface PlacedGenerator {
  readonly generator: RqsInput;
  readonly path: DataPath;
}

/** Every generator of a scenario, with its place: `rqs_input` is one mapping or a list of them. */
export function generatorsOf({ rqs_input: given }: Pick<Scenario, "rqs_input">): readonly PlacedGenerator[] {
  if (!isList(given)) return [{ generator: given, path: ["rqs_input"] }];
  return given.map((generator, index) => ({ generator, path: ["rqs_input", index] }));
}

function isList(given: Scenario["rqs_input"]): given is readonly RqsInput[] {
  return Array.isArray(given);
}
