import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { diskError, errorCode } from "./disk-error.js";
import { hasManifest, MANIFEST_FILE } from "./manifest.js";
import { ResultsError } from "./results-error.js";
import { TABLE_NAMES, tableFile } from "./table-schema.js";

/** Where results will stand, and what stands there now. */
export interface ResultsTarget {
  /** Absolute, links resolved. */
  readonly directory: string;
  readonly found: "nothing" | "empty directory" | "results";
}

/**
 * Finds out whether results may be written to a directory: it must not exist, or be empty, or, with `overwrite`, hold
 * results and nothing else, so that no file of a stranger is ever removed. @throws ResultsError
 */
export async function resultsTarget(
  directory: string,
  options: { readonly overwrite: boolean },
): Promise<ResultsTarget> {
  const absolute = resolve(directory);
  let target: string;
  let entries: readonly string[];
  try {
    target = await realpath(absolute);
    if (!(await stat(target)).isDirectory()) throw refuse(directory, "it must be a directory", "a file");
    if (isWithin(process.cwd(), target)) {
      throw refuse(
        directory,
        "it must not be the working directory or one above it: it is replaced as a whole",
        target,
      );
    }
    entries = await readdir(target);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { directory: absolute, found: "nothing" };
    throw diskError("write results", directory, error);
  }
  if (entries.length === 0) return { directory: target, found: "empty directory" };
  if (!options.overwrite) {
    throw refuse(directory, "the directory must be empty or overwriting be asked for", `${entries.length} entries`);
  }
  if (!(await hasManifest(target))) {
    throw refuse(directory, "only Loadstar results are overwritten", `a directory without a Loadstar ${MANIFEST_FILE}`);
  }
  const stranger = entries.find((entry) => !OWN_ENTRIES.has(entry));
  if (stranger !== undefined) {
    throw refuse(directory, "only files that Loadstar made are overwritten", JSON.stringify(stranger));
  }
  return { directory: target, found: "results" };
}

/** A hidden sibling of a directory: on the same file system, so that a rename is atomic. */
export function siblingPath(directory: string, kind: "partial" | "replaced", tag: string): string {
  return join(dirname(directory), `.${basename(directory)}.${kind}-${tag}`);
}

/** What Loadstar puts into a results directory. */
const OWN_ENTRIES: ReadonlySet<string> = new Set([MANIFEST_FILE, ...TABLE_NAMES.map(tableFile)]);

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

function refuse(directory: string, rule: string, found: string): ResultsError {
  return new ResultsError(`Cannot write results "${directory}": ${rule}: current value is ${found}`);
}
