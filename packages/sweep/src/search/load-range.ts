import { InputError, type Problem } from "@loadstar/scenario";
import { studyOf } from "../load-study.js";
import type { StudyOverrides } from "../override-sweep.js";
import { readStudyInput, type StudyInput } from "../read-study-input.js";
import type { Study } from "../study.js";
import { capacityValues, MOST_CANDIDATES, type CapacityRange, type CapacityValues } from "./capacity-values.js";

/** A search over one value: read, checked at both ends of its range. */
export interface RangeStudy extends CapacityValues {
  /** Name of the searched value: that of a parameter, or a path into the scenario. */
  readonly find: string;
  /** The study at the lower end. */
  readonly base: Study;
  /** The study of the one point that has this value. @throws InputError */
  readonly at: (value: number) => Study;
}

/** What is searched, and where. */
export interface RangeOptions {
  readonly find: string;
  readonly range: CapacityRange;
  readonly overrides?: StudyOverrides;
}

/**
 * Reads a sweep or scenario file for a search over one of its values: a parameter of the sweep, or any path. Other parameters
 * must have one value.
 * @throws InputError with all problems at once, also of the points at both ends of the range
 */
export async function loadRange(file: string, { find, range, overrides = {} }: RangeOptions): Promise<RangeStudy> {
  const input = withoutBaseline(await readStudyInput(file));
  const problems = [...rangeProblems(input, range), ...parameterProblems(input, { find, overrides })];
  if (problems.length > 0) throw new InputError(problems);
  const name = parameterNameOf(input, find);
  const at = (value: number): Study => {
    const parameters = [...(overrides.parameters ?? []), [name, [value]] as const];
    return studyOf(input, { ...overrides, parameters });
  };
  const { values, tolerance } = capacityValues(range);
  const base = at(values[0]!);
  at(values.at(-1)!);
  return { find: name, base, at, values, tolerance };
}

/** The baseline is a point of the sweep, and hardly ever one that is searched. */
function withoutBaseline(input: StudyInput): StudyInput {
  const { baseline: _baseline, ...sweep } = input.sweep;
  return { ...input, sweep };
}

/** A parameter of the sweep, by its name or by its only path; else the path itself. */
function parameterNameOf({ sweep }: StudyInput, find: string): string {
  const parameters = Object.entries(sweep.parameters ?? {});
  const named = parameters.find(([name, { path }]) => name === find || [path].flat().join("\n") === find);
  return named?.[0] ?? find;
}

function rangeProblems(input: StudyInput, { low, high, step, tolerance }: CapacityRange): readonly Problem[] {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    return [problemOf(input, "range", `must go from a number to a larger one: current value is ${low}..${high}`)];
  }
  const named = Object.entries({ step, tolerance }).filter(([, value]) => value !== undefined);
  return named.flatMap(([name, value = 0]) => {
    const least = (high - low) / (MOST_CANDIDATES - 1);
    if (value >= least && value <= high - low) return [];
    const rule = `must be >= ${Number(least.toPrecision(3))} and <= ${high - low}, the length of the range`;
    return [problemOf(input, name, `${rule}: current value is ${value}`)];
  });
}

function parameterProblems(
  input: StudyInput,
  { find, overrides }: { readonly find: string; readonly overrides: StudyOverrides },
): readonly Problem[] {
  const searched = parameterNameOf(input, find);
  const given = new Map((overrides.parameters ?? []).map(([name, values]) => [name, values.length]));
  const counts = new Map(
    Object.entries(input.sweep.parameters ?? {}).map(([name, { values }]) => [name, values?.length ?? 0]),
  );
  return [...counts, ...given].flatMap(([name]) => {
    const count = given.get(name) ?? counts.get(name) ?? 1;
    if (name === searched || count === 1) return [];
    const message = `must have one value while ${searched} is searched: current number of values is ${count}`;
    return [problemOf(input, `parameters.${name}`, message)];
  });
}

function problemOf({ file }: StudyInput, path: string, message: string): Problem {
  return { file, line: 0, column: 0, path, message };
}
