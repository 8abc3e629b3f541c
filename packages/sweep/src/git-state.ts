import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The commit checked out in the working directory, and whether files differ from it. */
export interface GitState {
  readonly commit: string;
  readonly dirty: boolean;
}

/** Longest time to wait for git [ms]. */
const PATIENCE_MS = 5000;

/** Null when the working directory is no git checkout or there is no git. */
export async function gitState(): Promise<GitState | null> {
  const git = async (...words: readonly string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)("git", words, { timeout: PATIENCE_MS });
    return stdout.trim();
  };
  try {
    return { commit: await git("rev-parse", "HEAD"), dirty: (await git("status", "--porcelain")) !== "" };
  } catch {
    return null;
  }
}
