import { checkKeys } from "../check/check-keys.js";
import type { CheckOptions } from "../check/check-scenario.js";
import { toProblems } from "../finding.js";
import type { Sweep } from "../model/sweep.js";
import type { Problem } from "../problem.js";
import { checkAgainst } from "../schema/schema-findings.js";
import { sweepSchema } from "../schema/sweep-schema.js";
import { locateNothing, type Locate } from "../yaml/locate.js";
import { readYaml } from "../yaml/read-yaml.js";
import { checkSweep } from "./check-sweep.js";
import { notesOnSweep } from "./notes-on-sweep.js";

/** What came of reading a sweep: either the sweep or problems. */
export interface SweepReading {
  /** Absent when there are problems. */
  readonly sweep?: Sweep;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
  /** Where the parts of the file stand. */
  readonly locate: Locate;
}

/** Parses and checks the text of a sweep file. Never throws: whatever is wrong is among the problems. */
export function parseSweep(text: string, { file }: Pick<CheckOptions, "file">): SweepReading {
  const { data, problems, locate } = readYaml(text, file);
  if (problems.length > 0) return { problems, notes: [], locate };
  const origin = { file, data, locate };
  const { value, findings } = checkAgainst(sweepSchema, data);
  const all = [...checkKeys(data), ...findings, ...(value === undefined ? [] : checkSweep(value))];
  if (value === undefined || all.length > 0) {
    return { problems: toProblems(all, origin), notes: [], locate };
  }
  return { sweep: value, problems: [], notes: toProblems(notesOnSweep(value), origin), locate };
}

/** What is wrong with the design of a sweep that was right before something in it was changed. */
export function sweepProblems(sweep: Sweep, { file }: Pick<CheckOptions, "file">): readonly Problem[] {
  return toProblems(checkSweep(sweep), { file, data: sweep, locate: locateNothing });
}
