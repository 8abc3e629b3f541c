import { realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { diskError, errorCode } from "./disk-error.js";
import { manifestVersion } from "./manifest.js";
import { ResultsError } from "./results-error.js";
import { studyVersion } from "./study-file.js";

/**
 * Where a file that is no part of results may be written: its path with links resolved. A pipe or a device, such as
 * /dev/stdout, must not give way to a file, and a results directory holds nothing else than its own files.
 * @throws ResultsError
 */
export async function replaceableFile(path: string): Promise<string> {
  const target = await resolved(path);
  const results = await resultsAround(target);
  if (results === undefined) return target;
  throw refuse(path, "it must not be in a results directory, which holds nothing else", `in "${results}"`);
}

async function resolved(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isFile()) throw refuse(path, "it must be a regular file", "something else");
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return resolve(path);
    throw diskError("write file", path, error);
  }
}

/** The nearest results directory above a path, finished or not. */
async function resultsAround(path: string): Promise<string | undefined> {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    const isResults = (await manifestVersion(directory)) !== undefined || (await studyVersion(directory)) !== undefined;
    if (isResults) return directory;
    if (dirname(directory) === directory) return undefined;
  }
}

function refuse(path: string, rule: string, found: string): ResultsError {
  return new ResultsError(`Cannot write file "${path}": ${rule}: current value is ${found}`);
}
