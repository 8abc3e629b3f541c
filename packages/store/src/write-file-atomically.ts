import { randomBytes } from "node:crypto";
import { realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DigestedFile } from "./digested-file.js";
import { diskError, errorCode } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { ResultsError } from "./results-error.js";
import { siblingPath } from "./results-target.js";
import { syncDirectory } from "./sync-directory.js";

/**
 * Writes a file, in place of one of that name if there is one: beside it first, then renamed, so that at every moment the old or
 * the new one stands complete on the disk. Directories above it are made, links are followed, and only regular files are replaced.
 * Gives its size [bytes]. @throws ResultsError
 */
export async function writeFileAtomically(path: string, text: string): Promise<number> {
  try {
    const target = await replaceable(path);
    const directory = dirname(target);
    const partial = siblingPath(target, "partial", randomBytes(6).toString("hex"));
    await makeDirectories(directory);
    const { bytes } = await writeWhole(partial, text);
    try {
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    await syncDirectory(directory);
    return bytes;
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

async function writeWhole(path: string, text: string): Promise<{ readonly bytes: number }> {
  const file = await DigestedFile.create(path);
  try {
    await file.write(Buffer.from(text));
    return await file.close();
  } catch (error) {
    await file.abort().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}
