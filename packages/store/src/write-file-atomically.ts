import { dirname } from "node:path";
import { diskError } from "./disk-error.js";
import { makeDirectories } from "./make-directories.js";
import { replaceableFile } from "./replaceable-file.js";
import { syncDirectory } from "./sync-directory.js";
import { writeWhole } from "./write-whole.js";

/**
 * Writes a file, in place of one of that name if there is one: beside it first, then renamed, so that at every moment the old or
 * the new one stands complete on the disk. Directories above it are made, and what may be replaced is a matter of `replaceableFile`.
 * Gives its size [bytes]. @throws ResultsError
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<number> {
  try {
    const target = await replaceableFile(path);
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
