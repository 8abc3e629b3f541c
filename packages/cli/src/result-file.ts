import { stat } from "node:fs/promises";
import { replaceableFile } from "@loadstar/store";
import { UsageError } from "./usage-error.js";

/** Where one file of results goes, and whether it may take the place of another. */
export interface ResultFile {
  /** The option that names it, such as `--out`. */
  readonly option: string;
  readonly file: string;
  readonly overwrite: boolean;
}

/** Looks whether a file may be written, before anything is computed for it. @throws UsageError, ResultsError */
export async function assertFree({ option, file, overwrite }: ResultFile): Promise<void> {
  const status = await stat(file).catch(() => undefined);
  if (status?.isDirectory() === true) throw new UsageError(`${option} must be a file: ${file} is a directory`);
  if (status !== undefined && !overwrite) {
    throw new UsageError(`${option} must be a new file: ${file} is there, replace it with --overwrite`);
  }
  await replaceableFile(file);
}
