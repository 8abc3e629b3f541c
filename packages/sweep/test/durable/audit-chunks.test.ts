import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChunkDirectory, ResultsError, type ChunkContent } from "@loadstar/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditChunks, loadStudy, type AuditFinding, type AuditReport, type Study } from "../../src/index.js";
import { chunkKey } from "../../src/chunks/chunk-key.js";
import { eventsOf, finished } from "../finished-study.js";
import { inTemporaryDirectory } from "../temporary-directory.js";
import { alterChunk, CHUNKED_SWEEP, chunkedStudy } from "./chunked-study.js";

/** 70 replications of two points: six chunks. */
const REPLICATIONS = 70;

/** What may be another in a chunk, and how an audit calls it. */
type Change = readonly [what: string, change: (content: ChunkContent) => ChunkContent];

const NUMBERS: readonly Change[] = [
  // In its last bit.
  ["requests_generated", (it) => ({ ...it, metrics: nudged(it.metrics) })],
  ["series", (it) => ({ ...it, paths: nudged(it.paths) })],
  ["events", (it) => ({ ...it, events: it.events + 1 })],
  [
    "histogram of latency_s",
    (it) => ({ ...it, histograms: it.histograms.map((one) => ({ ...one, counts: nudged(one.counts, 1) })) }),
  ],
];

const WORDS: readonly Change[] = [
  ["outcomes", (it) => ({ ...it, outcomes: it.outcomes.with(0, "failed") })],
  ["reasons", (it) => ({ ...it, reasons: it.reasons.with(0, "tired") })],
  ["histograms", (it) => ({ ...it, histograms: [] })],
];

describe("auditChunks", () => {
  test("auditChunks finds that a sound engine gives the same numbers again", async () => {
    await atFinished(async ({ study, directory }) => {
      expect(await audit(study, directory, 1)).toEqual({ chunks: 6, replications: 140, findings: [] });
      const part = await audit(study, directory, 0.2);
      expect(part).toMatchObject({ chunks: 2, findings: [] });
      expect(await audit(study, directory, 1e-9)).toMatchObject({ chunks: 1, findings: [] });
      expect(await audit(await loadStudy(directory), directory, 0.2)).toEqual(part);
    });
  });

  // An engine that gives other numbers the second time: what it gave the first time is put into the chunks.
  test.each([
    ["numbers", NUMBERS],
    ["words and lengths", WORDS],
  ])("auditChunks finds %s that are others, and where", async (_, changes) => {
    await atFinished(async ({ study, directory }) => {
      const wanted: AuditFinding[] = [];
      for (const [position, [what, change]] of changes.entries()) {
        const { key, first_replication, count } = await alterChunk(directory, position, change);
        const { point_id } = study.points.find((point) => chunkKey(study, point) === key)!;
        wanted.push({ point_id, first_replication, count, what });
      }
      const { findings, chunks } = await audit(study, directory, 1);
      expect(chunks).toBe(6);
      expect(new Set(findings)).toEqual(new Set(wanted));
      expect(findings).toHaveLength(changes.length);
    });
  });

  test("auditChunks finds other moments of the replications whose paths are not kept", async () => {
    await inTemporaryDirectory(async (place) => {
      const sweep = CHUNKED_SWEEP.replace("[20, 30]", "[20]");
      const study = await chunkedStudy(place, { sweep, replications: 288 });
      const directory = join(place, "r");
      await eventsOf(study, { directory });
      const { first_replication, count } = await alterChunk(directory, 8, (it) => ({
        ...it,
        groups: nudged(it.groups),
      }));
      expect([first_replication, count]).toEqual([256, 32]);
      const { findings } = await audit(study, directory, 1);
      expect(findings).toEqual([{ point_id: "users=20", first_replication, count, what: "series" }]);
    });
  });

  test("auditChunks says of a chunk whose thread is lost that it could not be run, and finds nothing of it", async () => {
    await atFinished(async ({ study, directory }) => {
      const worker = new URL("../workers/exiting-worker.mjs", import.meta.url);
      const auditing = audit(study, directory, 1, worker);
      await expect(auditing).rejects.toThrow(ResultsError);
      await expect(auditing).rejects.toThrow(
        /^Cannot audit users=20 replications 32 to 63: they must run to their end: current value is .*exited with code: 7/,
      );
    });
  });

  test("auditChunks finds an engine that is not deterministic, in the chunk and the metric where it is not", async () => {
    await inTemporaryDirectory(async (place) => {
      const study = await chunkedStudy(place, { replications: REPLICATIONS });
      const directory = join(place, "r");
      const worker = new URL("../workers/nondeterministic-worker.mjs", import.meta.url);
      await eventsOf(study, { directory, worker });
      const what = study.kept.metrics[1]!.name;
      const odd = { point_id: "users=30", first_replication: 32, count: 32, what };
      expect((await audit(study, directory, 1, worker)).findings).toEqual([odd]);
      // A sound engine finds it too, and a sound result has nothing to be found.
      expect((await audit(study, directory, 1)).findings).toEqual([odd]);
      await eventsOf(study, { directory, mode: "overwrite" });
      expect((await audit(study, directory, 1)).findings).toEqual([]);
    });
  });

  test("auditChunks of a share takes the chunks whose names draw the lowest lots", async () => {
    await atFinished(async ({ study, directory }) => {
      const lots = (await ChunkDirectory.open(directory)).list().map(({ key, first_replication, count }) => {
        const lot = createHash("sha256").update(`audit ${key} ${first_replication} ${count}`).digest("hex");
        return { lot, key, first_replication };
      });
      for (const position of lots.keys()) await alterChunk(directory, position, (it) => ({ ...it, events: 0 }));
      const { findings } = await audit(study, directory, 0.5);
      const keys = study.points.map((point) => [point.point_id, chunkKey(study, point)]);
      const found = findings.map(({ point_id, first_replication }) => [
        Object.fromEntries(keys)[point_id] as string,
        first_replication,
      ]);
      const wanted = lots.toSorted((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, 3);
      expect(found.toSorted()).toEqual(wanted.map(({ key, first_replication }) => [key, first_replication]).toSorted());
    });
  });

  test("auditChunks finds what a resume took over into the tables", async () => {
    await atFinished(async ({ study, directory }) => {
      await alterChunk(directory, 0, (content) => ({ ...content, metrics: nudged(content.metrics) }));
      expect((await finished(study, { directory, mode: "resume" })).replications_read).toBe(2 * REPLICATIONS);
      expect((await audit(study, directory, 1)).findings).toHaveLength(1);
    });
  });

  test("auditChunks takes a damaged chunk for damaged, not for nondeterminism", async () => {
    await atFinished(async ({ study, directory }) => {
      const [name] = await readdir(join(directory, "chunks"));
      await truncate(join(directory, "chunks", name!), 300);
      const auditing = audit(study, directory, 1);
      await expect(auditing).rejects.toThrow(ResultsError);
      await expect(auditing).rejects.toThrow(
        /^Cannot audit chunk .* it must be whole: its SHA-256 differs; --resume mends/,
      );
    });
  });

  test("auditChunks of nothing finds nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await chunkedStudy(directory);
      expect(await audit(study, directory, 1)).toEqual({ chunks: 0, replications: 0, findings: [] });
    });
  });
});

async function audit(study: Study, directory: string, share: number, worker?: URL): Promise<AuditReport> {
  const options = { share, threads: 1, ...(worker === undefined ? {} : { worker }) };
  return await auditChunks(study, await ChunkDirectory.open(directory), options);
}

/** Where the study is that all tests begin with: running it takes longer than most of them. */
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "loadstar-sweep-"));
  await eventsOf(await chunkedStudy(place, { replications: REPLICATIONS }), { directory: join(place, "r") });
});

afterAll(async () => await rm(place, { recursive: true }));

/** Does something with a copy of its results. */
async function atFinished(
  work: (it: { readonly study: Study; readonly directory: string }) => Promise<void>,
): Promise<void> {
  await inTemporaryDirectory(async (other) => {
    const directory = join(other, "r");
    await cp(join(place, "r"), directory, { recursive: true });
    await work({ study: await loadStudy(directory), directory });
  });
}

/** The first number with another last bit, or so much larger. */
function nudged(values: Float64Array, by?: number): Float64Array {
  const other = values.slice();
  // A cell in which nothing was completed has NaN, of which no bit says anything.
  const at = other.findIndex((value) => !Number.isNaN(value));
  if (by === undefined) new BigUint64Array(other.buffer)[at]! ^= 1n;
  else other[at]! += by;
  return other;
}
