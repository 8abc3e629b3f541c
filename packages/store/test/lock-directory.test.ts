import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { ResultsError } from "../src/index.js";
import { lockDirectory, lockedElsewhere, untilSilent, type DirectoryLock } from "../src/lock-directory.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** A number that no process has: the kernel gives none above 2^22. */
const NOBODY = 2 ** 22 + 1;

const ROUNDS = 30;

const DEAD = { pid: NOBODY, host: hostname(), started: "1" };

describe("lockDirectory", () => {
  test("lockDirectory gives a directory to one, and after its release to the next", async () => {
    await inTemporaryDirectory(async (directory) => {
      const lock = await lockDirectory(directory);
      await expect(lockDirectory(directory)).rejects.toThrow(ResultsError);
      await expect(lockDirectory(directory)).rejects.toThrow(
        `one sweep at a time may write to it: current value is process ${process.pid} on ${hostname()}`,
      );
      await lock.release();
      expect(await readdir(directory)).toEqual([]);
      await (await lockDirectory(directory)).release();
    });
  });

  test("lockDirectory gives a directory to one of many who ask at once, whether it is free or its holder is dead", async () => {
    for (let round = 0; round < 20; round++) {
      await inTemporaryDirectory(async (directory) => {
        if (round % 2 === 1) await writeFile(join(directory, ".lock"), `${JSON.stringify(DEAD)}\n`);
        const asked = await Promise.allSettled(Array.from({ length: 8 }, async () => await lockDirectory(directory)));
        const got = asked.filter((it): it is PromiseFulfilledResult<DirectoryLock> => it.status === "fulfilled");
        expect(got).toHaveLength(1);
        for (const it of asked) if (it.status === "rejected") expect(it.reason).toBeInstanceOf(ResultsError);
        expect(await readdir(directory)).toEqual([".lock"]);
        await got[0]!.value.release();
        expect(await readdir(directory)).toEqual([]);
      });
    }
  });

  test("lockDirectory gives a directory whose holder is dead to one of three processes that find it at once", async () => {
    await inTemporaryDirectory(async (directory) => {
      const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
      for (const round of rounds) {
        await mkdir(join(directory, String(round)));
        await writeFile(join(directory, String(round), ".lock"), `${JSON.stringify(DEAD)}\n`);
      }
      const won = (await roundsWon(3, directory)).flat();
      expect(won.toSorted((a, b) => a - b)).toEqual(rounds);
    });
  });

  test("lockDirectory does not wait for a process that was killed while it removed a dead lock", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, ".lock"), `${JSON.stringify(DEAD)}\n`);
      await writeFile(join(directory, ".lock-turn"), "");
      const long = new Date(Date.now() - 60_000);
      await utimes(join(directory, ".lock-turn"), long, long);
      await (await lockDirectory(directory)).release();
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("lockDirectory waits for a lock that is in the making, and takes one that nobody finished", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, ".lock");
      const first = await lockDirectory(directory);
      const text = await readFile(file, "utf8");
      await writeFile(file, "");
      const asked = expect(lockDirectory(directory)).rejects.toThrow(`current value is process ${process.pid} on `);
      await wait(200);
      await writeFile(file, text);
      await asked;
      await first.release();
      await writeFile(file, '{"pid": 12');
      await (await lockDirectory(directory)).release();
    });
  });

  test("lockDirectory takes over from a process that was killed, and from one whose number was given again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"]);
      const status = async (): Promise<string> => await readFile(`/proc/${child.pid}/stat`, "utf8").catch(() => "");
      const started = (await status()).replace(/^.*\)/s, "").trim().split(" ")[19] ?? "";
      const holder = { pid: child.pid, host: hostname(), started };
      const file = join(directory, ".lock");
      await writeFile(file, JSON.stringify(holder));
      await expect(lockDirectory(directory)).rejects.toThrow(`current value is process ${child.pid} on `);
      await writeFile(file, JSON.stringify({ ...holder, started: "another" }));
      await (await lockDirectory(directory)).release();
      await writeFile(file, JSON.stringify(holder));
      child.kill("SIGKILL");
      await once(child, "exit");
      await (await lockDirectory(directory)).release();
    });
  });

  test("lockDirectory takes over from another machine after two minutes of silence", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, ".lock");
      await writeFile(file, JSON.stringify({ ...DEAD, host: "elsewhere" }));
      const ago = async (seconds: number): Promise<void> =>
        await utimes(file, new Date(), new Date(Date.now() - 1000 * seconds));
      await ago(100);
      await expect(lockDirectory(directory)).rejects.toThrow(`current value is process ${NOBODY} on elsewhere`);
      await ago(130);
      await (await lockDirectory(directory)).release();
    });
  });

  test("lockDirectory compares no clocks of two machines: one that is hours ahead finds a living lock alive, and shows that it lives itself", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, ".lock");
      await writeFile(file, JSON.stringify({ ...DEAD, host: "elsewhere" }));
      vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: Date.now() + 7_200_000 });
      try {
        await expect(lockDirectory(directory)).rejects.toThrow("on elsewhere");
        expect(await lockedElsewhere(directory)).toMatchObject({ silent_in_s: 120 });
        await rm(file);
        const lock = await lockDirectory(directory);
        const long = new Date(Date.now() - 14_400_000);
        await utimes(file, long, long);
        vi.advanceTimersByTime(20_000);
        await vi.waitFor(async () => expect((await stat(file)).mtime.getTime()).toBeGreaterThan(long.getTime()));
        expect((await stat(file)).mtime.getTime()).toBeLessThan(Date.now() - 3_600_000);
        expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid });
        const other = `${JSON.stringify({ ...DEAD, host: "elsewhere" })}\n`;
        await writeFile(file, other);
        vi.advanceTimersByTime(60_000);
        await wait(100);
        expect(await readFile(file, "utf8")).toBe(other);
        await lock.release();
        expect(await readdir(directory)).toEqual([".lock"]);
      } finally {
        vi.useRealTimers();
      }
    });
  });

  test("lockDirectory leaves the turn of a process whose clock is behind", async () => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, ".lock"), `${JSON.stringify(DEAD)}\n`);
      await writeFile(join(directory, ".lock-turn"), "");
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7_200_000 });
      const asked = lockDirectory(directory);
      await wait(300);
      vi.useRealTimers();
      expect((await readdir(directory)).filter((name) => /^\.lock(-turn)?$/.test(name))).toEqual([
        ".lock",
        ".lock-turn",
      ]);
      expect(await readFile(join(directory, ".lock"), "utf8")).toContain(String(NOBODY));
      await rm(join(directory, ".lock-turn"));
      await (await asked).release();
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("lockedElsewhere tells of a lock on another machine until it may be taken, and of no other", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, ".lock");
      expect(await lockedElsewhere(directory)).toBeUndefined();
      expect(await lockedElsewhere(join(directory, "none"))).toBeUndefined();
      const own = await lockDirectory(directory);
      expect(await lockedElsewhere(directory)).toBeUndefined();
      await own.release();
      await writeFile(file, JSON.stringify({ ...DEAD, host: "elsewhere" }));
      expect(await lockedElsewhere(directory)).toMatchObject({ holder: `process ${NOBODY} on elsewhere` });
      await utimes(file, new Date(), new Date(Date.now() - 130_000));
      expect(await lockedElsewhere(directory)).toBeUndefined();
      await writeFile(file, "garbage");
      expect(await lockedElsewhere(directory)).toBeUndefined();
    });
  });

  test("untilSilent waits for the end of the silence, and no longer than for a sign of life, a release or an abort", async () => {
    await inTemporaryDirectory(async (directory) => {
      const file = join(directory, ".lock");
      await writeFile(file, JSON.stringify({ ...DEAD, host: "elsewhere" }));
      const silent = async (seconds: number): Promise<void> =>
        await utimes(file, new Date(), new Date(Date.now() - 1000 * seconds));
      await silent(119);
      await untilSilent(directory);
      await (await lockDirectory(directory)).release();
      await writeFile(file, JSON.stringify({ ...DEAD, host: "elsewhere" }));
      await silent(60);
      let beats = 0;
      const heart = setInterval(() => void silent(30 - ++beats), 50);
      await untilSilent(directory).finally(() => clearInterval(heart));
      await expect(lockDirectory(directory)).rejects.toThrow("on elsewhere");
      await Promise.all([untilSilent(directory), rm(file)]);
      await untilSilent(directory);
      await writeFile(file, JSON.stringify({ ...DEAD, host: "elsewhere" }));
      const abort = new AbortController();
      const waiting = untilSilent(directory, abort.signal);
      abort.abort(new Error("enough"));
      await expect(waiting).rejects.toThrow("enough");
    });
  });

  test("lockDirectory releases no lock that somebody else has taken over", async () => {
    await inTemporaryDirectory(async (directory) => {
      const lock = await lockDirectory(directory);
      const other = `${JSON.stringify({ ...DEAD, host: "elsewhere" })}\n`;
      await writeFile(join(directory, ".lock"), other);
      await lock.release();
      expect(await readFile(join(directory, ".lock"), "utf8")).toBe(other);
    });
  });

  test.concurrent.each([
    "null",
    "7",
    '"x"',
    "[]",
    "{}",
    '{"pid":"1","host":"h","started":"1"}',
    '{"pid":-1,"host":"h"}',
  ])("lockDirectory takes over a lock that says %s: no process wrote it", async (text) => {
    await inTemporaryDirectory(async (directory) => {
      await writeFile(join(directory, ".lock"), text);
      await (await lockDirectory(directory)).release();
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("lockDirectory says what the disk refused", async () => {
    await inTemporaryDirectory(async (directory) => {
      await expect(lockDirectory(join(directory, "none"))).rejects.toThrow(/^Cannot lock results .*ENOENT$/);
    });
  });
});

/** Processes that ask for the lock of one directory after the other, each at a time that was agreed, and hold what they get: the rounds that each won. */
async function roundsWon(processes: number, directory: string): Promise<readonly (readonly number[])[]> {
  const module = new URL("../dist/lock-directory.js", import.meta.url).href;
  const begin_ms = Date.now() + 1500;
  const text = `
    const { lockDirectory } = await import(${JSON.stringify(module)});
    const won = [];
    for (let round = 0; round < ${ROUNDS}; round++) {
      while (Date.now() < ${begin_ms} + 25 * round) continue;
      await lockDirectory(${JSON.stringify(directory)} + "/" + round).then(() => won.push(round), () => undefined);
    }
    console.log(JSON.stringify(won));
    process.stdin.resume();`;
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  const lines = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, "data"))[0])));
  // Not before all have asked: the lock of one that has ended is dead.
  for (const { stdin } of children) stdin.end();
  await Promise.all(children.map(async (child) => await once(child, "close")));
  return lines.map((line) => JSON.parse(line) as readonly number[]);
}
