import { randomBytes } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { diskError, errorCode } from "./disk-error.js";
import { ResultsError } from "./results-error.js";

/** The file that says who is writing to a results directory. */
export const LOCK_FILE = ".lock";

/**
 * How often the holder of a lock shows that it is alive, and when one on another machine is taken for dead [ms]. Both times are those that
 * whoever keeps the files gives them when they are written: clocks of two machines need not agree.
 */
const BEAT_MS = 20_000;
const SILENT_MS = 6 * BEAT_MS;

/** How long a lock without a holder is looked at again: it may be in the making [ms]. */
const MAKING_MS = 1000;
const LOOK_MS = 50;

/** After how long the turn to remove a dead lock is taken for forgotten [ms], and how often a dead lock is found before giving up. */
const TURN_MS = 10_000;
const ATTEMPTS = 400;

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
  const own = `${JSON.stringify(await ownHolder())}\n`;
  try {
    for (let attempt = 0; !(await create(file, own)); attempt++) {
      const text = await settledText(file);
      if (text === undefined && attempt < ATTEMPTS) continue;
      const other = holderOf(text ?? "");
      if (attempt >= ATTEMPTS || (await isAlive(file, other))) throw refuse(directory, other);
      await removeDead(file, text ?? "");
    }
  } catch (error) {
    throw diskError("lock results", directory, error);
  }
  const beat = setInterval(() => void showAlive(file, own).catch(() => undefined), BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      // After a long silence it may be somebody else's.
      if ((await textOf(file)) === own) await rm(file, { force: true });
    },
  };
}

/** Writes the same text once more, over the old one, so that no moment has less of it. What somebody else has taken over stays as it is. */
async function showAlive(file: string, own: string): Promise<void> {
  if ((await textOf(file)) === own) await writeFile(file, own, { flag: "r+" });
}

/** A lock that somebody on another machine holds, who shows no sign of life as yet. */
export interface LockElsewhere {
  /** Such as `process 7 on node-3`. */
  readonly holder: string;
  /** How long it must stay silent to be taken for dead [s]. */
  readonly silent_in_s: number;
}

/** Whether the lock of a directory is held on another machine, which may have been lost a moment ago. @throws ResultsError */
export async function lockedElsewhere(directory: string): Promise<LockElsewhere | undefined> {
  const found = await lookElsewhere(join(directory, LOCK_FILE));
  if (found === undefined) return undefined;
  return { holder: nameOf(found.holder), silent_in_s: Math.ceil((SILENT_MS - found.silent_ms) / 1000) };
}

/** Waits until such a lock has been silent for so long that it may be taken, or its holder shows that it is alive, or it is gone. */
export async function untilSilent(directory: string, signal?: AbortSignal): Promise<void> {
  const file = join(directory, LOCK_FILE);
  const first = await lookElsewhere(file);
  if (first === undefined) return;
  const since_ms = performance.now();
  // The next millisecond is silent enough for whoever looks then.
  const silent_in_ms = SILENT_MS - first.silent_ms + 1;
  const isSame = async (): Promise<boolean> => {
    try {
      return (await beatOf(file)) === first.beat_ms;
    } catch (error) {
      throw diskError("lock results", directory, error);
    }
  };
  while ((await isSame()) && performance.now() - since_ms < silent_in_ms) {
    await wait(WATCH_MS, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** How often a lock that may be dead is looked at [ms]. */
const WATCH_MS = 500;

/** Undefined where there is no lock of another machine, and where it may be taken. */
async function lookElsewhere(
  file: string,
): Promise<{ readonly holder: Holder; readonly beat_ms: number; readonly silent_ms: number } | undefined> {
  try {
    const holder = holderOf((await textOf(file)) ?? "");
    if (holder === undefined || holder.host === hostname()) return undefined;
    const beat_ms = await beatOf(file);
    if (beat_ms === undefined) return undefined;
    const silent_ms = (await timeOfFiles(file)) - beat_ms;
    return silent_ms < SILENT_MS ? { holder, beat_ms, silent_ms } : undefined;
  } catch (error) {
    throw diskError("lock results", dirname(file), error);
  }
}

/** When a file was written last, by the clock of whoever keeps it [ms]; undefined for one that is gone. */
async function beatOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What the clock says that stamps files beside a file, which may be a file server's [ms]: a file that is written now is asked. */
async function timeOfFiles(file: string): Promise<number> {
  const asked = `${file}-${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(asked, "?", { flag: "wx" });
    return (await stat(asked)).mtimeMs;
  } finally {
    await rm(asked, { force: true });
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's clock: numbers of processes are given again. Empty where it is not known. */
  readonly started: string;
}

async function ownHolder(): Promise<Holder> {
  return { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
}

async function create(file: string, own: string): Promise<boolean> {
  try {
    await writeFile(file, own, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    await rm(file, { force: true });
    throw error;
  }
}

/** The text of a lock, which stands there for a moment before it has its text; undefined for one that is gone. */
async function settledText(file: string): Promise<string | undefined> {
  for (let waited_ms = 0; ; waited_ms += LOOK_MS) {
    const text = await textOf(file);
    if (text === undefined || waited_ms >= MAKING_MS || holderOf(text) !== undefined) return text;
    await wait(LOOK_MS);
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Removes a lock that was found dead, and no other. One process at a time may do so, and looks again when its turn has come: whoever
 * found it dead too may have a lock of their own there by now. Who has to wait may have lost, and asks again.
 */
async function removeDead(file: string, text: string): Promise<void> {
  const turn = `${file}-turn`;
  if (!(await create(turn, ""))) {
    if (await isForgotten(turn)) await rm(turn, { force: true });
    await wait(LOOK_MS);
    return;
  }
  try {
    if ((await textOf(file)) === text) await rm(file, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

/** Whether a process was killed in its turn, which takes no longer than a few operations on files. */
async function isForgotten(turn: string): Promise<boolean> {
  const begun_ms = await beatOf(turn);
  return begun_ms !== undefined && (await timeOfFiles(turn)) - begun_ms > TURN_MS;
}

/** Undefined for a text that no holder could have written whole. */
function holderOf(text: string): Holder | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { pid, host, started } = (found ?? {}) as Partial<Holder>;
  const isHolder = Number.isSafeInteger(pid) && pid! > 0 && typeof host === "string" && typeof started === "string";
  return isHolder ? { pid: pid!, host, started } : undefined;
}

async function isAlive(file: string, holder: Holder | undefined): Promise<boolean> {
  if (holder === undefined) return false;
  if (holder.host !== hostname()) return (await lookElsewhere(file)) !== undefined;
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
  const who = holder === undefined ? "another process" : nameOf(holder);
  const rule = "one sweep at a time may write to it";
  return new ResultsError(`Cannot write results "${directory}": ${rule}: current value is ${who}`);
}

function nameOf({ pid, host }: Holder): string {
  return `process ${pid} on ${host}`;
}
