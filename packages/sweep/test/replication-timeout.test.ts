import { join } from "node:path";
import { ChunkDirectory, openResults, type Manifest, type WriteMode } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import {
  auditChunks,
  loadCapacity,
  loadSensitivity,
  mergeChunks,
  replayRun,
  runSensitivity,
  runShard,
  selectBest,
  sizeCapacity,
  type Study,
  type StudyEvent,
} from "../src/index.js";
import { eventsOf, runsByPoint } from "./finished-study.js";
import { SCENARIO, studyOf } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** One point of 20 s, and one of more than an hour and a half, which is half a million events. */
const SWEEP = `name: explodes
scenario: scenario.yaml
seed: 3
replications: 2
series_points: 4
parameters:
  horizon: { path: sim_settings.total_simulation_time, values: [20, 6000] }
`;

/** Shorter than the quarter of a million events after which a run is asked whether it goes on. */
const TIMED = `${SWEEP}replication_timeout_s: 0.001\n`;
const REASON = "wall time exceeded the budget of 0.001 s";

function last<Kind extends StudyEvent["kind"]>(
  events: readonly StudyEvent[],
  kind: Kind,
): Extract<StudyEvent, { readonly kind: Kind }> {
  const event = events.at(-1)!;
  expect(event.kind).toBe(kind);
  return event as Extract<StudyEvent, { readonly kind: Kind }>;
}

async function allOf<Event>(events: AsyncIterable<Event>): Promise<readonly Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function digestsOf({ files }: Manifest): readonly string[] {
  return files.map(({ file, sha256 }) => `${file} ${sha256}`);
}

describe("runStudy", () => {
  test("runStudy ends replications that take too long, and goes on; what they gave is not kept, so a resume tries again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const [results, whole] = [join(directory, "r"), join(directory, "whole")];
      const timed = await studyOf(join(directory, "timed"), { sweep: TIMED });
      const finished = last(await eventsOf(timed, { directory: results }), "finished");
      expect(finished).toMatchObject({ outcomes: { completed: 2, truncated: 2, failed: 0 }, timed_out: 2 });
      const runs = await runsByPoint(await openResults(results));
      expect(runs.get("horizon=20")).toMatchObject({ outcomes: ["completed", "completed"], reasons: ["", ""] });
      expect(runs.get("horizon=6000")).toMatchObject({
        outcomes: ["truncated", "truncated"],
        reasons: [REASON, REASON],
      });
      const kept = (await ChunkDirectory.open(results)).list();
      expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(2);

      // The sweep remembers its limit, and no run is nearer to its end.
      const again = last(await eventsOf(timed, { directory: results, mode: "resume" }), "finished");
      expect(again).toMatchObject({ replications_read: 2, timed_out: 2 });

      const patient = await studyOf(join(directory, "patient"), { sweep: SWEEP });
      const resumed = last(await eventsOf(patient, { directory: results, mode: "resume" }), "finished");
      expect(resumed).toMatchObject({ replications_read: 2, outcomes: { completed: 4, truncated: 0 }, timed_out: 0 });
      await eventsOf(patient, { directory: whole });
      expect(digestsOf((await openResults(results)).manifest)).toEqual(digestsOf((await openResults(whole)).manifest));
    });
  });

  test("runStudy does not ask for the time of replications that are short", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = `${SWEEP.replace("[20, 6000]", "[20, 30]")}replication_timeout_s: 1.0e-9\n`;
      const finished = last(
        await eventsOf(await studyOf(directory, { sweep }), { directory: join(directory, "r") }),
        "finished",
      );
      expect(finished).toMatchObject({ outcomes: { completed: 4 }, timed_out: 0 });
    });
  });
});

describe("runShard", () => {
  test("runShard keeps no chunk with a replication that took too long", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { sweep: TIMED });
      const results = join(directory, "r");
      const options = { directory: results, mode: "new", threads: 1, shard: { index: 1, count: 1 } } as const;
      const events = await allOf(runShard(study, options));
      expect(last(events, "shard_finished")).toMatchObject({ runs_done: 4, timed_out: 2 });
      const kept = (await ChunkDirectory.open(results)).list();
      expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    });
  });
});

describe("mergeChunks", () => {
  test("mergeChunks leaves out replications that took too long, and the fold names them until their shard was resumed", async () => {
    await inTemporaryDirectory(async (directory) => {
      const shards = [1, 2].map((index) => ({ directory: join(directory, `${index}`), shard: { index, count: 2 } }));
      const make = async (study: Study, mode: WriteMode): Promise<void> => {
        for (const it of shards) await allOf(runShard(study, { ...it, mode, threads: 1 }));
      };
      const out = join(directory, "out");
      const merged = async (): Promise<readonly StudyEvent[]> => {
        const sources = shards.map((it) => it.directory);
        const { study } = await mergeChunks(sources, { directory: out, mode: "overwrite" });
        return await eventsOf(study, { directory: out, mode: "resume", missing: "refuse" });
      };
      await make(await studyOf(directory, { sweep: TIMED }), "new");
      await expect(merged()).rejects.toThrow(
        /^Cannot complete results: every replication must be there: missing are horizon=6000 replications 0 to 1$/,
      );
      const patient = await studyOf(directory, { sweep: SWEEP });
      await make(patient, "resume");
      expect(last(await merged(), "finished")).toMatchObject({ replications_read: 4, outcomes: { completed: 4 } });
      await eventsOf(patient, { directory: join(directory, "whole") });
      const digests = async (path: string): Promise<readonly string[]> => digestsOf((await openResults(path)).manifest);
      expect(await digests(out)).toEqual(await digests(join(directory, "whole")));
    });
  });
});

describe("auditChunks", () => {
  test("auditChunks gives every replication the time that it took", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await eventsOf(await studyOf(join(directory, "patient"), { sweep: SWEEP }), { directory: results });
      const timed = await studyOf(join(directory, "timed"), { sweep: TIMED });
      const report = await auditChunks(timed, await ChunkDirectory.open(results), { share: 1, threads: 1 });
      expect(report).toMatchObject({ replications: 4, findings: [] });
    });
  });
});

describe("replayRun", () => {
  test("replayRun makes a run that took too long, to its end, and has nothing to compare it with", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await eventsOf(await studyOf(join(directory, "files"), { sweep: TIMED }), { directory: results });
      const found = await replayRun(results, { point: "horizon=6000", replication: 1, slowest: 1 });
      expect(found.chosen.recorded?.reason).toBe(REASON);
      expect(found.is_confirmed).toBe(false);
      expect(found.result.outcome).toBe("completed");
    });
  });

  test("replayRun takes no run without a value for the worst, and says how many there are", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = join(directory, "r");
      await eventsOf(await studyOf(join(directory, "files"), { sweep: TIMED }), { directory: results });
      const { chosen } = await replayRun(results, { worst: "latency_s_p99", slowest: 1 });
      expect(chosen).toMatchObject({ point: { point_id: "horizon=20" }, without_value: 2 });
      await expect(replayRun(results, { worst: "latency_s_p99", point: "horizon=6000", slowest: 1 })).rejects.toThrow(
        'Cannot replay a run of "explodes": a run must have a value of latency_s_p99: current value is 2 runs without one',
      );
    });
  });
});

describe("Searches", () => {
  test("selectBest and runSensitivity end runs that take too long", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { sweep: TIMED });
      const search = {
        metric: "latency_s_mean",
        indifference: 0.01,
        confidence: 0.95,
        max_replications: 30,
        threads: 1,
      };
      const events = await allOf(selectBest(study, search));
      const finished = events.find((event) => event.kind === "finished");
      expect(finished?.points.map(({ first_reason }) => first_reason)).toEqual([undefined, REASON]);

      const options = { method: "tornado", metrics: ["latency_s_mean"], samples: 2 } as const;
      const sensitivity = await loadSensitivity(join(directory, "sweep.yaml"), options);
      const told = await allOf(runSensitivity(sensitivity, { threads: 1 }));
      expect(told.at(-1)).toMatchObject({ kind: "finished", outcomes: { truncated: 2, failed: 0 } });
    });
  });

  test("sizeCapacity counts runs that take too long as breaches", async () => {
    await inTemporaryDirectory(async (directory) => {
      const scenario = `${SCENARIO}objectives:\n  - { metric: latency_s_p95, below: 100, probability: 0.5 }\n`;
      await studyOf(directory, { sweep: TIMED, scenario });
      const find = { find: "horizon", range: { low: 20, high: 6000, step: 5980 } };
      const capacity = await loadCapacity(join(directory, "sweep.yaml"), find);
      const events = await allOf(sizeCapacity(capacity, { max_replications: 60, threads: 1, want: "largest" }));
      expect(events.at(-1)).toMatchObject({ kind: "finished", answer: { kind: "found", value: 20 } });
    });
  });
});
