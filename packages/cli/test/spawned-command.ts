import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./recording-terminal.js";

const EXECUTABLE = fileURLToPath(new URL("../bin/loadstar.js", import.meta.url));

/** Runs the executable as a process of its own, with pipes for its channels; `meddle` may interfere. */
export async function spawned(
  words: readonly string[],
  {
    cwd,
    env = {},
    meddle,
  }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly meddle?: (child: ChildProcess) => Promise<void> | void;
  },
): Promise<Outcome> {
  const child = spawn(process.execPath, [EXECUTABLE, ...words], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (written.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (written.err += text));
  const code = new Promise<number>((resolve) => {
    // As a shell says it: 128 and the number of the signal that ended it.
    child.on("close", (exitCode, signal) => {
      resolve(exitCode ?? 128 + constants.signals[signal!]);
    });
  });
  await meddle?.(child);
  return { code: await code, ...written };
}
