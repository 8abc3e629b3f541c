import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "./disk-error.js";

/**
 * Creates a directory and what is missing above it, one level at a time. Node's own recursive `mkdir` never returns
 * where a parent reports that it does not exist although it does, as below /proc.
 * @throws the system's error for the first level that cannot be made
 */
export async function makeDirectories(path: string): Promise<void> {
  const missing: string[] = [];
  for (let level = path; !(await exists(level)) && dirname(level) !== level; level = dirname(level))
    missing.push(level);
  for (const level of missing.toReversed()) {
    try {
      await mkdir(level);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
