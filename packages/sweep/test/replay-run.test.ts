import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { metricsOf } from "@loadstar/engine";
import { ChunkDirectory, openResults, ResultsError, STUDY_FILE } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { NondeterminismError, replayRun, runShard, type ReplayOptions, type Study } from "../src/index.js";
import { eventsOf, runsByPoint } from "./finished-study.js";
import { TIGHT } from "./replay-study.js";
import { studyOf } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const SWEEP = `name: tight-loads
scenario: scenario.yaml
seed: 5
replications: 4
parameters:
  users: { path: rqs_input.avg_active_users.mean, values: [20, 30] }
`;
const NAMED = { point: "users=30", replication: 2, slowest: 20 };

interface Place {
  readonly study: Study;
  readonly results: string;
  readonly path: (name: string) => string;
}

/** Results of a small study, finished, or with chunks only. */
async function withResults(work: (place: Place) => Promise<void>, isFinished = true): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const path = (name: string): string => join(directory, name);
    const study = await studyOf(path("files"), { scenario: TIGHT, sweep: SWEEP });
    const results = path("results");
    if (isFinished) await eventsOf(study, { directory: results });
    else {
      const shard = { index: 1, count: 1 };
      for await (const _ of runShard(study, { directory: results, mode: "new", threads: 1, shard }));
    }
    await work({ study, results, path });
  });
}

async function linesOf(file: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(file, "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("replayRun", () => {
  test.each([
    ["finished results", true],
    ["chunks of an unfinished sweep", false],
  ])("replayRun gives every run again, to the last bit: %s", async (_case, isFinished) => {
    await withResults(async ({ study, results }) => {
      for (const { point_id } of study.points) {
        for (const replication of [0, 3]) {
          const found = await replayRun(results, { point: point_id, replication, slowest: 3 });
          expect(found.is_confirmed).toBe(true);
          expect(found.chosen.recorded).toMatchObject({ point_id, replication, outcome: "completed" });
          expect(found.slowest.length).toBe(3);
        }
      }
      const beyond = await replayRun(results, { ...NAMED, replication: 4 });
      expect(beyond.is_confirmed).toBe(false);
      expect(beyond.result.outcome).toBe("completed");
    }, isFinished);
  });

  test("replayRun refuses numbers that are not those of the results, and leaves no file", async () => {
    await withResults(async ({ results, path }) => {
      const chunks = await ChunkDirectory.open(results);
      for (const address of chunks.list()) {
        const content = await chunks.read(address);
        const metrics = content.metrics.map((value) => value * (1 + 2 ** -52));
        await chunks.write(address, { ...content, metrics });
      }
      const events = path("log/events.ndjson");
      const failure = replayRun(results, { ...NAMED, events, trace: path("log/trace.json") });
      await expect(failure).rejects.toThrow(NondeterminismError);
      await expect(failure).rejects.toThrow(/^users=30 replication 2: requests_generated was .*: run again it is /);
      expect(await readdir(path("log"))).toEqual([]);
    }, false);
  });

  test("replayRun refuses results of another version of the engine, which may have other numbers", async () => {
    await withResults(async ({ results }) => {
      const file = join(results, STUDY_FILE);
      const study = JSON.parse(await readFile(file, "utf8")) as object;
      await writeFile(file, JSON.stringify({ ...study, engine_version: "1" }));
      await expect(replayRun(results, NAMED)).rejects.toThrow(
        /^Cannot replay a run of results ".*": they must be of version \d+ of the engine: current value is "1"$/,
      );
    }, false);
  });

  test("replayRun gives a run that a budget ended again, with its requests as they were then", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, {
        scenario: TIGHT,
        sweep: SWEEP,
        set: [["sim_settings.max_events", 900]],
      });
      await eventsOf(study, { directory: join(directory, "r") });
      const { result, is_confirmed, slowest } = await replayRun(join(directory, "r"), { ...NAMED, slowest: 1000 });
      expect(result.outcome).toBe("truncated");
      expect(is_confirmed).toBe(true);
      const inFlight = slowest.filter(({ ended }) => ended === "in_flight");
      expect(inFlight.length).toBeGreaterThan(0);
      // All of them end with the log, at the time that the reason names.
      const [end_s] = [...new Set(inFlight.map(({ ended_s }) => ended_s))];
      expect(new Set(inFlight.map(({ ended_s }) => ended_s)).size).toBe(1);
      expect(Number(/at ([\d.]+) s of 10 s$/.exec(result.reason)?.[1]) - end_s!).toBeLessThan(0.1);
    });
  });

  test("replayRun picks the worst run of a metric, of all points or of one", async () => {
    await withResults(async ({ results }) => {
      const stored = await openResults(results);
      const names = (await stored.readRunMetrics()).map(({ name }) => name);
      const runs = await runsByPoint(stored);
      const worstOf = (metric: string, pick: (...values: readonly number[]) => number, points: readonly string[]) => {
        const column = (point: string): readonly number[] => [...runs.get(point)!.metrics[names.indexOf(metric)]!];
        const value = pick(...points.flatMap(column));
        const point = points.find((id) => column(id).includes(value))!;
        return { point_id: point, replication: column(point).indexOf(value) };
      };
      const both = ["users=20", "users=30"];
      for (const [options, expected] of [
        [{ worst: "latency_s_p99" }, worstOf("latency_s_p99", Math.max, both)],
        [{ worst: "latency_s_p99", point: "users=20" }, worstOf("latency_s_p99", Math.max, ["users=20"])],
        [{ worst: "throughput_per_s" }, worstOf("throughput_per_s", Math.min, both)],
      ] as const) {
        const { chosen } = await replayRun(results, { ...options, slowest: 1 });
        expect({ point_id: chosen.point.point_id, replication: chosen.replication }).toEqual(expected);
      }
    });
  });

  test("replayRun refuses points, metrics and choices that there are not", async () => {
    const cases: readonly (readonly [Omit<ReplayOptions, "slowest">, string])[] = [
      [
        { point: "user=30", replication: 0 },
        'the point must be one of its points: current value is "user=30": did you mean users=30?',
      ],
      [{ replication: 0 }, "a point must be named: current points are users=20, users=30"],
      [
        { worst: "latency_s_p98" },
        'the metric must be one of its results: current value is "latency_s_p98": did you mean latency_s_p',
      ],
      [
        { worst: "api.cpu_utilization_ratio" },
        'its name must say which way the metric is worse, as that of a latency or a throughput does: current value is "api',
      ],
      [{ point: "users=30" }, "either a replication or a metric must be named"],
    ];
    await withResults(async ({ results }) => {
      for (const [options, message] of cases) {
        const refused = replayRun(results, { ...options, slowest: 1 });
        await expect(refused).rejects.toThrow(ResultsError);
        await expect(refused).rejects.toThrow(`Cannot replay a run of "tight-loads": ${message}`);
      }
    });
  });

  test("replayRun writes a log from which the run's counts follow", async () => {
    await withResults(async ({ results, path }) => {
      const { chosen, result } = await replayRun(results, { ...NAMED, events: path("log/events.ndjson") });
      expect(await readdir(path("log"))).toEqual(["events.ndjson"]);
      const lines = await linesOf(path("log/events.ndjson"));
      const metrics = metricsOf(chosen.point.plan);
      const value = (name: string): number => result.metrics[metrics.findIndex((metric) => metric.name === name)]!;
      const counted = new Set(
        lines.filter(({ event, t_s }) => event === "generated" && Number(t_s) >= 1).map(({ request }) => request),
      );
      const count = (event: string): number =>
        lines.filter((line) => line["event"] === event && counted.has(line["request"])).length;
      for (const event of ["generated", "completed", "dropped"]) expect(count(event)).toBe(value(`requests_${event}`));
      expect(lines.filter(({ event }) => event === "disrupted")).toEqual([
        { t_s: 3, event: "disrupted", component: "downlink" },
      ]);
    });
  });

  test("replayRun writes a trace: spans that fill each request from end to end, counters within their limits", async () => {
    await withResults(async ({ results, path }) => {
      const { slowest, result, chosen } = await replayRun(results, { ...NAMED, trace: path("trace.json") });
      const { traceEvents } = JSON.parse(await readFile(path("trace.json"), "utf8")) as {
        readonly traceEvents: readonly TraceEvent[];
      };
      expect(new Set(traceEvents.map(({ ph }) => ph))).toEqual(new Set(["M", "X", "C"]));
      for (const { ph, ts, dur, pid, tid, name } of traceEvents) {
        expect(Number.isInteger(pid) && Number.isInteger(tid) && name !== "").toBe(true);
        if (ph !== "M") expect(ts! >= 0 && ts! <= 10e6).toBe(true);
        if (ph === "X") expect(dur).toBeGreaterThan(0);
      }
      for (const [rank, times] of slowest.entries()) {
        const [request, ...spans] = traceEvents.filter(
          ({ ph, pid, tid }) => ph === "X" && pid === 1 && tid === rank + 1,
        );
        expect(request).toMatchObject({ name: `request ${times.request}`, args: { latency_s: times.latency_s } });
        let end = request!.ts!;
        for (const span of spans) {
          expect(Math.round(1000 * span.ts!)).toBe(Math.round(1000 * end));
          end = span.ts! + span.dur!;
        }
        expect(Math.round(1000 * end)).toBe(Math.round(1000 * (request!.ts! + request!.dur!)));
        for (const phase of ["network", "ram_wait", "cpu_wait", "cpu", "io"] as const) {
          const sum = spans.reduce((total, { cat, dur }) => total + (cat === phase ? dur! : 0), 0);
          expect(Math.abs(sum / 1e6 - times[`${phase}_s`])).toBeLessThan(1e-7);
        }
      }
      const counters = traceEvents.filter(({ ph }) => ph === "C");
      const valuesOf = (name: string): readonly number[] =>
        counters.filter((it) => it.name === name).map(({ args }) => Number(Object.values(args)[0]));
      const most = (name: string): number =>
        result.metrics[metricsOf(chosen.point.plan).findIndex((metric) => metric.name === name)]!;
      expect(new Set(valuesOf("cores in use"))).toEqual(new Set([0, 1]));
      for (const [counter, metric] of [
        ["ready queue", "api.ready_queue_max"],
        ["RAM queue", "api.ram_queue_max"],
      ] as const) {
        // The slowest requests meet the longest queues, or nearly.
        expect(Math.max(...valuesOf(counter))).toBeLessThanOrEqual(most(metric));
        expect(Math.max(...valuesOf(counter))).toBeGreaterThan(0.5 * most(metric));
        expect(Math.min(...valuesOf(counter))).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test("replayRun can be stopped, and leaves no file", async () => {
    await withResults(async ({ results, path }) => {
      const stopped = replayRun(results, {
        ...NAMED,
        events: path("log/e"),
        signal: AbortSignal.abort(new Error("enough")),
      });
      await expect(stopped).rejects.toThrow("enough");
      expect(await readdir(path("log"))).toEqual([]);
    });
  });
});

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args: Readonly<Record<string, unknown>>;
}
