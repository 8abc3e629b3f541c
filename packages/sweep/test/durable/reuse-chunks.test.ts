import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createResults, openResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { runShard, runStudy } from "../../src/index.js";
import { studyDataOf } from "../../src/study-data.js";
import { eventsOf, finished, runsByPoint } from "../finished-study.js";
import { studyOf, SWEEP } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { CHUNKED_SWEEP, chunkedStudy, tableBytes } from "./chunked-study.js";

describe("runStudy", () => {
  test("runStudy with more replications runs only these, and the first rows are the same", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await eventsOf(await chunkedStudy(directory, { replications: 100 }), { directory: path });
      const few = await runsByPoint(await openResults(path));
      const last = await finished(await chunkedStudy(directory, { replications: 200 }), {
        directory: path,
        mode: "resume",
      });
      expect(last).toMatchObject({ replications_read: 200, outcomes: { failed: 0 } });
      const many = await runsByPoint(await openResults(path));
      for (const [point_id, { outcomes, reasons, metrics }] of few) {
        const longer = many.get(point_id)!;
        expect(longer.outcomes).toHaveLength(200);
        expect(longer.outcomes.slice(0, 100)).toEqual(outcomes);
        expect(longer.reasons.slice(0, 100)).toEqual(reasons);
        expect(longer.metrics.map((column) => column.slice(0, 100))).toEqual(metrics);
      }
      await eventsOf(await chunkedStudy(directory, { replications: 200 }), { directory: join(directory, "whole") });
      expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "whole")));
    });
  });

  test("runStudy with points added runs only these; with other objectives, confidence or names, nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await eventsOf(await chunkedStudy(directory, { replications: 40 }), { directory: path });
      const objectives = "objectives:\n  - { metric: latency_s_p95, below: 0.2, probability: 0.9 }\n";
      const variants = [
        [CHUNKED_SWEEP.replace("[20, 30]", "[10, 20, 25, 30]"), 80, 160],
        [CHUNKED_SWEEP + objectives, 80, 80],
        [`${CHUNKED_SWEEP}confidence: 0.5\n`, 80, 80],
        [CHUNKED_SWEEP.replace("two-loads", "another"), 80, 80],
        [CHUNKED_SWEEP.replace("[20, 30]", "[30]"), 40, 40],
      ] as const;
      for (const [sweep, read, runs] of variants) {
        const study = await chunkedStudy(directory, { sweep, replications: 40 });
        const last = await finished(study, { directory: path, mode: "resume" });
        expect([last.replications_read, last.outcomes.completed + last.outcomes.truncated], sweep).toEqual([
          read,
          runs,
        ]);
        await eventsOf(study, { directory: join(directory, "fresh"), mode: "overwrite" });
        expect(await tableBytes(path), sweep).toEqual(await tableBytes(join(directory, "fresh")));
      }
    });
  });

  test("runStudy resumes nothing in whose place it would put another sweep", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await eventsOf(await chunkedStudy(directory, { replications: 40 }), { directory: path });
      const before = await tableBytes(path);
      const others = [
        { sweep: CHUNKED_SWEEP.replace("seed: 20261121", "seed: 1") },
        { sweep: CHUNKED_SWEEP.replace("[20, 30]", "[21, 31]") },
      ];
      for (const other of others) {
        const study = await chunkedStudy(directory, { ...other, replications: 40 });
        const shard = { index: 1, count: 1 };
        for (const run of [runStudy, runShard]) {
          const events = run(study, { directory: path, mode: "resume", threads: 1, shard });
          await expect(events.next(), other.sweep).rejects.toThrow(
            /^Cannot resume .* it must hold a point of this sweep with the same seed: current value is another sweep, see/,
          );
        }
      }
      expect(await tableBytes(path)).toEqual(before);
      expect((await readdir(path)).includes("study.json")).toBe(false);
      // Nor in that of what is not to be read.
      const changed = await chunkedStudy(directory, { ...others[0]!, replications: 40 });
      await writeFile(join(path, "study.json"), "{}");
      await expect(finished(changed, { directory: path, mode: "resume" })).rejects.toThrow(/^Cannot read study /);
    });
  });

  test("runStudy begins another sweep where it is to overwrite, and where there is no run as yet", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [path, empty] = [join(directory, "r"), join(directory, "empty")];
      const small = await studyOf(directory);
      await eventsOf(small, { directory: path });
      await (await createResults(empty, { mode: "new", study: studyDataOf(small) })).leave();
      const other = await studyOf(directory, { sweep: SWEEP.replace("seed: 20261121", "seed: 1") });
      expect(await finished(other, { directory: path, mode: "overwrite" })).toMatchObject({ replications_read: 0 });
      expect(await finished(other, { directory: empty, mode: "resume" })).toMatchObject({ replications_read: 0 });
      expect(await tableBytes(path)).toEqual(await tableBytes(empty));
    });
  });

  test("runStudy resumes a sweep that keeps other metrics, and makes all its runs again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      await eventsOf(await chunkedStudy(directory, { replications: 40 }), { directory: path });
      const sweep = CHUNKED_SWEEP.replace("api.*", "uplink.*");
      const study = await chunkedStudy(directory, { sweep, replications: 40 });
      expect((await finished(study, { directory: path, mode: "resume" })).replications_read).toBe(0);
      await eventsOf(study, { directory: join(directory, "fresh") });
      expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "fresh")));
    });
  });

  test("runStudy writes for points that have the same plan the rows of each", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = `${SWEEP}  label: { path: name, values: [a, b] }\n`;
      const study = await studyOf(directory, { sweep });
      expect(study.points).toHaveLength(4);
      const path = join(directory, "r");
      await eventsOf(study, { directory: path, threads: 2 });
      expect((await runsByPoint(await openResults(path))).size).toBe(4);
      expect((await finished(study, { directory: path, mode: "resume" })).replications_read).toBe(24);
    });
  });
});
