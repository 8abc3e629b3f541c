import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cellsOf, ENGINE_VERSION } from "@loadstar/engine";
import { openResults, ResultsError } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { COMPLETED_RATIO, LOADSTAR_VERSION, runStudy, type Study, type StudyEvent } from "../src/index.js";
import { eventsOf, resultsOf, runsByPoint, valuesOf } from "./finished-study.js";
import { studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

describe("runStudy", () => {
  test("runStudy that is interrupted tells the estimates of points that are complete, too, and of all others", async () => {
    await inTemporaryDirectory(async (directory) => {
      const users = Array.from({ length: 30 }, (_, k) => k + 1);
      const study = await studyOf(directory, { sweep: SWEEP.replace("[20, 30]", `[${users.join()}]`) });
      const interruption = new AbortController();
      const complete: unknown[] = [];
      let last: StudyEvent | undefined;
      const options = {
        directory: join(directory, "r"),
        mode: "new",
        threads: 1,
        signal: interruption.signal,
      } as const;
      for await (const event of runStudy(study, options)) {
        if (event.kind === "point_completed") complete.push(...event.summary);
        if (event.kind === "point_completed" && event.point_id === "users=4") interruption.abort();
        last = event;
      }
      if (last?.kind !== "interrupted") throw new Error("it was not interrupted");
      expect(complete.length).toBeGreaterThan(4);
      expect(last.summary.slice(0, complete.length)).toEqual(complete);
      // Points that were open come after them; nothing is said twice.
      const said = last.summary.map(({ point_id, metric, estimand }) => `${point_id} ${metric} ${estimand}`);
      expect(new Set(said).size).toBe(said.length);
    });
  });

  test("runStudy tells its progress in order: started, progress and points, finished", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { replications: 40 });
      const events = await eventsOf(study, { directory: join(directory, "r"), threads: 2 });
      const [started, ...rest] = events;
      const finished = rest.pop();
      expect(started).toEqual({ kind: "started", points: 2, runs: 80, threads: 2, directory: join(directory, "r") });
      expect(finished).toMatchObject({
        kind: "finished",
        directory: join(directory, "r"),
        outcomes: { completed: 80, truncated: 0, failed: 0 },
        first_failure: undefined,
      });
      expect(finished?.kind === "finished" && finished.events > 80 * 400).toBe(true);
      const progress = rest.filter((event) => event.kind === "progress");
      const done = progress.map(({ runs_done }) => runs_done);
      expect(done).toEqual([...new Set(done)].toSorted((a, b) => a - b));
      expect(done.at(-1)).toBe(80);
      for (const { runs, runs_done, outcomes } of progress) {
        expect(runs).toBe(80);
        expect(outcomes).toEqual({ completed: runs_done, truncated: 0, failed: 0 });
      }
      const completed = rest.filter((event) => event.kind === "point_completed");
      expect(completed.map(({ point_id }) => point_id)).toEqual(["users=20", "users=30"]);
      expect(rest.length).toBe(progress.length + completed.length);
      const isAfterItsRuns = (it: StudyEvent): boolean => it.kind === "progress" && it.runs_done >= 40;
      expect(rest.indexOf(completed[0]!)).toBeGreaterThan(rest.findIndex(isAfterItsRuns));
      const summary = await (await openResults(join(directory, "r"))).readSummary();
      expect(completed.flatMap((event) => event.summary)).toEqual(summary);
    });
  });

  test("runStudy writes a row for every point, replication, estimate and cell", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory);
      const results = await resultsOf(study, { directory: join(directory, "r") });
      await results.verifyDigests();
      const rows = new Map(results.manifest.files.map((file) => [file.file, file.rows]));
      const { metrics, series } = study.kept;
      const endToEnd = metrics.filter(({ component }) => component === undefined).length;
      expect(rows.get("points.arrow")).toBe(2);
      expect(rows.get("runs.arrow")).toBe(2 * 6);
      // Of quantities of the whole system: two quantiles of all, the worst runs of 18, all requests for five.
      expect(rows.get("summary.arrow")).toBe(2 * (metrics.length + 2 * endToEnd + 18 + 5 + 1));
      expect(rows.get("series.arrow")).toBe(2 * series.length * 12);
      expect(cellsOf(study.points[0]!.plan)).toBe(12);
      expect(await results.readPoints()).toMatchObject({
        parameters: [{ name: "users", type: "number" }],
        rows: [
          { point_id: "users=20", values: [20] },
          { point_id: "users=30", values: [30] },
        ],
      });
      for await (const runs of results.readPointRuns()) {
        expect(Array.from(runs.replications)).toEqual([0, 1, 2, 3, 4, 5]);
        expect(new Set(runs.seeds)).toEqual(new Set([20_261_121n]));
        expect(new Set(runs.outcomes)).toEqual(new Set(["completed"]));
        expect(new Set(runs.reasons)).toEqual(new Set([""]));
      }
    });
  });

  test("runStudy summarises the values it wrote, and pools the histogram of all requests", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = await resultsOf(await studyOf(directory), { directory: join(directory, "r") });
      const values = await valuesOf(results, "users=20");
      const summary = (await results.readSummary()).filter((row) => row.point_id === "users=20");
      const means = summary.filter(({ estimand }) => estimand === "mean");
      expect(means.map(({ metric }) => metric)).toEqual(Object.keys(values));
      for (const { metric, estimate } of means) {
        const naive = values[metric]!.reduce((sum, value) => sum + value, 0) / 6;
        expect(Math.abs(estimate - naive)).toBeLessThanOrEqual(1e-12 * Math.abs(naive));
      }
      for await (const { buckets } of results.readHistograms({ point_id: "users=20", metrics: ["latency_s"] })) {
        const requests = values["requests_completed"]!.reduce((sum, value) => sum + value, 0);
        expect(buckets.counts.reduce((sum, count) => sum + count, 0)).toBe(requests);
      }
    });
  });

  test("runStudy keeps nothing of components that no pattern names, and writes all tables all the same", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { metrics: ["latency_s"] });
      const results = await resultsOf(study, { directory: join(directory, "r") });
      expect(await results.readRunMetrics()).toEqual([]);
      expect((await results.readSummary()).map(({ metric }) => metric)).toEqual([COMPLETED_RATIO, COMPLETED_RATIO]);
      expect(results.manifest.files.map(({ file, rows }) => [file, rows > 0])).toEqual([
        ["points.arrow", true],
        ["runs.arrow", true],
        ["summary.arrow", true],
        ["series.arrow", false],
        ["histograms.arrow", true],
      ]);
    });
  });

  test("runStudy writes a manifest from which the results can be made again", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { set: [["sim_settings.warm_up_s", 2]] });
      const { manifest } = await resultsOf(study, { directory: join(directory, "r"), threads: 2 });
      expect(manifest).toMatchObject({
        name: "two-loads",
        loadstar_version: LOADSTAR_VERSION,
        engine_version: ENGINE_VERSION,
        seed: 20_261_121,
        replications: 6,
        confidence: 0.95,
        points: 2,
        runs: { completed: 12, truncated: 0, failed: 0 },
        metrics: { kept: study.kept.metrics.length, left_out: 0 },
        parameters: [{ name: "users", paths: ["rqs_input.avg_active_users.mean"], type: "number" }],
        sweep: { scenario: "scenario.yaml", parameters: { users: { values: [20, 30] } } },
        scenario: { name: "small", sim_settings: { warm_up_s: 2, max_events: 1e9 } },
      });
      const made = manifest["made"] as Record<string, unknown>;
      expect(made).toMatchObject({ threads: 2, node: process.version });
      expect(new Date(String(made["started_at"])).toISOString()).toBe(made["started_at"]);
      expect(made["wall_s"]).toBeGreaterThan(0);
      expect(made["cpu_s"]).toBeGreaterThan(0);
      expect(Object.keys(made)).toContain("git");
      expect(manifest.files).toHaveLength(5);
    });
  });

  test("runStudy refuses a directory with anything in it, and replaces results when asked", async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, "r");
      const study = await studyOf(directory);
      await eventsOf(study, { directory: path });
      const manifest = await readFile(join(path, "manifest.json"), "utf8");
      await expect(eventsOf(study, { directory: path })).rejects.toThrow(ResultsError);
      expect(await readFile(join(path, "manifest.json"), "utf8")).toBe(manifest);
      const other = await resultsOf(
        { ...study, replications: { ...study.replications, min: 2, max: 2 } },
        { directory: path, mode: "overwrite" },
      );
      expect(other.manifest["replications"]).toBe(2);
      await writeFile(join(path, "notes.md"), "mine");
      await expect(eventsOf(study, { directory: path, mode: "overwrite" })).rejects.toThrow(/"notes.md"/);
      expect((await readdir(directory)).toSorted()).toEqual(["r", "scenario.yaml", "sweep.yaml"]);
    });
  });
});

describe("runStudy", () => {
  test("runStudy: a point whose plan cannot be run fails alone, and the results are complete", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sound = await studyOf(directory, { sweep: SWEEP.replace("[20, 30]", "[20, 25, 30]") });
      const broken = withBrokenPoint(sound, 1);
      const expected = await resultsOf(sound, { directory: join(directory, "sound") });
      const events = await eventsOf(broken, { directory: join(directory, "broken"), threads: 2 });
      const reason = 'Cannot resolve edge "uplink": there is no node "nowhere"';
      expect(events.at(-1)).toMatchObject({
        outcomes: { completed: 12, truncated: 0, failed: 6 },
        first_failure: reason,
      });
      const results = await openResults(join(directory, "broken"));
      await results.verifyDigests();
      expect(results.manifest["runs"]).toEqual({ completed: 12, truncated: 0, failed: 6 });
      const failed = (await runsByPoint(results)).get("users=25");
      expect(failed?.outcomes).toEqual(Array.from({ length: 6 }, () => "failed"));
      expect(failed?.reasons).toEqual(Array.from({ length: 6 }, () => reason));
      expect(failed?.metrics.every((column) => column.every((value) => Number.isNaN(value)))).toBe(true);
      for (const point_id of ["users=20", "users=30"]) {
        expect(await valuesOf(results, point_id)).toEqual(await valuesOf(expected, point_id));
      }
      const summary = (await results.readSummary()).filter((row) => row.point_id === "users=25");
      expect(summary.find(({ metric }) => metric === "latency_s_mean")).toMatchObject({
        estimate: Number.NaN,
        n: 0,
        n_failed: 6,
        flags: ["no_values"],
      });
      expect(summary.at(-1)).toMatchObject({ metric: COMPLETED_RATIO, estimate: 0, n: 6 });
    });
  });

  test("runStudy: a run that exceeds its budget is truncated, has no metrics and is counted", async () => {
    await inTemporaryDirectory(async (directory) => {
      const set = [["sim_settings.max_live_requests", 12]] as const;
      const study = await studyOf(directory, { set, parameters: [["users", [20, 100]]] });
      const events = await eventsOf(study, { directory: join(directory, "r") });
      const results = await openResults(join(directory, "r"));
      const overloaded = (await runsByPoint(results)).get("users=100");
      expect(overloaded?.outcomes).toEqual(Array.from({ length: 6 }, () => "truncated"));
      for (const reason of overloaded?.reasons ?? []) {
        expect(reason).toMatch(/^live requests exceeded the budget of 12 at \d+\.\d+ s of 20 s$/);
      }
      expect(overloaded?.metrics.every((column) => column.every((value) => Number.isNaN(value)))).toBe(true);
      const row = (await results.readSummary()).find((it) => it.point_id === "users=100");
      expect(row).toMatchObject({ n: 0, n_failed: 6 });
      const calm = (await runsByPoint(results)).get("users=20")?.outcomes ?? [];
      const truncated = 6 + calm.filter((outcome) => outcome === "truncated").length;
      expect(events.at(-1)).toMatchObject({ outcomes: { completed: 12 - truncated, truncated, failed: 0 } });
    });
  });

  test.each([
    ["before it starts", 0],
    ["in the middle", 4],
  ])("runStudy that is aborted %s tells what there is and keeps it", async (_when, after) => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { replications: 5000 });
      const interruption = new AbortController();
      if (after === 0) interruption.abort();
      const seen: StudyEvent[] = [];
      const path = join(directory, "r");
      for await (const event of runStudy(study, {
        directory: path,
        mode: "new",
        // Of two threads one may be several chunks ahead while the other has not begun: then there is no unbroken beginning.
        threads: 1,
        signal: interruption.signal,
      })) {
        seen.push(event);
        if (seen.length === after) interruption.abort();
      }
      expect(seen.length).toBeLessThan(40);
      const last = seen.at(-1);
      expect(last).toMatchObject({ kind: "interrupted", runs: 10_000 });
      if (after === 0) expect((await readdir(directory)).toSorted()).toEqual(["scenario.yaml", "sweep.yaml"]);
      else {
        expect((await readdir(path)).toSorted()).toEqual(["chunks", "study.json"]);
        expect(last?.kind === "interrupted" && last.summary.some(({ n }) => n > 0)).toBe(true);
      }
    });
  });

  test("runStudy that nobody listens to any more keeps its chunks", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { replications: 5000 });
      const options = { directory: join(directory, "r"), mode: "new", threads: 2 } as const;
      for await (const event of runStudy(study, options)) if (event.kind === "progress") break;
      expect((await readdir(join(directory, "r"))).toSorted()).toEqual(["chunks", "study.json"]);
    });
  });
});

/** A study one of whose points has an edge to a server that is not there, as no file can say it. */
function withBrokenPoint(study: Study, index: number): Study {
  const points = study.points.map((point, position) => {
    if (position !== index) return point;
    const edges = point.plan.edges.map((edge) => (edge.id === "uplink" ? { ...edge, target: "nowhere" } : edge));
    return { ...point, plan: { ...point.plan, edges } };
  });
  return { ...study, points };
}
