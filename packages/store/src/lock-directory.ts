import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { diskError, errorCode } from "./disk-error.js";
import { ResultsError } from "./results-error.js";

/** The file that says who is writing to a results directory. */
export const LOCK_FILE = ".lock";

/** How often the holder of a lock shows that it is alive, and when one on another machine is taken for dead [ms]. */
const BEAT_MS = 20_000;
const SILENT_MS = 6 * BEAT_MS;

/** A directory that this process alone writes to. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a results directory. That of a process that died is taken over: at once when it ran on this machine, after
 * two minutes of silence when on another. @throws ResultsError when somebody else holds it
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const file = join(directory, LOCK_FILE);
  const holder: Holder = { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
  try {
    for (let attempt = 0; !(await create(file, holder)); attempt++) {
      const other = await holderOf(file);
      if (attempt > 0 || (await isAlive(file, other))) throw refuse(directory, other);
      await rm(file, { force: true });
    }
  } catch (error) {
    throw diskError("lock results", directory, error);
  }
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      await rm(file, { force: true });
    },
  };
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's clock: numbers of processes are given again. Empty where it is not known. */
  readonly started: string;
}

async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(holder)}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Undefined for a file that is gone, or that nobody could have written whole. */
async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const found = JSON.parse(await readFile(file, "utf8")) as Partial<Holder>;
    const isHolder = Number.isSafeInteger(found.pid) && typeof found.host === "string";
    return isHolder ? { pid: found.pid!, host: found.host!, started: String(found.started) } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function isAlive(file: string, holder: Holder | undefined): Promise<boolean> {
  if (holder === undefined) return false;
  if (holder.host !== hostname()) return Date.now() - (await stat(file)).mtimeMs < SILENT_MS;
  if (!isRunning(holder.pid)) return false;
  return holder.started === (await startOf(holder.pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** The start of a process in ticks since the machine started; empty where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  try {
    const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\)/s, "").trim().split(" ");
    return fields[19] ?? "";
  } catch {
    return "";
  }
}

function refuse(directory: string, holder: Holder | undefined): ResultsError {
  const who = holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`;
  const rule = "one sweep at a time may write to it";
  return new ResultsError(`Cannot write results "${directory}": ${rule}: current value is ${who}`);
}
