import { randomBytes } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DigestedFile } from "./digested-file.js";
import { diskError } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { siblingPath } from "./results-target.js";
import { syncDirectory } from "./sync-directory.js";

/**
 * Writes a file, in place of one of that name if there is one: beside it first, then renamed, so that at every moment the old or
 * the new one stands complete on the disk. Directories above it are made. Gives its size [bytes]. @throws ResultsError
 */
export async function writeFileAtomically(path: string, text: string): Promise<number> {
  const target = resolve(path);
  const directory = dirname(target);
  const partial = siblingPath(target, "partial", randomBytes(6).toString("hex"));
  try {
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
