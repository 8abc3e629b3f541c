import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { loadStudy, runStudy, type RunStudyOptions, type Study, type StudyEvent } from "../../src/index.js";
import { eventsOf, finished, runsByPoint } from "../finished-study.js";
import { studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { alterChunk, CHUNKED_SWEEP, chunkedStudy, tableBytes } from "./chunked-study.js";

type Interrupted = Extract<StudyEvent, { readonly kind: "interrupted" }>;

const ADAPTIVE = CHUNKED_SWEEP.replace(
  "replications: 6",
  "replications: { max: 200, target: { metric: latency_s_mean, relative_half_width: 0.02 } }",
);

describe("runStudy", () => {
  test.each([
    ["a fixed number of replications", CHUNKED_SWEEP, { replications: 300 }],
    ["as many replications as it takes", ADAPTIVE, {}],
  ])(
    "runStudy that was interrupted again and again writes the bytes of one that was not: %s",
    async (_, sweep, more) => {
      await inTemporaryDirectory(async (directory) => {
        const study = await studyIn(directory, sweep, more);
        await eventsOf(study, { directory: join(directory, "whole"), threads: 2 });
        const path = join(directory, "r");
        const runs: Interrupted[] = [];
        for (const [round, after] of [1, 2, 4, 3].entries()) {
          const mode = round === 0 ? "new" : "resume";
          const last = await interruptedAfter(study, after, { directory: path, mode, threads: 1 + (round % 2) });
          runs.push(last);
          expect((await readdir(path)).toSorted()).toEqual(["chunks", "study.json"]);
        }
        const done = runs.map(({ runs_done }) => runs_done);
        expect(done[0]).toBeGreaterThan(0);
        const last = await finished(study, { directory: path, mode: "resume" });
        expect(last.replications_read).toBeGreaterThanOrEqual(Math.max(...done));
        expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "whole")));
        expect((await readdir(path)).toSorted()).toContain("manifest.json");
        expect(last.outcomes.truncated).toBeGreaterThan(20);
      });
    },
  );

  test("runStudy that was interrupted tells estimates of unbroken beginnings, equal to those of so many replications", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory);
      const { summary, runs_done, runs } = await interruptedAfter(study, 5, {
        directory: join(directory, "r"),
        mode: "new",
        threads: 1,
      });
      expect([runs_done < runs, runs]).toEqual([true, 600]);
      const n = summary.find(({ point_id }) => point_id === "users=20")!;
      const replications = n.n + n.n_failed;
      expect(replications % 32).toBe(0);
      const few = await chunkedStudy(directory, { replications });
      await eventsOf(few, { directory: join(directory, "few") });
      const expected = await (await openResults(join(directory, "few"))).readSummary();
      const of = (rows: typeof expected): typeof expected => rows.filter(({ point_id }) => point_id === "users=20");
      expect(of(summary)).toEqual(of(expected));
    });
  });

  test("runStudy of a finished study, resumed, computes nothing and writes the same bytes", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 100 });
      const options = { directory: join(directory, "r"), threads: 2 } as const;
      await eventsOf(study, options);
      const before = await tableBytes(options.directory);
      const again = await finished(study, { ...options, mode: "resume" });
      expect(again.replications_read).toBe(200);
      expect(await tableBytes(options.directory)).toEqual(before);
      const stored = await finished(await loadStudy(options.directory), {
        ...options,
        mode: "resume",
        missing: "refuse",
      });
      expect(stored.replications_read).toBe(200);
      expect(await tableBytes(options.directory)).toEqual(before);
    });
  });

  test("runStudy runs a damaged chunk again, tells of it and writes the same bytes", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 70 });
      const path = join(directory, "r");
      await eventsOf(study, { directory: path });
      const before = await tableBytes(path);
      const [name] = (await readdir(join(path, "chunks"))).toSorted();
      const file = join(path, "chunks", name!);
      const bytes = await readFile(file);
      bytes[bytes.length >> 1]! ^= 4;
      await writeFile(file, bytes);
      const events = await eventsOf(study, { directory: path, mode: "resume" });
      expect(events.filter(({ kind }) => kind === "chunk_damaged")).toEqual([
        { kind: "chunk_damaged", file, reason: "its SHA-256 differs" },
      ]);
      const count = Number(/-(\d+)\.chunk$/.exec(name!)![1]);
      expect(events.at(-1)).toMatchObject({ kind: "finished", replications_read: 140 - count });
      expect(await tableBytes(path)).toEqual(before);
      const again = await finished(study, { directory: path, mode: "resume" });
      expect(again.replications_read).toBe(140);
    });
  });

  test("runStudy keeps failed replications of a chunk: counted, without metrics, and resumed as they are", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 40 });
      const path = join(directory, "r");
      await eventsOf(study, { directory: path });
      await alterChunk(path, 0, (content) => ({
        ...content,
        outcomes: content.outcomes.with(0, "failed"),
        reasons: content.reasons.with(0, "Cannot run: for a test"),
      }));
      const last = await finished(study, { directory: path, mode: "resume" });
      expect(last).toMatchObject({
        replications_read: 80,
        outcomes: { failed: 1 },
        first_failure: "Cannot run: for a test",
      });
      const rows = [...(await runsByPoint(await openResults(path))).values()].flatMap(({ reasons }) => reasons);
      expect(rows.filter((reason) => reason === "Cannot run: for a test")).toHaveLength(1);
    });
  });

  test("runStudy with a deadline writes what there is, says so, and resumed to the end the bytes of a whole one", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = `${CHUNKED_SWEEP}objectives:\n  - { metric: latency_s_p95, below: 0.2, probability: 0.9 }\n`;
      const study = await chunkedStudy(directory, { sweep, replications: 200 });
      const path = join(directory, "r");
      const cut = await finished(study, { directory: path, deadline_s: 1e-6 });
      const results = await openResults(path);
      await results.verifyDigests();
      const runs = cut.outcomes.completed + cut.outcomes.truncated;
      expect(cut.runs_planned).toBe(400);
      expect(runs).toBeLessThan(400);
      expect(results.manifest).toMatchObject({ ended_by: "deadline", runs_planned: 400 });
      const means = (await results.readSummary()).filter(({ estimand }) => estimand === "mean");
      expect(means.filter(({ metric }) => metric === "latency_s_mean")).toHaveLength(2);
      expect(cut.verdicts.inconclusive + cut.verdicts.fail + cut.verdicts.pass).toBe(2);
      const last = await finished(study, { directory: path, mode: "resume" });
      expect(last.replications_read).toBe(runs);
      expect(last.runs_planned).toBeUndefined();
      await eventsOf(study, { directory: join(directory, "whole"), threads: 2 });
      expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "whole")));
      expect((await openResults(path)).manifest["ended_by"]).toBeUndefined();
    });
  });

  test("runStudy that nobody listens to any more leaves chunks, and a study that has none leaves nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { replications: 200 });
      const path = join(directory, "r");
      for await (const { kind } of runStudy(study, { directory: path, mode: "new", threads: 1 })) {
        if (kind === "started") break;
      }
      expect(await readdir(directory)).toEqual(["scenario.yaml", "sweep.yaml"]);
      for await (const { kind } of runStudy(study, { directory: path, mode: "new", threads: 1 })) {
        if (kind === "progress") break;
      }
      expect((await readdir(path)).toSorted()).toEqual(["chunks", "study.json"]);
      expect((await finished(study, { directory: path, mode: "resume" })).replications_read).toBeGreaterThan(0);
    });
  });

  test("runStudy: of two in one directory at once the second is refused, and the first is not disturbed", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 100 });
      const path = join(directory, "r");
      const refused: string[] = [];
      for await (const { kind } of runStudy(study, { directory: path, mode: "new", threads: 1 })) {
        if (kind !== "progress" || refused.length > 0) continue;
        for (const mode of ["resume", "overwrite", "new"] as const) {
          await eventsOf(study, { directory: path, mode }).catch((error: Error) => refused.push(error.message));
        }
      }
      expect(refused).toEqual([
        expect.stringContaining("one sweep at a time may write to it"),
        expect.stringContaining("one sweep at a time may write to it"),
        expect.stringContaining("current value is an unfinished sweep"),
      ]);
      await eventsOf(study, { directory: join(directory, "whole") });
      expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "whole")));
    });
  });
});

async function studyIn(directory: string, sweep: string, more: { readonly replications?: number }): Promise<Study> {
  if (more.replications !== undefined) return await chunkedStudy(directory, { sweep, ...more });
  await chunkedStudy(directory);
  await writeFile(join(directory, "sweep.yaml"), sweep);
  return await loadStudy(join(directory, "sweep.yaml"));
}

/** Interrupts a study when so many chunks have come back. */
async function interruptedAfter(
  study: Study,
  chunks: number,
  options: Omit<RunStudyOptions, "signal">,
): Promise<Interrupted> {
  const interruption = new AbortController();
  let came = 0;
  for await (const event of runStudy(study, { ...options, signal: interruption.signal })) {
    if (event.kind === "progress" && ++came === chunks) interruption.abort();
    if (event.kind === "interrupted") return event;
  }
  throw new Error("it was not interrupted");
}
