import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createResults, openResults, readStudyFile, ResultsError, type ChunkContent } from "../src/index.js";
import { METRICS, POINTS, writeSampleResults } from "./sample-results.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const EMPTY_CHUNK: ChunkContent = {
  outcomes: ["completed"],
  reasons: [""],
  metrics: Float64Array.of(1, Number.NaN),
  paths: new Float64Array(0),
  groups: new Float64Array(0),
  histograms: [],
  events: 1,
};

const CHUNK = { key: "a".repeat(32), first_replication: 0, count: 1 };

describe("createResults", () => {
  test("createResults writes to a hidden folder and puts tables in place at the end, manifest last", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "new", "r");
      const writer = await createResults(path, { mode: "new", study: { name: "mine" } });
      await writer.writePoints(POINTS);
      const [lock, partial, study] = await readdir(path);
      expect([lock, study]).toEqual([".lock", "study.json"]);
      expect(partial).toMatch(/^\.tables-[0-9a-f]{12}$/);
      expect(await readdir(join(path, partial ?? ""))).toEqual(["points.arrow"]);
      await expect(openResults(path)).rejects.toThrow(/an unfinished sweep, which can be resumed/);
      await writer.finish({ zeta: 1, alpha: [2] });
      expect(await readdir(path)).toEqual(["manifest.json", "points.arrow"]);
      const text = await readFile(join(directory, "new", "r", "manifest.json"), "utf8");
      const [digest] = (await openResults(join(directory, "new", "r"))).manifest.files;
      expect(text).toBe(`{
  "loadstar_manifest": 1,
  "zeta": 1,
  "alpha": [
    2
  ],
  "study": {
    "name": "mine"
  },
  "files": [
    {
      "file": "points.arrow",
      "rows": 4,
      "bytes": ${digest?.bytes},
      "sha256": "${digest?.sha256}"
    }
  ]
}
`);
    });
  });

  test("createResults accepts an empty directory, and a link to one", async () => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(join(directory, "empty"));
      await symlink(join(directory, "empty"), join(directory, "link"));
      await writePointsTo(join(directory, "link"), false);
      expect(await readdir(join(directory, "empty"))).toEqual(["manifest.json", "points.arrow"]);
      expect((await readdir(directory)).toSorted()).toEqual(["empty", "link"]);
    });
  });

  test("createResults resumes nothing that a newer version wrote, finished or not, and overwrites it when asked", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [finished, unfinished] = [join(directory, "finished"), join(directory, "unfinished")];
      await writeSampleResults(finished);
      await raiseVersion(join(finished, "manifest.json"), '"loadstar_manifest": 1');
      await (await createResults(unfinished, { mode: "new", study: {} })).leave();
      await raiseVersion(join(unfinished, "study.json"), '"loadstar_study": 1');
      for (const path of [finished, unfinished]) {
        const before = await readdir(path);
        await expect(createResults(path, { mode: "resume", study: {} })).rejects.toThrow(
          /the version of its (manifest|study)\.json must be 1, the one this Loadstar knows, .* current value is 2$/,
        );
        expect(await readdir(path)).toEqual(before);
        const writer = await createResults(path, { mode: "overwrite", study: {} });
        await writer.discard();
      }
    });
  });

  test("createResults resumes where study.json is no study, and writes it anew", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await (await createResults(path, { mode: "new", study: {} })).leave();
      await writeFile(join(path, "study.json"), "{");
      await (await createResults(path, { mode: "resume", study: { name: "again" } })).leave();
      expect(await readStudyFile(path)).toEqual({ name: "again" });
    });
  });

  test("createResults refuses a file, strangers' directories and results unless asked, and writes nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = (name: string): string => join(directory, name);
      await writeFile(path("file"), "");
      await mkdir(path("strange"));
      await writeFile(join(path("strange"), "thesis.tex"), "");
      await mkdir(path("other"));
      await writeFile(join(path("other"), "manifest.json"), '{"name": "a web app"}');
      await mkdir(path("broken"));
      await writeFile(join(path("broken"), "manifest.json"), "{");
      await writeSampleResults(path("results"));
      await writeSampleResults(path("mixed"));
      await writeFile(join(path("mixed"), "notes.md"), "");
      const before = await readdir(directory, { recursive: true });
      const cases: readonly (readonly [string, boolean, string])[] = [
        ["file", true, "it must be a directory: current value is a file"],
        [
          "strange",
          false,
          'it must be empty or hold what Loadstar made and nothing else: current value is "thesis.tex"',
        ],
        ["results", false, "it must be empty: current value is complete results"],
        ["strange", true, "it must be empty or hold what Loadstar made and nothing else"],
        ["other", true, "only Loadstar results are overwritten"],
        ["broken", true, "only Loadstar results are overwritten"],
        ["mixed", true, 'it must be empty or hold what Loadstar made and nothing else: current value is "notes.md"'],
        ["file/below", false, "every parent of the path must be a directory: current value is ENOTDIR"],
      ];
      for (const [name, overwrite, message] of cases) {
        const attempt = createResults(path(name), { mode: overwrite ? "overwrite" : "new", study: {} });
        await expect(attempt).rejects.toThrow(ResultsError);
        await expect(attempt).rejects.toThrow(`Cannot write results "${path(name)}": ${message}`);
      }
      expect(await readdir(directory, { recursive: true })).toEqual(before);
    });
  });

  test("createResults refuses a parent where nobody can write, also for root", async () => {
    await expect(createResults("/proc/self/results", { mode: "new", study: {} })).rejects.toThrow(ResultsError);
    await expect(createResults("/proc/self/results", { mode: "overwrite", study: {} })).rejects.toThrow(
      /^Cannot write results "\/proc\/self\/results": .*: current value is E[A-Z]+$/,
    );
  });

  test("createResults: one process at a time writes to a directory; the lock of one that died is taken over", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      const writer = await createResults(path, { mode: "new", study: {} });
      await writer.chunks.write({ key: "0".repeat(32), first_replication: 0, count: 1 }, EMPTY_CHUNK);
      await expect(createResults(path, { mode: "resume", study: {} })).rejects.toThrow(
        `one sweep at a time may write to it: current value is process ${process.pid} on `,
      );
      await writer.discard();
      const holder = { pid: 2 ** 22 + 1, host: hostname(), started: "1" };
      await writeFile(join(path, ".lock"), JSON.stringify(holder));
      const next = await createResults(path, { mode: "resume", study: {} });
      await next.discard();
      await writeFile(join(path, ".lock"), JSON.stringify({ ...holder, host: "another machine" }));
      await expect(createResults(path, { mode: "resume", study: {} })).rejects.toThrow(/on another machine$/);
      const silent = new Date(Date.now() - 1_000_000);
      await utimes(join(path, ".lock"), silent, silent);
      await (await createResults(path, { mode: "resume", study: {} })).discard();
    });
  });

  test("createResults keeps chunks when it resumes, and removes them when it overwrites", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      const address = { key: "a".repeat(32), first_replication: 0, count: 1 };
      const first = await createResults(path, { mode: "new", study: {} });
      await first.chunks.write(address, EMPTY_CHUNK);
      await first.discard();
      expect(await readdir(path)).toEqual(["chunks", "study.json"]);
      await expect(createResults(path, { mode: "new", study: {} })).rejects.toThrow(
        /current value is an unfinished sweep$/,
      );
      const resumed = await createResults(path, { mode: "resume", study: {} });
      expect(resumed.chunks.has(address)).toBe(true);
      await resumed.discard();
      const anew = await createResults(path, { mode: "overwrite", study: {} });
      expect(anew.chunks.list()).toEqual([]);
      await anew.discard();
      expect(await readdir(path)).toEqual([]);
    });
  });

  test("createResults goes on where a process was killed at any moment: what it left is no stranger's", async () => {
    await inTemporaryDirectory(async (directory) => {
      const dead = JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: "1" });
      const path = join(directory, "r");
      for (const mode of ["new", "resume", "overwrite"] as const) {
        await mkdir(join(path, ".tables-0123456789ab"), { recursive: true });
        await writeFile(join(path, ".lock"), dead);
        await writeFile(join(path, ".lock-0123456789ab"), dead);
        await writeFile(join(path, ".0123456789ab.tmp"), "half a study");
        const writer = await createResults(path, { mode, study: {} });
        expect(await readdir(path)).toEqual([
          ".lock",
          ".lock-0123456789ab",
          expect.stringMatching(/^\.tables-(?!0123456789ab)/),
          "study.json",
        ]);
        await writer.discard();
        await rm(path, { recursive: true });
      }
    });
  });

  test("createResults removes chunks in the making that a process left when it was killed, and no others", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      const first = await createResults(path, { mode: "new", study: {} });
      await first.chunks.write(CHUNK, EMPTY_CHUNK);
      await first.discard();
      await writeFile(join(path, "chunks", ".0123456789ab.tmp"), "half a chunk");
      const resumed = await createResults(path, { mode: "resume", study: {} });
      expect(await readdir(join(path, "chunks"))).toEqual([basename(resumed.chunks.file(CHUNK))]);
      await resumed.discard();
    });
  });

  test("createResults leaves nothing in a new directory where the study cannot be written", async () => {
    await inTemporaryDirectory(async (directory) => {
      const attempt = createResults(join(directory, "r"), { mode: "new", study: { seed: 1n } });
      await expect(attempt).rejects.toThrow(TypeError);
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("createResults leaves nothing where the disk refuses the first chunk, and the study where it is left", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      const writer = await createResults(path, { mode: "new", study: {} });
      await mkdir(join(path, "chunks"));
      const taken = { key: "0".repeat(32), first_replication: 0, count: 1 };
      await mkdir(join(writer.chunks.file(taken), "x"), { recursive: true });
      const refused = expect(writer.chunks.write(taken, EMPTY_CHUNK)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
      await refused;
      await rm(writer.chunks.file(taken), { recursive: true });
      await writer.discard();
      expect(await readdir(directory)).toEqual([]);
      const left = await createResults(path, { mode: "new", study: { name: "mine" } });
      await left.leave();
      await left.discard();
      expect(await readdir(path)).toEqual(["study.json"]);
    });
  });

  test("createResults writes no chunk through a link, and leaves the directory as it was", async () => {
    await inTemporaryDirectory(async (directory) => {
      await mkdir(join(directory, "precious"));
      await mkdir(join(directory, "r"));
      await symlink(join(directory, "precious"), join(directory, "r", "chunks"));
      const attempt = createResults(join(directory, "r"), { mode: "resume", study: {} });
      await expect(attempt).rejects.toThrow(/^Cannot read chunks .* it must be a directory/);
      expect(await readdir(join(directory, "r"))).toEqual(["chunks"]);
      await (await createResults(join(directory, "r"), { mode: "overwrite", study: {} })).discard();
      expect((await readdir(directory)).toSorted()).toEqual(["precious", "r"]);
    });
  });

  test("createResults with overwrite replaces earlier results, and leaves nothing beside them", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      await writePointsTo(path, true);
      expect(await readdir(path)).toEqual(["manifest.json", "points.arrow"]);
      expect(await readdir(directory)).toEqual(["r"]);
    });
  });

  test("discard leaves nothing, and the old results untouched", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      const before = (await openResults(path)).manifest;
      const writer = await createResults(path, { mode: "overwrite", study: {} });
      await writer.writePoints(POINTS);
      const runs = await writer.openRuns(METRICS);
      await writer.discard();
      await writer.discard();
      expect(await readdir(directory)).toEqual(["r"]);
      expect((await openResults(path)).manifest).toEqual(before);
      await (await openResults(path)).verifyDigests();
      await expect(runs.close()).rejects.toThrow(/current value is closed/);
      await expect(writer.writePoints(POINTS)).rejects.toThrow(/must not be finished or discarded/);
    });
  });

  test("discard waits for a chunk that is being written, which stays with its study", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await createResults(join(directory, "r"), { mode: "new", study: { name: "mine" } });
      const writing = writer.chunks.write(CHUNK, EMPTY_CHUNK);
      await writer.discard();
      await writing;
      expect(await readdir(writer.directory)).toEqual(["chunks", "study.json"]);
    });
  });

  test.each(["new", "empty"])("abandon leaves nothing, chunks included, of a directory that was %s", async (kind) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      if (kind === "empty") await mkdir(path);
      const writer = await createResults(path, { mode: "new", study: {} });
      await writer.chunks.write(CHUNK, EMPTY_CHUNK);
      await writer.abandon();
      await writer.abandon();
      expect(await readdir(directory)).toEqual([]);
    });
  });

  test("finish keeps the old results if the new ones cannot be put in place", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await writeSampleResults(path);
      const before = await openResults(path);
      const writer = await createResults(path, { mode: "overwrite", study: {} });
      await writer.writePoints(POINTS);
      const partial = (await readdir(path)).find((name) => name.startsWith(".tables-")) ?? "";
      await rm(join(path, partial), { recursive: true });
      await expect(writer.finish({})).rejects.toThrow(
        /Cannot write file .* the path must exist: current value is ENOENT/,
      );
      await writer.discard();
      expect((await openResults(path)).manifest).toEqual(before.manifest);
      expect(await readdir(directory)).toEqual(["r"]);
    });
  });

  test("finish refuses open tables, missing points and keys of its own", async () => {
    await inTemporaryDirectory(async (directory) => {
      const writer = await createResults(join(directory, "r"), { mode: "new", study: {} });
      await expect(writer.finish({})).rejects.toThrow(/the points must be written first/);
      await expect(writer.openRuns(METRICS)).rejects.toThrow(/the points must be written first/);
      await writer.writePoints(POINTS);
      const runs = await writer.openRuns(METRICS);
      await expect(writer.finish({})).rejects.toThrow(/every table must be closed: current value is runs open/);
      await runs.close();
      await expect(writer.finish({ files: [] })).rejects.toThrow(/the key must not be one that the store writes/);
      await writer.finish({});
      expect((await stat(join(directory, "r"))).isDirectory()).toBe(true);
    });
  });

  test("writePoints refuses names and ids that stand twice, and values of another type", async () => {
    const number = { name: "users", type: "number" } as const;
    const cases = [
      [{ parameters: [{ ...number, name: "point_id" }], rows: [] }, '"point_id" is taken: current value is "point_id"'],
      [{ parameters: [number, number], rows: [] }, "each parameter name must be used once"],
      [
        {
          parameters: [],
          rows: [
            { point_id: "a", values: [] },
            { point_id: "a", values: [] },
          ],
        },
        "each point_id must be used once",
      ],
      [{ parameters: [number], rows: [{ point_id: "a", values: [] }] }, "it must have 1 values: current value is 0"],
      [
        { parameters: [number], rows: [{ point_id: "a", values: ["1"] }] },
        'parameter "users" must be a number or null',
      ],
    ] as const;
    await inTemporaryDirectory(async (directory) => {
      const writer = await createResults(join(directory, "r"), { mode: "new", study: {} });
      for (const [points, message] of cases) {
        await expect(writer.writePoints(points)).rejects.toThrow(message);
        await expect(writer.writePoints(points)).rejects.toThrow(ResultsError);
      }
      await writer.discard();
    });
  });
});

async function writePointsTo(path: string, overwrite: boolean): Promise<void> {
  const writer = await createResults(path, { mode: overwrite ? "overwrite" : "new", study: {} });
  await writer.writePoints(POINTS);
  await writer.finish({});
}

async function raiseVersion(file: string, version: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toContain(version);
  await writeFile(file, text.replace(version, version.replace("1", "2")));
}
