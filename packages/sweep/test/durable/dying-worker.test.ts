import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { ChunkDirectory, openResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { eventsOf, finished, runsByPoint } from "../finished-study.js";
import { studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { chunkedStudy, tableBytes } from "./chunked-study.js";

/** 70 replications of two points: six chunks, of which the workers lose the second of users=20. */
const REPLICATIONS = 70;

/** Most memory of a thread that starts now [MB]: 0 leaves it to V8. */
function limitThreads(memory_mb: number): void {
  setFlagsFromString(`--max-old-space-size=${memory_mb}`);
}

describe("runStudy", () => {
  test("runStudy whose thread dies of one of many short points loses that point alone", async () => {
    await inTemporaryDirectory(async (directory) => {
      // Points that go to a thread several at a time.
      const sweep = `name: many
scenario: scenario.yaml
seed: 20261121
replications: 3
series_points: 4
parameters:
  users: { path: rqs_input.avg_active_users.mean, values: [${Array.from({ length: 40 }, (_, k) => k + 1).join()}] }
`;
      const study = await studyOf(directory, { sweep });
      const path = join(directory, "r");
      const worker = new URL("../workers/exiting-short-worker.mjs", import.meta.url);
      const last = await finished(study, { directory: path, threads: 2, worker });
      expect(last.outcomes).toEqual({ completed: 39 * 3, truncated: 0, failed: 3 });
      expect(last.first_failure).toContain("worker exited with code: 7");
      const runs = await runsByPoint(await openResults(path));
      const failed = [...runs].filter(([, { outcomes }]) => outcomes.includes("failed")).map(([id]) => id);
      expect(failed).toEqual(["users=20"]);
      expect((await ChunkDirectory.open(path)).list()).toHaveLength(39);

      const resumed = await finished(study, { directory: path, mode: "resume" });
      expect(resumed).toMatchObject({ replications_read: 39 * 3, outcomes: { failed: 0 } });
      await eventsOf(study, { directory: join(directory, "whole") });
      expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "whole")));
    });
  });

  test.each([
    ["exits in the middle of a chunk", "exiting-worker.mjs", "worker thread: worker exited with code: 7"],
    ["runs out of memory", "hoarding-worker.mjs", "worker thread: Worker terminated due to reaching memory limit"],
  ])("runStudy whose thread %s says so, keeps the others, and is mended by a resume", async (_, file, reason) => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: REPLICATIONS });
      const path = join(directory, "r");
      const worker = new URL(`../workers/${file}`, import.meta.url);
      limitThreads(64);
      try {
        const last = await finished(study, { directory: path, threads: 2, worker });
        expect(last.outcomes.failed).toBe(32);
        expect(last.first_failure).toContain(reason);
      } finally {
        limitThreads(0);
      }
      const { outcomes, reasons, metrics } = (await runsByPoint(await openResults(path))).get("users=20")!;
      const failed = outcomes.flatMap((outcome, row) => (outcome === "failed" ? [row] : []));
      expect(failed).toEqual(Array.from({ length: 32 }, (__, k) => 32 + k));
      expect(reasons[32]).toContain(reason);
      expect(metrics.every((column) => column.subarray(32, 64).every(Number.isNaN))).toBe(true);
      const kept = (await ChunkDirectory.open(path)).list();
      expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(2 * REPLICATIONS - 32);

      const resumed = await finished(study, { directory: path, mode: "resume" });
      expect(resumed).toMatchObject({ replications_read: 2 * REPLICATIONS - 32, outcomes: { failed: 0 } });
      await eventsOf(study, { directory: join(directory, "whole") });
      expect(await tableBytes(path)).toEqual(await tableBytes(join(directory, "whole")));
    });
  });
});
