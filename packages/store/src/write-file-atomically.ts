import { realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { diskError, errorCode } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { ResultsError } from "./results-error.js";
import { syncDirectory } from "./sync-directory.js";
import { writeWhole } from "./write-whole.js";

/**
 * Writes a file, in place of one of that name if there is one: beside it first, then renamed, so that at every moment the old or
 * the new one stands complete on the disk. Directories above it are made, links are followed, and only regular files are replaced.
 * Gives its size [bytes]. @throws ResultsError
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<number> {
  try {
    const target = await replaceable(path);
    const directory = dirname(target);
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    await makeDirectories(directory);
    await writeWhole(target, bytes);
    await syncDirectory(directory);
    return bytes.length;
  } catch (error) {
    throw diskError("write file", path, error);
  }
}

/** The path with its links resolved. A pipe or a device, such as /dev/stdout, must not give way to a file. */
async function replaceable(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isFile()) {
      throw new ResultsError(`Cannot write file "${path}": it must be a regular file: current value is something else`);
    }
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return resolve(path);
    throw error;
  }
}
