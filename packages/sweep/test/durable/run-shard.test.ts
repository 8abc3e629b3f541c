import { readdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import type { RunShardOptions } from "../../src/durable/run-shard.js";
import { runShard, type Study, type StudyEvent } from "../../src/index.js";
import { studyOf } from "../small-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { chunkedStudy } from "./chunked-study.js";

const SHARD = { index: 2, count: 2 };

describe("runShard", () => {
  test("runShard that was interrupted goes on, and makes the share of one that was not", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 200 });
      const path = join(directory, "s");
      const interruption = new AbortController();
      const events: StudyEvent[] = [];
      for await (const event of runShard(study, optionsOf(path, { signal: interruption.signal }))) {
        events.push(event);
        if (event.kind === "progress") interruption.abort();
      }
      // Seven of fourteen chunks, of which the last of the second point has 8 replications.
      expect(events.at(-1)).toMatchObject({ kind: "interrupted", runs: 6 * 32 + 8, summary: [] });
      const begun = await readdir(join(path, "chunks"));
      expect(begun.length).toBeLessThan(7);
      expect((await shardEvents(study, optionsOf(path, { mode: "resume" }))).at(-1)).toMatchObject({ shard: SHARD });
      await shardEvents(study, optionsOf(join(directory, "t")));
      expect(await readdir(join(path, "chunks"))).toEqual(await readdir(join(directory, "t", "chunks")));
    });
  });

  test("runShard that is stopped before its first chunk leaves nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory);
      const path = join(directory, "s");
      const [last] = (await shardEvents(study, optionsOf(path, { signal: AbortSignal.abort() }))).slice(-1);
      expect(last).toMatchObject({ kind: "interrupted", runs_done: 0 });
      expect(await readdir(directory)).not.toContain("s");
    });
  });

  test("runShard tells of a chunk that is damaged, and runs it again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory);
      const path = join(directory, "s");
      await shardEvents(study, optionsOf(path));
      const [name] = await readdir(join(path, "chunks"));
      const file = join(path, "chunks", name!);
      await truncate(file, 100);
      const events = await shardEvents(study, optionsOf(path, { mode: "resume" }));
      expect(events.filter(({ kind }) => kind === "chunk_damaged")).toEqual([
        { kind: "chunk_damaged", file, reason: expect.stringMatching(/SHA-256|cut off/) as string },
      ]);
      expect((await shardEvents(study, optionsOf(path, { mode: "resume" }))).map(({ kind }) => kind)).toEqual([
        "started",
        "progress",
        "shard_finished",
      ]);
    });
  });

  test("runShard that goes on waits for a lock of another machine, and says so; a new one is refused", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory);
      const path = join(directory, "s");
      await (await createResults(path, { mode: "new", study: {} })).leave();
      await writeFile(join(path, ".lock"), JSON.stringify({ pid: 7, host: "elsewhere", started: "1" }));
      const events = runShard(study, optionsOf(path, { mode: "resume" }));
      const { value } = await events.next();
      expect(value).toMatchObject({ kind: "waiting", holder: "process 7 on elsewhere" });
      await events.return(undefined);
      await expect(runShard(study, optionsOf(path, { mode: "overwrite" })).next()).rejects.toThrow(
        /one sweep at a time may write to it: current value is process 7 on elsewhere$/,
      );
    });
  });
});

function optionsOf(directory: string, more: Partial<RunShardOptions> = {}): RunShardOptions {
  return { directory, mode: "new", threads: 1, shard: SHARD, ...more };
}

async function shardEvents(study: Study, options: RunShardOptions): Promise<readonly StudyEvent[]> {
  const events: StudyEvent[] = [];
  for await (const event of runShard(study, options)) events.push(event);
  return events;
}
