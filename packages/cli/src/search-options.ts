import type { Argv } from "yargs";
import {
  pointOptions,
  timeoutOption,
  wholeNumber,
  type PointArguments,
  type TimeoutArguments,
} from "./study-options.js";

/** What `size` and `best` have in common. */
export interface SearchArguments extends PointArguments, TimeoutArguments {
  readonly "max-replications": number;
  readonly threads?: number | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

export function searchOptions<T>(yargs: Argv<T>): Argv<T & SearchArguments> {
  return timeoutOption(pointOptions(yargs))
    .option("max-replications", {
      type: "number",
      default: 2000,
      requiresArg: true,
      describe: "most runs of one point before it stays open",
    })
    .option("threads", { alias: "j", type: "number", requiresArg: true, describe: "worker threads [one per core]" })
    .option("json", { type: "boolean", default: false, describe: "print all that was tried, and the answer, as JSON" })
    .option("quiet", { type: "boolean", alias: "q", default: false, describe: "print the answer only" });
}

const MOST_THREADS = 1024;

/** Keeps replication numbers exact. */
const MOST_REPLICATIONS = 1e9;

/** The limits of a search. @throws UsageError */
export function searchLimits(
  words: SearchArguments,
  cores: number,
): { readonly threads: number; readonly max_replications: number } {
  return {
    threads: wholeNumber("--threads", words.threads ?? cores, MOST_THREADS),
    max_replications: wholeNumber("--max-replications", words["max-replications"], MOST_REPLICATIONS),
  };
}
