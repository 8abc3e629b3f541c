import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "@loadstar/sweep";
import { UsageError } from "./usage-error.js";

/** Where one file of results goes, and whether it may take the place of another. */
export interface ResultFile {
  /** The option that names it, such as `--out`. */
  readonly option: string;
  readonly file: string;
  readonly overwrite: boolean;
}

/** Looks whether a file may be written, before anything is computed for it. @throws UsageError */
export async function assertFree({ option, file, overwrite }: ResultFile): Promise<void> {
  const status = await stat(file).catch(() => undefined);
  if (status?.isDirectory() === true) throw new UsageError(`${option} must be a file: ${file} is a directory`);
  if (status !== undefined && !overwrite) {
    throw new UsageError(`${option} must be a new file: ${file} is there, replace it with --overwrite`);
  }
}

/** Writes a text under a name that is there only when the whole text is. @throws UsageError */
export async function writeResultFile({ file, text }: { readonly file: string; readonly text: string }): Promise<void> {
  const partial = `${file}.partial-${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw new UsageError(`--out must be a place to write to: ${messageOf(error)}`);
  }
}
