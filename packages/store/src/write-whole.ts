import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskError } from "./disk-error.js";

/** Another name for a file, in the same directory, until it is complete. */
export function temporaryBeside(file: string): string {
  return join(dirname(file), `.${randomBytes(6).toString("hex")}.tmp`);
}

/** Whether a file is one that is not complete yet, by its name. */
export function isTemporary(name: string): boolean {
  return /^\.[0-9a-f]{12}\.tmp$/.test(name);
}

/**
 * Writes a file so that it stands there whole or not at all: under another name first, on the disk, then renamed. What
 * stood there before is replaced. @throws ResultsError
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError("write file", file, error);
  }
}
