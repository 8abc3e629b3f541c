import { readValue, type Dialect, type ParameterValue, type SettableValue } from "@loadstar/scenario";
import type { StudyOverrides } from "@loadstar/sweep";
import type { Argv } from "yargs";
import { durationOf } from "./duration-of.js";
import { UsageError } from "./usage-error.js";

/** Options that change what a scenario or sweep file says. */
export interface ScenarioArguments {
  readonly seed?: number | undefined;
  readonly set: readonly string[];
  readonly dialect?: Dialect | undefined;
}

export interface TimeoutArguments {
  readonly replicationTimeout?: string | undefined;
}

export interface PointArguments extends ScenarioArguments {
  readonly param: readonly string[];
}

export interface StudyArguments extends PointArguments {
  readonly replications?: number | undefined;
  readonly metric: readonly string[];
}

export function scenarioOptions<T>(yargs: Argv<T>): Argv<T & ScenarioArguments> {
  return yargs
    .option("seed", { type: "number", requiresArg: true, describe: "root seed, an integer in [0, 2^53 - 1]" })
    .option("set", {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: "PATH=VALUE: set a value of the scenario; may be repeated",
    })
    .option("dialect", {
      choices: ["loadstar", "asyncflow"] as const,
      describe: "whose reading of the file: Loadstar's or AsyncFlow 0.1.1's",
    });
}

/** The wall time that one run may take. */
export function timeoutOption<T>(yargs: Argv<T>): Argv<T & TimeoutArguments> {
  return yargs.option("replication-timeout", {
    type: "string",
    requiresArg: true,
    describe: "end a run as truncated after so much wall time, such as 60s or 5m",
  });
}

/** Options that change which points there are. */
export function pointOptions<T>(yargs: Argv<T>): Argv<T & PointArguments> {
  return parameterOption(scenarioOptions(yargs));
}

export function parameterOption<T>(yargs: Argv<T>): Argv<T & Pick<StudyArguments, "param">> {
  return yargs.option("param", {
    type: "string",
    array: true,
    nargs: 1,
    default: [] as string[],
    describe: "NAME=V1,V2,..: values of a parameter of the sweep, or of a path; may be repeated",
  });
}

export function studyOptions<T>(yargs: Argv<T>): Argv<T & StudyArguments> {
  return pointOptions(yargs)
    .option("replications", { alias: "n", type: "number", requiresArg: true, describe: "runs of each point" })
    .option("metric", {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: "keep only metrics of this name, * for any text; may be repeated",
    });
}

/** Checks what yargs cannot and gives the overrides. @throws UsageError, InputError */
export function overridesOf(words: ScenarioArguments & Partial<StudyArguments> & TimeoutArguments): StudyOverrides {
  const { seed, replications, dialect, replicationTimeout: timeout } = words;
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new UsageError(`--seed must be an integer in [0, 2^53 - 1]: current value is ${seed}`);
  }
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications: wholeNumber("--replications", replications) }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(timeout === undefined ? {} : { replication_timeout_s: durationOf("--replication-timeout", timeout) }),
    ...(words.metric === undefined || words.metric.length === 0 ? {} : { metrics: words.metric }),
    set: words.set.map((word) => settingOf(word)),
    parameters: (words.param ?? []).map((word) => parameterOf(word)),
  };
}

/** What `--parquet` of several commands does. */
export const PARQUET_HELP = "write the tables as Parquet too, into parquet/";

/** Most worker threads. */
export const MOST_THREADS = 1024;

/** A whole number of at least 1. @throws UsageError */
export function wholeNumber(option: string, value: number, most: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? "an integer >= 1" : `an integer from 1 to ${most}`;
  throw new UsageError(`${option} must be ${range}: current value is ${value}`);
}

/** How many replications may fail: a whole number of at least 0. @throws UsageError */
export function failureBudgetOf(value: number): number {
  if (Number.isInteger(value) && value >= 0) return value;
  throw new UsageError(`--failure-budget must be an integer >= 0: current value is ${value}`);
}

function settingOf(word: string): readonly [string, SettableValue] {
  const [path, text] = split("--set", word, "PATH=VALUE");
  return [path, readValue(text, { file: `--set ${path}` })];
}

function parameterOf(word: string): readonly [string, readonly ParameterValue[]] {
  const [name, text] = split("--param", word, "NAME=V1,V2,..");
  const values = readValue(`[${text}]`, { file: `--param ${name}` });
  if (!Array.isArray(values) || values.length === 0 || !values.every(isParameterValue)) {
    throw new UsageError(
      `--param ${name} must have values, separated by commas: current value is ${JSON.stringify(text)}`,
    );
  }
  return [name, values];
}

/** At the first equals sign outside brackets: ids in a path may hold one. */
function split(option: string, word: string, form: string): readonly [string, string] {
  const match = /^((?:\[[^\]]*\]|[^=[])+)=(.*)$/s.exec(word);
  if (match === null) throw new UsageError(`${option} must be ${form}: current value is ${JSON.stringify(word)}`);
  return [match[1]!, match[2]!];
}

function isParameterValue(value: unknown): value is ParameterValue {
  return value !== null && value !== undefined && !Array.isArray(value);
}
