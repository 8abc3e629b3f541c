import { spawn, type ChildProcess } from "node:child_process";
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
    child.on("close", (exitCode) => {
      resolve(exitCode ?? -1);
    });
  });
  await meddle?.(child);
  return { code: await code, ...written };
}
