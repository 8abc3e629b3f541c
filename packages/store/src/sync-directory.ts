import { open } from "node:fs/promises";

/** Makes the entries of a directory durable. Windows cannot open a directory and does not need it. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
