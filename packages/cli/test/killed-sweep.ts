import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { SCENARIO, SWEEP, withSmallFiles } from "./small-files.js";
import { spawned } from "./spawned-command.js";

/** Five points of two chunks each, a second of computing on two threads; a few runs end at the budget of live requests. */
const FILES = {
  scenario: SCENARIO.replace("total_simulation_time: 5", "total_simulation_time: 200\n  max_live_requests: 20"),
  sweep: SWEEP.replace("[20, 30]", "[10, 15, 20, 25, 30]").replace("replications: 4", "replications: 48"),
};

/** Longest time before a kill: about that of a whole sweep [ms]. */
const LONGEST_MS = 1500;

/**
 * Kills a sweep with SIGKILL at moments drawn from [0, 1), goes on with what it left until the next kill, and at last to the
 * end; asserts that the tables have the bytes of a sweep that was not killed, and that no chunk was written twice.
 */
export async function killAgainAndAgain(kills: number, draw: () => number): Promise<void> {
  await withSmallFiles(async ({ directory: cwd, path }) => {
    const words = (out: string): readonly string[] => ["sweep", "sweep.yaml", "-j", "2", "--out", out, "-q"];
    expect(await spawned(words("whole"), { cwd })).toMatchObject({ code: 0 });
    const whole = await tableBytes(path("whole"));
    let killed = 0;
    for (let round = 0; killed < kills; round++) {
      const out = `r${round}`;
      for (let isOver = false; !isOver;) {
        const before = await chunkFiles(path(out));
        const isLast = killed >= kills;
        const meddle = async (child: { readonly kill: (signal: "SIGKILL") => boolean }): Promise<void> => {
          await wait(LONGEST_MS * draw());
          child.kill("SIGKILL");
        };
        const { code } = await spawned([...words(out), "--resume"], { cwd, ...(isLast ? {} : { meddle }) });
        const after = await chunkFiles(path(out));
        for (const [name, identity] of before) expect(after.get(name), `${out} ${name}`).toBe(identity);
        isOver = code === 0;
        if (!isOver) {
          expect(code).toBe(137);
          killed++;
        }
      }
      expect(await tableBytes(path(out)), out).toEqual(whole);
      expect((await readdir(path(out))).filter((name) => !name.endsWith(".arrow"))).toEqual([
        "chunks",
        "manifest.json",
      ]);
      expect([...(await chunkFiles(path(out))).keys()]).toEqual([...(await chunkFiles(path("whole"))).keys()]);
      expect(await spawned(["verify", out], { cwd })).toMatchObject({ code: 0, err: "" });
    }
  }, FILES);
}

/** The bytes of every table of a results directory, as text that can be compared. */
export async function tableBytes(directory: string): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".arrow")).toSorted();
  const bytes: Record<string, string> = {};
  for (const file of files) bytes[file] = await readFile(join(directory, file), "latin1");
  return bytes;
}

/** Chunks by name, each with what tells whether the file was written again. */
async function chunkFiles(directory: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(directory, "chunks");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".chunk")).toSorted();
  const files = new Map<string, string>();
  for (const name of names) {
    const { ino, mtimeNs } = await stat(join(folder, name), { bigint: true });
    files.set(name, `${ino} ${mtimeNs}`);
  }
  return files;
}
