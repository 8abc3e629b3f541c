import { readdir, realpath, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { CHUNKS_FOLDER } from "./chunks/chunk-directory.js";
import { diskError, errorCode } from "./disk-error.js";
import { LOCK_FILE } from "./lock-directory.js";
import { MANIFEST_FILE, MANIFEST_VERSION, manifestVersion } from "./manifest.js";
import { isParquetEntry, PARQUET_FOLDER } from "./parquet/parquet-path.js";
import { OccupiedError, ResultsError } from "./results-error.js";
import { STUDY_FILE, STUDY_VERSION, studyVersion } from "./study-file.js";
import { TABLE_NAMES, tableFile } from "./table-schema.js";
import { isTemporary } from "./write-whole.js";

/** What to do with what stands in a directory: refuse it, begin anew, or go on with it. */
export type WriteMode = "new" | "overwrite" | "resume";

/** Where results will stand, and what stands there now. */
export interface ResultsTarget {
  /** Absolute, links resolved. */
  readonly directory: string;
  /** `unfinished`: chunks of a sweep that did not come to its end. */
  readonly found: "nothing" | "empty directory" | "unfinished" | "results";
}

/** Beginning of the name of a folder in which tables are written until they are complete. */
export const TABLES_FOLDER = ".tables-";

/**
 * Finds out whether results may be written to a directory: it must not exist, or be empty, or, unless they are to be
 * new, hold what Loadstar made and nothing else, so that no file of a stranger is ever removed. @throws ResultsError
 */
export async function resultsTarget(directory: string, { mode }: { readonly mode: WriteMode }): Promise<ResultsTarget> {
  const absolute = resolve(directory);
  let target: string;
  let entries: readonly string[];
  try {
    target = await realpath(absolute);
    if (!(await stat(target)).isDirectory()) throw refuse(directory, "it must be a directory", "a file");
    entries = await readdir(target);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { directory: absolute, found: "nothing" };
    throw diskError("write results", directory, error);
  }
  if (entries.every(isPassing)) return { directory: target, found: "empty directory" };
  const stranger = entries.find((entry) => !isOwn(entry)) ?? (await strangerInParquet(target, entries));
  if (stranger !== undefined) {
    throw refuse(directory, "it must be empty or hold what Loadstar made and nothing else", JSON.stringify(stranger));
  }
  const hasResults = entries.includes(MANIFEST_FILE);
  const version = await manifestVersion(target);
  if (hasResults && version === undefined) {
    throw refuse(directory, "only Loadstar results are overwritten", `a directory without a Loadstar ${MANIFEST_FILE}`);
  }
  if (mode === "resume") {
    assertKnown(directory, MANIFEST_FILE, { version, known: MANIFEST_VERSION });
    assertKnown(directory, STUDY_FILE, { version: await studyVersion(target), known: STUDY_VERSION });
  }
  if (mode !== "new") return { directory: target, found: hasResults ? "results" : "unfinished" };
  const there = hasResults ? "complete results" : "an unfinished sweep";
  throw new OccupiedError(`Cannot write results "${directory}": it must be empty: current value is ${there}`);
}

const OWN_ENTRIES: ReadonlySet<string> = new Set([
  MANIFEST_FILE,
  STUDY_FILE,
  CHUNKS_FOLDER,
  PARQUET_FOLDER,
  ...TABLE_NAMES.map(tableFile),
]);

function isOwn(entry: string): boolean {
  return OWN_ENTRIES.has(entry) || isPassing(entry);
}

/** What stands there while somebody writes, and stays when that process is killed. */
function isPassing(entry: string): boolean {
  return entry === LOCK_FILE || entry.startsWith(`${LOCK_FILE}-`) || isUnfinished(entry);
}

/** Tables and files in the making. */
export function isUnfinished(entry: string): boolean {
  return entry.startsWith(TABLES_FOLDER) || isTemporary(entry);
}

/** Going on with what a newer Loadstar wrote would put this version's reading of it in its place. @throws ResultsError */
function assertKnown(
  directory: string,
  file: string,
  { version, known }: { readonly version: number | undefined; readonly known: number },
): void {
  if (version === undefined || version === known) return;
  const rule = `the version of its ${file} must be ${known}, the one this Loadstar knows, for it to be resumed`;
  throw refuse(directory, rule, String(version));
}

/** The first entry of the Parquet folder, which is replaced as a whole, that Loadstar did not make. */
async function strangerInParquet(directory: string, entries: readonly string[]): Promise<string | undefined> {
  if (!entries.includes(PARQUET_FOLDER)) return undefined;
  try {
    const inside = await readdir(join(directory, PARQUET_FOLDER), { recursive: true });
    const stranger = inside.find((entry) => !isParquetEntry(entry.split(sep).join("/")));
    return stranger === undefined ? undefined : `${PARQUET_FOLDER}/${stranger}`;
  } catch (error) {
    throw diskError("write results", join(directory, PARQUET_FOLDER), error);
  }
}

function refuse(directory: string, rule: string, found: string): ResultsError {
  return new ResultsError(`Cannot write results "${directory}": ${rule}: current value is ${found}`);
}
