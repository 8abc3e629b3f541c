import { rename, rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { diskError } from "./disk-error.js";
import { siblingPath, type ResultsTarget } from "./results-target.js";
import { syncDirectory } from "./sync-directory.js";

/**
 * Puts a complete directory in place of a target. Old results are moved aside first and removed last: at every moment
 * the old or the new ones stand complete on the disk, under their name or a hidden one beside it.
 */
export async function replaceDirectory(partial: string, target: ResultsTarget, tag: string): Promise<void> {
  const { directory, found } = target;
  const aside = siblingPath(directory, "replaced", tag);
  try {
    await syncDirectory(partial);
    if (found === "empty directory") await rmdir(directory);
    if (found === "results") await rename(directory, aside);
    try {
      await rename(partial, directory);
    } catch (error) {
      if (found === "results") await rename(aside, directory);
      throw error;
    }
    await syncDirectory(dirname(directory));
  } catch (error) {
    throw diskError("put results in place at", directory, error);
  }
  if (found === "results") await removeReplaced(aside);
}

async function removeReplaced(aside: string): Promise<void> {
  try {
    await rm(aside, { recursive: true, force: true });
  } catch (error) {
    throw diskError("remove replaced results", aside, error);
  }
}
