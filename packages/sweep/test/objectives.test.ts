import { join } from "node:path";
import { formatProblem, InputError } from "@loadstar/scenario";
import { objectiveVerdict } from "@loadstar/stats";
import { describe, expect, test } from "vitest";
import type { StudyOverrides } from "../src/index.js";
import { eventsOf, resultsOf, valuesOf } from "./finished-study.js";
import { SCENARIO, studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const OBJECTIVES = `objectives:
  - { metric: latency_s_mean, below: 0.12 }
  - { metric: api.cpu_utilization_ratio, above: 0.9, probability: 0.8, confidence: 0.9 }
  - { metric: latency_s_p95, below: 0.4, quantile: 0.5 }
`;

async function problemsOf(files: StudyOverrides & { readonly sweep?: string; readonly scenario?: string }) {
  return await inTemporaryDirectory(async (directory) => {
    try {
      await studyOf(directory, files);
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.problems.map((problem) => formatProblem(problem).replaceAll(`${directory}/`, ""));
    }
  });
}

describe("loadStudy", () => {
  test("loadStudy reads objectives with their words, levels and the confidence of the sweep", async () => {
    await inTemporaryDirectory(async (directory) => {
      const { objectives } = await studyOf(directory, { sweep: `${SWEEP}confidence: 0.99\n${OBJECTIVES}` });
      expect(objectives.map(({ metric, ...objective }) => ({ ...objective, metric: metric.name }))).toEqual([
        {
          objective: "mean of latency_s_mean below 0.12",
          metric: "latency_s_mean",
          side: "below",
          limit: 0.12,
          estimand: "mean",
          level: undefined,
          confidence: 0.99,
        },
        {
          objective: "api.cpu_utilization_ratio above 0.9 in 80 % of runs",
          metric: "api.cpu_utilization_ratio",
          side: "above",
          limit: 0.9,
          estimand: "probability",
          level: 0.8,
          confidence: 0.9,
        },
        {
          objective: "50 % quantile of latency_s_p95 below 0.4",
          metric: "latency_s_p95",
          side: "below",
          limit: 0.4,
          estimand: "quantile",
          level: 0.5,
          confidence: 0.99,
        },
      ]);
    });
  });

  test("loadStudy takes the objectives of the scenario, unless the sweep has its own", async () => {
    const scenario = `${SCENARIO}objectives: [{ metric: error_ratio, below: 0.5 }]\n`;
    const namesOf = async (sweep: string): Promise<readonly string[]> =>
      await inTemporaryDirectory(async (directory) => {
        const { objectives } = await studyOf(directory, { scenario, sweep });
        return objectives.map(({ metric }) => metric.name);
      });
    expect(await namesOf(SWEEP)).toEqual(["error_ratio"]);
    expect(await namesOf(SWEEP + OBJECTIVES)).toHaveLength(3);
    expect(await namesOf(`${SWEEP}objectives: []\n`)).toEqual([]);
  });

  test("loadStudy keeps what is judged, whatever metrics are chosen", async () => {
    await inTemporaryDirectory(async (directory) => {
      const { kept } = await studyOf(directory, { sweep: `${SWEEP}metrics: [throughput_per_s]\n${OBJECTIVES}` });
      expect(kept.metrics.map(({ name }) => name)).toEqual([
        "throughput_per_s",
        "latency_s_mean",
        "latency_s_p95",
        "api.cpu_utilization_ratio",
      ]);
    });
  });

  test("loadStudy refuses objectives on metrics that there are not, where the file says so", async () => {
    const wrong = "objectives:\n  - { metric: latency_s_p95x, below: 1 }\n";
    const rule = 'objectives[0].metric: there is no metric "latency_s_p95x": did you mean latency_s_p95?';
    expect(await problemsOf({ sweep: SWEEP + wrong })).toEqual([`sweep.yaml:9:15: ${rule}`]);
    expect(await problemsOf({ scenario: SCENARIO + wrong })).toEqual([`scenario.yaml:26:15: ${rule}`]);
    const told = { objectives: [{ metric: "latency_s_p95x", below: 1 }] };
    expect(await problemsOf({ sweep: SWEEP + wrong.replace("5x", "5"), ...told })).toEqual([`sweep.yaml: ${rule}`]);
    const doubtful = "confidence must be > 0.5 for objectives: current value is 0.4";
    const judged = `${SWEEP}objectives:\n  - { metric: error_ratio, below: 1 }\n`;
    expect(await problemsOf({ sweep: judged, confidence: 0.4 })).toEqual([
      `sweep.yaml:9:15: objectives[0].metric: ${doubtful}`,
    ]);
  });
});

describe("runStudy", () => {
  test("runStudy writes the verdict on every objective at every point, as the runs have it", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { sweep: SWEEP + OBJECTIVES, replications: 40 });
      const results = await resultsOf(study, { directory: join(directory, "r") });
      const rows = await results.readObjectives();
      expect(rows.map(({ point_id, verdict }) => `${point_id} ${verdict}`)).toEqual([
        "users=20 pass",
        "users=20 fail",
        "users=20 pass",
        "users=30 fail",
        "users=30 fail",
        "users=30 inconclusive",
      ]);
      for (const { point_id, objective, ...row } of rows) {
        const values = (await valuesOf(results, point_id))[row.metric]!;
        const { side, limit, estimand, level, confidence } = study.objectives.find((it) => it.objective === objective)!;
        const demand = { side, limit, estimand, confidence, ...(level === undefined ? {} : { level }) };
        expect(row).toMatchObject({ ...objectiveVerdict(values, demand), side, limit });
      }
    });
  });

  test("runStudy counts replications that a budget ended at their worst", async () => {
    await inTemporaryDirectory(async (directory) => {
      const scenario = SCENARIO.replace("sim_settings:\n", "sim_settings:\n  max_events: 2200\n");
      const sweep = `${SWEEP}objectives: [{ metric: error_ratio, below: 0.5, probability: 0.5 }]\n`;
      const study = await studyOf(directory, { scenario, sweep, replications: 40 });
      const results = await resultsOf(study, { directory: join(directory, "r") });
      const [row] = await results.readObjectives();
      expect(row!.n).toBeGreaterThan(0);
      expect(row!.n_failed).toBeGreaterThan(0);
      expect(row).toMatchObject({ n: 40 - row!.n_failed, estimate: row!.n / 40 });
    });
  });

  test("runStudy tells the verdicts of a point and counts them all; without objectives there is no table", async () => {
    await inTemporaryDirectory(async (directory) => {
      const study = await studyOf(directory, { sweep: SWEEP + OBJECTIVES, replications: 40 });
      const events = await eventsOf(study, { directory: join(directory, "r") });
      const finished = events.at(-1);
      expect(finished).toMatchObject({ verdicts: { pass: 2, fail: 3, inconclusive: 1 } });
      const points = events.filter((event) => event.kind === "point_completed");
      expect(points.map(({ objectives }) => objectives.length)).toEqual([3, 3]);
      const plain = await resultsOf(await studyOf(directory), { directory: join(directory, "plain") });
      expect(plain.has("objectives")).toBe(false);
    });
  });
});
