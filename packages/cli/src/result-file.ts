import { stat } from "node:fs/promises";
import { UsageError } from "./usage-error.js";

/** Where one file of results goes, and whether it may take the place of another. */
export interface ResultFile {
  readonly file: string;
  readonly overwrite: boolean;
}

/** Looks whether a file may be written, before anything is computed for it. @throws UsageError */
export async function assertFree({ file, overwrite }: ResultFile): Promise<void> {
  const status = await stat(file).catch(() => undefined);
  if (status?.isDirectory() === true) throw new UsageError(`--out must be a file: ${file} is a directory`);
  if (status !== undefined && !overwrite) {
    throw new UsageError(`--out must be a new file: ${file} is there, replace it with --overwrite`);
  }
}
