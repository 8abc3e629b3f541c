import { cp, mkdir, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ChunkDirectory, ResultsError } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import {
  loadStudy,
  mergeChunks,
  NondeterminismError,
  runShard,
  type Shard,
  type Study,
  type StudyEvent,
} from "../../src/index.js";
import { eventsOf, finished } from "../finished-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { alterChunk, CHUNKED_SWEEP, chunkedStudy, tableBytes } from "./chunked-study.js";

describe("mergeChunks", () => {
  test("mergeChunks: shares of any number of shards make the bytes of the whole, without running anything", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 100 });
      await eventsOf(study, { directory: join(directory, "whole"), threads: 2 });
      const whole = await tableBytes(join(directory, "whole"));
      for (const count of [1, 2, 7]) {
        const shards = await shardsOf(study, { directory, count, threads: 1 + (count % 2) });
        const out = join(directory, `merged-${count}`);
        const {
          copied,
          repeated,
          study: merged,
        } = await mergeChunks(shards.toReversed(), { directory: out, mode: "new" });
        expect([copied, repeated]).toEqual([8, 0]);
        const last = await finished(merged, { directory: out, mode: "resume", missing: "refuse" });
        expect(last.replications_read).toBe(200);
        expect(await tableBytes(out), `${count} shards`).toEqual(whole);
      }
    });
  });

  test("mergeChunks: shards of a study that adds replications as needed decide each for whole points", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = CHUNKED_SWEEP.replace(
        "replications: 6",
        "replications: { max: 100, target: { metric: latency_s_mean, relative_half_width: 0.03 } }",
      ).replace("[20, 30]", "[10, 20, 30]");
      await chunkedStudy(directory);
      await writeFile(join(directory, "sweep.yaml"), sweep);
      const study = await loadStudy(join(directory, "sweep.yaml"));
      await eventsOf(study, { directory: join(directory, "whole"), threads: 2 });
      const shards = await shardsOf(study, { directory, count: 2, threads: 1 });
      const out = join(directory, "merged");
      const merged = await mergeChunks(shards, { directory: out, mode: "new" });
      await finished(merged.study, { directory: out, mode: "resume", missing: "refuse" });
      expect(await tableBytes(out)).toEqual(await tableBytes(join(directory, "whole")));
    });
  });

  test("mergeChunks: notes on the input are about the files that somebody wrote, not about a share", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory);
      const shards = await shardsOf(study, { directory, count: 2, threads: 1 });
      const out = join(directory, "merged");
      const { study: merged } = await mergeChunks(shards, { directory: out, mode: "new" });
      expect(study.notes.map(({ file }) => file)).toContain(join(directory, "scenario.yaml"));
      expect(merged.notes).toEqual(study.notes.map((note) => ({ ...note, line: 0, column: 0 })));
    });
  });

  test("mergeChunks takes a share that got nothing, one twice, and one whose files stood elsewhere", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [here, there] = [join(directory, "here"), join(directory, "there")];
      const study = await chunkedStudy(here, { replications: 20 });
      const one = await shardOf(study, { directory: join(directory, "1"), shard: { index: 1, count: 3 } });
      const elsewhere = await chunkedStudy(there, { replications: 20 });
      const two = await shardOf(elsewhere, { directory: join(directory, "2"), shard: { index: 2, count: 3 } });
      const none = await shardOf(study, { directory: join(directory, "3"), shard: { index: 3, count: 3 } });
      expect(await readdir(none)).toEqual(["study.json"]);
      await cp(one, join(directory, "copy"), { recursive: true });
      const out = join(directory, "out");
      const all = [one, two, none, join(directory, "copy")];
      const { copied, repeated } = await mergeChunks(all, { directory: out, mode: "new" });
      expect([copied, repeated]).toEqual([2, 1]);
      await finished(study, { directory: out, mode: "resume", missing: "refuse" });
    });
  });

  test("mergeChunks and runStudy name replications that are missing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 100 });
      const [one, , three] = await shardsOf(study, { directory, count: 3, threads: 1 });
      const out = join(directory, "out");
      const merged = await mergeChunks([one!, three!], { directory: out, mode: "new" });
      const fold = finished(merged.study, { directory: out, mode: "resume", missing: "refuse" });
      await expect(fold).rejects.toThrow(ResultsError);
      await expect(fold).rejects.toThrow(
        "every replication must be there: missing are users=20 replications 32 to 63; " +
          "users=30 replications 0 to 31; users=30 replications 96 to 99",
      );
    });
  });

  test("mergeChunks refuses other studies, and says which", async () => {
    await inTemporaryDirectory(async (directory) => {
      const shard = { index: 1, count: 2 };
      const variants = [
        {},
        { seed: 1 },
        { replications: 21 },
        { set: [["sim_settings.warm_up_s", 1] as const] },
        { sweep: CHUNKED_SWEEP.replace("[20, 30]", "[20, 40]") },
        { sweep: CHUNKED_SWEEP.replace("api.*", "spare-1.*") },
      ];
      const paths: string[] = [];
      for (const [index, variant] of variants.entries()) {
        const study = await chunkedStudy(directory, { replications: 20, ...variant });
        paths.push(await shardOf(study, { directory: join(directory, `s${index}`), shard }));
      }
      for (const other of paths.slice(1)) {
        const merge = mergeChunks([paths[0]!, other], { directory: join(directory, "out"), mode: "new" });
        await expect(merge).rejects.toThrow(ResultsError);
        await expect(merge).rejects.toThrow(`Cannot merge "${other}": all must be of one study`);
      }
      expect(await readdir(directory)).not.toContain("out");
      await mkdir(join(directory, "empty"));
      const nothing = mergeChunks([paths[0]!, join(directory, "empty")], {
        directory: join(directory, "out"),
        mode: "new",
      });
      await expect(nothing).rejects.toThrow("it must hold a manifest.json");
    });
  });

  test("mergeChunks finds chunks that differ, and one that is damaged, and leaves neither", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 20 });
      const one = await shardOf(study, { directory: join(directory, "1"), shard: { index: 1, count: 2 } });
      const copy = join(directory, "copy");
      await cp(one, copy, { recursive: true });
      await alterChunk(copy, 0, (content) => ({ ...content, metrics: content.metrics.map((it) => it + 1) }));
      const out = join(directory, "out");
      const merge = async (...sources: string[]): Promise<unknown> =>
        await mergeChunks(sources, { directory: out, mode: "overwrite" });
      await expect(merge(one, copy)).rejects.toThrow(NondeterminismError);
      await expect(merge(one, copy)).rejects.toThrow(/differs from the same chunk of another directory/);
      const [name] = await readdir(join(copy, "chunks"));
      await truncate(join(copy, "chunks", name!), 500);
      await expect(merge(copy, one)).rejects.toThrow(ResultsError);
      await expect(merge(copy, one)).rejects.toThrow(/it must be whole: .*; resume its shard to mend it/);
      expect(await readdir(directory)).not.toContain("out");
    });
  });

  test("mergeChunks compares the replications that chunks with other borders share, and leaves nothing where they differ", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 20 });
      const one = await shardOf(study, { directory: join(directory, "1"), shard: { index: 1, count: 2 } });
      const out = join(directory, "out");
      const [address] = (await ChunkDirectory.open(one)).list();
      const shorter = async (name: string, change: number): Promise<string> => {
        const copy = join(directory, name);
        await cp(one, copy, { recursive: true });
        const chunks = await ChunkDirectory.open(copy);
        const content = await chunks.read(address!);
        const metrics = content.metrics.slice(0, (5 * content.metrics.length) / address!.count);
        metrics[metrics.length - 1] = metrics.at(-1)! + change;
        const [outcomes, reasons] = [content.outcomes.slice(0, 5), content.reasons.slice(0, 5)];
        await rm(chunks.file(address!));
        await chunks.write({ ...address!, count: 5 }, { ...content, outcomes, reasons, metrics });
        return copy;
      };
      const differing = mergeChunks([one, await shorter("differing", 1)], { directory: out, mode: "new" });
      await expect(differing).rejects.toThrow(NondeterminismError);
      await expect(differing).rejects.toThrow(/differs from .* in replication 4$/);
      expect(await readdir(directory)).not.toContain("out");
      await expect(
        mergeChunks([one, await shorter("same", 0)], { directory: out, mode: "new" }),
      ).resolves.toMatchObject({ copied: 2, repeated: 0 });
    });
  });

  test("mergeChunks never merges into what it merges: overwriting would remove it", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory, { replications: 20 });
      const one = await shardOf(study, { directory: join(directory, "1"), shard: { index: 1, count: 1 } });
      const before = await readdir(join(one, "chunks"));
      for (const out of [one, `${one}/`, join(directory, "2", "..", "1")]) {
        for (const mode of ["overwrite", "resume", "new"] as const) {
          const merge = mergeChunks([one], { directory: out, mode });
          await expect(merge).rejects.toThrow("it must be another directory than those that are merged");
        }
      }
      expect(await readdir(join(one, "chunks"))).toEqual(before);
    });
  });
});

async function shardsOf(
  study: Study,
  { directory, count, threads }: { readonly directory: string; readonly count: number; readonly threads: number },
): Promise<readonly string[]> {
  const made: string[] = [];
  for (let index = 1; index <= count; index++) {
    const path = join(directory, `shard-${index}-of-${count}`);
    made.push(await shardOf(study, { directory: path, shard: { index, count }, threads }));
  }
  return made;
}

/** Makes one share and gives its directory. */
async function shardOf(
  study: Study,
  options: {
    readonly directory: string;
    readonly shard: Shard;
    readonly threads?: number;
    readonly mode?: "new" | "resume";
  },
): Promise<string> {
  const events: StudyEvent[] = [];
  for await (const event of runShard(study, { mode: "new", threads: 1, ...options })) events.push(event);
  expect(events.at(-1)).toMatchObject({ kind: "shard_finished", shard: options.shard });
  return options.directory;
}
