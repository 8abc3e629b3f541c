import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** The lock file that says which dependencies this Loadstar was installed with. */
const LOCK_FILE = new URL("../../../pnpm-lock.yaml", import.meta.url);

/** SHA-256 of it in hexadecimal; null where Loadstar was installed without it. */
export async function lockFileSha256(): Promise<string | null> {
  try {
    return createHash("sha256")
      .update(await readFile(LOCK_FILE))
      .digest("hex");
  } catch {
    return null;
  }
}
