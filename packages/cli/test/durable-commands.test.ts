import { readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ChunkDirectory, openResults, type ChunkContent } from "@loadstar/store";
import { loadStudy, runStudy } from "@loadstar/sweep";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./recording-terminal.js";
import { SCENARIO, SWEEP, withSmallFiles } from "./small-files.js";

const QUIET = ["-q", "-j", "1"] as const;

describe("main sweep", () => {
  test("main sweep --resume completes an unfinished sweep, reads a finished one, and runs only what was added", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      const refused = await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      expect(refused).toMatchObject({ code: 2, out: "" });
      expect(refused.err).toBe(
        `error Cannot write results "${path("r")}": it must be empty: current value is complete results\n` +
          "--resume goes on with what is there, --overwrite replaces it, --out names another directory\n",
      );
      const again = await outcomeOf("sweep", sweep, "--out", path("r"), "-j", "1", "--resume");
      expect(again.err).toContain("\n8 runs were there already\n");
      const words = ["--out", path("r"), "-j", "1", "--resume", "--param", "users=20,30,40", "--json"];
      const more = await outcomeOf("sweep", sweep, ...words);
      expect(more.err).toContain("\n8 runs were there already\n");
      expect((JSON.parse(more.out) as { readonly points: readonly object[] }).points).toHaveLength(3);
    });
  });

  test("main sweep --extend adds to results, named as a directory or as the sweep, and keeps the rows that are there", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), "--seed", "3", ...QUIET);
      const before = await latencies(path("r"));
      const { code, err } = await outcomeOf("sweep", path("r"), "--extend", "3", "-j", "1");
      expect({ code, read: /\d+ runs were there/.exec(err)?.[0] }).toEqual({ code: 0, read: "8 runs were there" });
      const after = await latencies(path("r"));
      expect(after.map((values) => values.length)).toEqual([7, 7]);
      expect(after.map((values) => values.slice(0, 4))).toEqual(before);
      await outcomeOf("sweep", sweep, "--out", path("r"), "--seed", "3", "--extend", "1", ...QUIET);
      expect((await openResults(path("r"))).manifest["replications"]).toBe(8);
      expect((await latencies(path("r"))).map((values) => values.slice(0, 7))).toEqual(after);
    });
  });

  test("main sweep --shard and merge make the same bytes as one sweep, from any number of shares", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("whole"), ...QUIET);
      for (const count of [1, 3]) {
        const shares = Array.from({ length: count }, (_, k) => path(`s${k + 1}of${count}`));
        for (const [k, out] of shares.entries()) {
          const words = ["--shard", `${k + 1}/${count}`, "--out", out, "--json", "-j", "1"];
          const { code, err, out: text } = await outcomeOf("sweep", sweep, ...words);
          expect(code).toBe(0);
          expect(err).toMatch(new RegExp(`shard ${k + 1} of ${count}: \\d runs in`));
          expect(JSON.parse(text)).toMatchObject({ shard: { index: k + 1, count } });
        }
        const merged = await outcomeOf("merge", ...shares, "--out", path(`m${count}`), "--json");
        expect(merged.code).toBe(0);
        expect(merged.err).toContain(`2 chunks of ${count} directories\n`);
        expect(JSON.parse(merged.out)).toHaveProperty("points");
        expect(await tableBytes(path(`m${count}`))).toEqual(await tableBytes(path("whole")));
      }
    });
  });

  test("main merge refuses shares that do not make a whole, are of two sweeps, or would be overwritten", async () => {
    await withSmallFiles(async ({ sweep, directory, path }) => {
      await outcomeOf("sweep", sweep, "--shard", "1/2", "--out", path("1"), ...QUIET);
      await outcomeOf("sweep", sweep, "--shard", "2/2", "--seed", "1", "--out", path("2"), ...QUIET);
      const cases = [
        [[path("1"), "--out", path("m")], "every replication must be there: missing are users=30 replications 0 to 3"],
        [[path("1"), path("2"), "--out", path("n")], "all must be of one study, see loadstar why"],
        [[path("1"), "--out", path("1"), "--overwrite"], "it must be another directory than those that are merged"],
        [[sweep, "--out", path("n")], "every parent of the path must be a directory"],
        [[path("1"), "--out", path("n"), "--failure-budget", "-1"], "--failure-budget must be an integer >= 0"],
      ] as const;
      for (const [words, message] of cases) {
        const { code, err } = await outcomeOf("merge", ...words, "-q");
        expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
        expect((await readdir(directory)).toSorted()).toEqual(["1", "2", "scenario.yaml", "sweep.yaml"]);
      }
      expect(await readdir(path("1/chunks"))).toHaveLength(1);
    });
  });

  test("main merge leaves nothing where a chunk is damaged, and works when its shard is mended", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      for (const share of ["1", "2"]) {
        await outcomeOf("sweep", sweep, "--shard", `${share}/2`, "--out", path(share), ...QUIET);
      }
      const words = ["merge", path("1"), path("2"), "--out", path("m"), "-q"];
      await damageChunk(path("2"));
      const refused = await outcomeOf(...words);
      expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^error Cannot merge chunk /) as string });
      await expect(readdir(path("m"))).rejects.toThrow("ENOENT");
      await outcomeOf("sweep", path("2"), "--shard", "2/2", "--resume", ...QUIET);
      expect(await outcomeOf(...words)).toMatchObject({ code: 0 });
    });
  });

  test("main merge --overwrite that fails leaves the earlier results as they were", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--shard", "1/2", "--out", path("1"), ...QUIET);
      await outcomeOf("sweep", sweep, "--out", path("m"), ...QUIET);
      const before = await tableBytes(path("m"));
      expect(await outcomeOf("merge", path("1"), "--out", path("m"), "--overwrite", "-q")).toMatchObject({ code: 2 });
      expect(await tableBytes(path("m"))).toEqual(before);
      expect(await outcomeOf("verify", path("m"))).toMatchObject({ code: 0 });
    });
  });

  test("main sweep --audit passes a sound engine, and ends with 13 where a chunk gives other numbers", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const words = ["sweep", sweep, "--out", path("r"), "--resume", "--audit", "100%", "-j", "1"];
      const sound = await outcomeOf(...words);
      expect(sound.code).toBe(0);
      expect(sound.err).toMatch(/\naudit: 2 chunks, 8 runs again, all the same\n$/);
      await alterChunk(path("r"), (content) => ({
        ...content,
        metrics: content.metrics.map((it) => it * (1 + 1e-15)),
      }));
      const odd = await outcomeOf(...words, "--quiet");
      expect(odd.code).toBe(13);
      expect(odd.err).toMatch(/^nondeterminism users=\d0 replications 0 to 3: \w+ differs when run again\n$/);
    });
  });

  test("main sweep --audit ends with 13 where the engine was not deterministic, and names the chunk and the metric", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const study = await loadStudy(sweep, { replications: 40 });
      const worker = new URL("../../sweep/test/workers/nondeterministic-worker.mjs", import.meta.url);
      for await (const _ of runStudy(study, { directory: path("r"), mode: "new", threads: 1, worker })) continue;
      const words = ["sweep", path("r"), "--resume", "--audit", "100%", ...QUIET];
      const { code, err } = await outcomeOf(...words);
      const metric = study.kept.metrics[1]!.name;
      const found = new RegExp(`^nondeterminism users=30 replications \\d+ to 39: ${metric} differs when run again\n$`);
      expect({ code, err }).toEqual({ code: 13, err: expect.stringMatching(found) as string });
    });
  });

  test("main sweep --resume outwaits a machine that was lost a moment ago, and says so; a new sweep is refused at once", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--shard", "1/1", "--out", path("r"), ...QUIET);
      const lost = async (): Promise<void> => {
        await writeFile(path("r/.lock"), '{"pid":7,"host":"a-lost-machine","started":"1"}\n');
        await utimes(path("r/.lock"), new Date(), new Date(Date.now() - 118_000));
      };
      await lost();
      const overwritten = await outcomeOf("sweep", sweep, "--out", path("r"), "--overwrite", ...QUIET);
      expect(overwritten).toMatchObject({
        code: 2,
        err: expect.stringContaining("process 7 on a-lost-machine") as string,
      });
      for (const words of [["--shard", "1/1"], []]) {
        await lost();
        const { code, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "--resume", ...words, ...QUIET);
        expect({ code, err }).toEqual({
          code: 0,
          err: expect.stringMatching(
            /^waiting process 7 on a-lost-machine holds the directory and may be dead: up to [12] s\n$/,
          ) as string,
        });
      }
    });
  });

  test("main sweep --resume puts no other sweep in the place of results", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      const before = await tableBytes(path("r"));
      const words = ["sweep", sweep, "--out", path("r"), "--seed", "8", "--resume", ...QUIET];
      expect(await outcomeOf(...words)).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringContaining(
          "it must hold a point of this sweep with the same seed: current value is another",
        ) as string,
      });
      expect(await tableBytes(path("r"))).toEqual(before);
    });
  });

  test("main sweep tells of a damaged chunk, runs it again and ends with the same bytes", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      const before = await tableBytes(path("r"));
      const file = await damageChunk(path("r"));
      const damaged = await outcomeOf("verify", path("r"), "--json");
      expect(damaged.code).toBe(2);
      expect(JSON.parse(damaged.out)).toMatchObject({ problems: [`Cannot read chunk "${file}": its SHA-256 differs`] });
      const { code, err } = await outcomeOf("sweep", sweep, "--out", path("r"), "--resume", ...QUIET);
      expect({ code, err }).toEqual({ code: 0, err: `damaged ${file}: its SHA-256 differs: run again\n` });
      expect(await tableBytes(path("r"))).toEqual(before);
      const mended = await outcomeOf("verify", path("r"));
      expect(mended).toMatchObject({ code: 0, err: "" });
      expect(mended.out).toMatch(/^5 tables with \d+ rows, 2 chunks: all is well\n$/);
    });
  });

  test("main sweep --failure-budget tolerates so many failed runs, and ends with 12 for more", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      await alterChunk(path("r"), ({ outcomes, reasons, ...content }) => ({
        ...content,
        outcomes: outcomes.with(0, "failed"),
        reasons: reasons.with(0, "for a test"),
      }));
      const words = ["sweep", sweep, "--out", path("r"), "--resume", ...QUIET];
      const over = await outcomeOf(...words);
      expect(over).toMatchObject({ code: 12, err: "failed 1 runs, the first: for a test\n" });
      expect(await outcomeOf(...words, "--failure-budget", "1")).toMatchObject({ code: 0 });
      for (const budget of ["-1", "0.5"]) {
        const wrong = await outcomeOf(...words, `--failure-budget=${budget}`);
        expect(wrong.code).toBe(2);
        expect(wrong.err).toContain("--failure-budget must be an integer >= 0");
      }
      const shard = await outcomeOf("merge", path("r"), "--out", path("m"), "-q");
      expect(shard.code).toBe(12);
      const tolerated = ["merge", path("r"), "--out", path("m"), "--overwrite", "-q", "--failure-budget", "1"];
      expect(await outcomeOf(...tolerated)).toMatchObject({ code: 0 });
    });
  });

  test("main sweep --deadline writes what there is and says how much that is", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const words = ["sweep", sweep, "-n", "3000", "--out", path("r"), "-j", "1"];
      const cut = await outcomeOf(...words, "--deadline", "0.001s");
      expect(cut.code).toBe(0);
      const [, runs] = /deadline (\d+) of 6000 runs were made: --resume makes the others\n/.exec(cut.err)!;
      expect(Number(runs)).toBeLessThan(6000);
      expect((await openResults(path("r"))).manifest).toMatchObject({ ended_by: "deadline", runs_planned: 6000 });
      for (const word of ["8", "0s", "-1s", "1e3s", "soon", "900h"]) {
        const wrong = await outcomeOf(...words, `--deadline=${word}`);
        expect({ code: wrong.code, rule: wrong.err.includes("--deadline must be a time of at most 596h") }).toEqual({
          code: 2,
          rule: true,
        });
      }
    });
  });

  test("main sweep refuses words that do not go together or make no sense", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const cases = [
        [["--overwrite", "--resume"], "--overwrite must not come with --resume or --extend"],
        [["--overwrite", "--extend", "1"], "--overwrite must not come with --resume or --extend"],
        [["--extend", "1", "-n", "5"], "--extend must not come with --replications"],
        [["--extend", "0"], "--extend must be an integer >= 1: current value is 0"],
        [["--extend", "1", "--extend", "2"], "--extend must be given once"],
        [["--shard", "3/2"], "--shard must have 1 <= I <= N: current value is 3/2"],
        [["--shard", "auto"], "--shard auto must find the variables of a batch system"],
        [["--audit", "0%"], "--audit must be a share above 0 and at most 100%"],
        [["--audit", "101%"], "--audit must be a share above 0 and at most 100%"],
      ] as const;
      await outcomeOf("sweep", sweep, "--out", path("old"), ...QUIET);
      for (const [words, message] of cases) {
        const { code, err, out } = await outcomeOf("sweep", path("old"), ...words, "-q");
        expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringContaining(message) as string });
      }
    });
  });
});

describe("main why", () => {
  test("main why says what would be run, and which field makes it so", async () => {
    await withSmallFiles(async ({ sweep, scenario, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      expect((await outcomeOf("why", path("r"))).out).toBe("8 of 8 runs are there, 0 would be run\n");
      await writeFile(scenario, SCENARIO.replace("cpu_cores: 1", "cpu_cores: 2"));
      const { code, out } = await outcomeOf("why", path("r"));
      expect(code).toBe(0);
      expect(out).toBe(
        "0 of 8 runs are there, 8 would be run\n  users=20: 0 of 4\n  users=30: 0 of 4\n" +
          "changed since:\n  plan.servers[api].cpu_cores: 1 -> 2 at 2 points\n",
      );
      const json = await outcomeOf("why", path("r"), sweep, "--json");
      expect(JSON.parse(json.out)).toMatchObject({ differences: [{ field: "plan.servers[api].cpu_cores" }] });
      expect(await outcomeOf("why", path("none"))).toMatchObject({ code: 2, out: "" });
    });
  });

  test("main why is about the sweep as it was asked for, and what it would take with more", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      const words = ["-n", "5", "--seed", "3", "--param", "users=10,20,30", "--set", "sim_settings.warm_up_s=1"];
      await outcomeOf("sweep", sweep, "--out", path("r"), ...words, ...QUIET);
      const all = { code: 0, out: "15 of 15 runs are there, 0 would be run\n", err: "" };
      expect(await outcomeOf("why", path("r"))).toEqual(all);
      await outcomeOf("sweep", path("r"), "--extend", "1", ...QUIET);
      expect((await outcomeOf("why", path("r"))).out).toBe("18 of 18 runs are there, 0 would be run\n");
      expect((await outcomeOf("why", path("r"), "-n", "7")).out).toMatch(/^18 of 21 runs are there, 3 would be run\n/);
      // With a file it is about that file alone.
      expect((await outcomeOf("why", path("r"), sweep)).out).toMatch(/^0 of 8 runs are there, 8 would be run\n/);
    });
  });

  test("main why reads the chunks: one that is damaged would be run again", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      const file = await damageChunk(path("r"));
      const { out } = await outcomeOf("why", path("r"));
      expect(out).toMatch(/^4 of 8 runs are there, 4 would be run\n {2}users=\d0: 0 of 4\n/);
      expect(out).toContain(`\ndamaged ${file}: its SHA-256 differs\n`);
    });
  });

  test("main why is about the study that the directory remembers where the sweep is gone, and says so", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await outcomeOf("sweep", sweep, "--out", path("r"), "-n", "5", ...QUIET);
      await rm(sweep);
      expect(await outcomeOf("why", path("r"))).toEqual({
        code: 0,
        out: `${sweep} is not there: this is about the sweep as the directory remembers it\n10 of 10 runs are there, 0 would be run\n`,
        err: "",
      });
    });
  });
});

describe("main verify", () => {
  test("main verify names a damaged table with exit code 2, and refuses what is no results directory", async () => {
    await withSmallFiles(async ({ sweep, path }) => {
      await writeFile(sweep, SWEEP);
      await outcomeOf("sweep", sweep, "--out", path("r"), ...QUIET);
      await truncate(join(path("r"), "series.arrow"), 1000);
      const { code, out, err } = await outcomeOf("verify", path("r"));
      expect(code).toBe(2);
      expect(err).toMatch(/^damaged Cannot read results .*series\.arrow": it must have the \d+ bytes of the manifest/);
      expect(out).toMatch(/2 chunks: 1 damaged\n$/);
      await outcomeOf("sweep", sweep, "--shard", "1/2", "--out", path("1"), ...QUIET);
      const shard = await outcomeOf("verify", path("1"));
      expect(shard).toMatchObject({ code: 0, out: expect.stringMatching(/chunks?: all is well so far; /) as string });
      const none = await outcomeOf("verify", path("none"));
      expect(none).toMatchObject({ code: 2, out: "" });
    });
  });
});

async function latencies(directory: string): Promise<readonly (readonly number[])[]> {
  const found: (readonly number[])[] = [];
  for await (const { metrics } of (await openResults(directory)).readPointRuns({ metrics: ["latency_s_mean"] })) {
    found.push(Array.from(metrics[0]!));
  }
  return found;
}

async function tableBytes(directory: string): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".arrow")).toSorted();
  const bytes: Record<string, string> = {};
  for (const file of files) bytes[file] = await readFile(join(directory, file), "latin1");
  return bytes;
}

/** Writes the first chunk again with another content, whole and right but for that. */
async function alterChunk(directory: string, change: (content: ChunkContent) => ChunkContent): Promise<void> {
  const chunks = await ChunkDirectory.open(directory);
  const address = chunks.list()[0]!;
  await chunks.write(address, change(await chunks.read(address)));
}

/** Flips a bit in the first chunk and gives its file. */
async function damageChunk(directory: string): Promise<string> {
  const chunks = await ChunkDirectory.open(directory);
  const file = chunks.file(chunks.list()[0]!);
  const bytes = await readFile(file);
  bytes[1000]! ^= 32;
  await writeFile(file, bytes);
  return file;
}
