import { join } from "node:path";
import type { Shard, Study } from "@loadstar/sweep";

/** Where the results of a study go when nobody says. */
export function defaultDirectory({ name }: Pick<Study, "name">, shard?: Shard): string {
  const own = shard === undefined ? "" : `-shard-${shard.index}-of-${shard.count}`;
  return join("results", `${directoryNameOf(name)}${own}`);
}

/** Longest name of a results directory [bytes]: file systems allow 255, and the name of an unfinished one is longer. */
const LONGEST_NAME = 200;

/** A name from a file, made safe as the name of one directory. */
function directoryNameOf(name: string): string {
  const safe = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
  if (safe === "") return "sweep";
  return Buffer.from(safe)
    .subarray(0, LONGEST_NAME)
    .toString()
    .replace(/\uFFFD$/, "");
}
