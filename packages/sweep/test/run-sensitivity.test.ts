import { createSimulation, metricsOf, runPrepared, type Plan } from "@loadstar/engine";
import { differenceInterval, meanInterval } from "@loadstar/stats";
import { describe, expect, test } from "vitest";
import { runSensitivity } from "../src/index.js";
import { SCENARIO } from "./small-study.js";
import { analysesOf, loadedSensitivity, ofMethod, RANGES, sensitivityEventsOf } from "./loaded-sensitivity.js";

/** The value of a metric in one run, without any pool. */
function valueOf(plan: Plan, seed: number, { replication, metric }: { replication: number; metric: string }): number {
  const position = metricsOf(plan).findIndex(({ name }) => name === metric);
  return runPrepared(createSimulation(plan), seed, replication).metrics[position]!;
}

describe("runSensitivity, sobol", () => {
  test("runSensitivity gives the same bits for the same seed on every number of threads, and others for another", async () => {
    const wanted = { method: "sobol", metrics: ["latency_s_p95", "throughput_per_s"], samples: 16 } as const;
    const study = await loadedSensitivity(wanted);
    const alone = await analysesOf(study, 1);
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on("warning", note);
    expect(alone.map(({ metric }) => metric.name)).toEqual(["latency_s_p95", "throughput_per_s"]);
    expect(await analysesOf(await loadedSensitivity(wanted), 3)).toEqual(alone);
    expect(await analysesOf(await loadedSensitivity({ ...wanted, seed: 8 }), 3)).not.toEqual(alone);
    process.off("warning", note);
    // More than ten tasks at once must not look like a leak.
    expect(warnings).toEqual([]);
  });

  test("runSensitivity runs a point and replication once, however often the design has it", async () => {
    const sweep = RANGES.replace("range: [1024, 4096], integer: true", "values: [1024, 2048]");
    const study = await loadedSensitivity({ method: "sobol", metrics: ["throughput_per_s"], samples: 16, sweep });
    expect(study.design.order).toHaveLength(16 * 5);
    // Half of the rows have the same memory in A and B: there A with the memory of B is A.
    expect(study.runs.length).toBeLessThan(16 * 5);
    const events = await sensitivityEventsOf(study);
    expect(events[0]).toEqual({ kind: "started", runs: study.runs.length, points: study.points.length, threads: 2 });
    const outcomes = { completed: study.runs.length, truncated: 0, failed: 0 };
    expect(events.at(-2)).toEqual({
      kind: "progress",
      runs_done: study.runs.length,
      runs: study.runs.length,
      outcomes,
    });
    expect(events).toHaveLength(study.runs.length + 2);
  });
});

describe("runSensitivity, tornado", () => {
  test("runSensitivity varies the number of components, of which every point has its own metrics", async () => {
    const metric = "api-2.cpu_utilization_ratio";
    const scenario = SCENARIO.replace("      - id: api\n", "      - id: api\n        replicas: 2\n");
    const path = "topology_graph.nodes.servers[api].replicas";
    const sweep = `scenario: scenario.yaml\nreplications: 5\nparameters: { n: { path: "${path}", values: [1, 3] } }\n`;
    const study = await loadedSensitivity({ method: "tornado", metrics: ["latency_s_mean"], scenario, sweep });
    const [one, three] = study.points.slice(1).map(({ plan }) => metricsOf(plan).length);
    expect(three! - one!).toBeGreaterThan(20);
    const bars = ofMethod((await analysesOf(study))[0], "tornado").factors;
    const means = study.points.map(({ plan }) => {
      const values = Array.from({ length: 5 }, (_, replication) =>
        valueOf(plan, study.seed, { replication, metric: "latency_s_mean" }),
      );
      return values.reduce((sum, value) => sum + value, 0) / 5;
    });
    expect(bars[0]!.low.estimate).toBeCloseTo(means[1]! - means[0]!, 12);
    expect(bars[0]!.high.estimate).toBeCloseTo(means[2]! - means[0]!, 12);
    // A replica that only some points have.
    await expect(loadedSensitivity({ method: "tornado", metrics: [metric], scenario, sweep })).rejects.toThrow(metric);
  });

  test("runSensitivity compares each end with the scenario itself, replication by replication", async () => {
    const metric = "latency_s_p95";
    const study = await loadedSensitivity({ method: "tornado", metrics: [metric] });
    expect(study.points.map(({ point_id, values }) => [point_id, ...values])).toEqual([
      ["base"],
      ["users=20", 20],
      ["users=40", 40],
      ["ram_mb=1024", 1024],
      ["ram_mb=4096", 4096],
    ]);
    const [base, low, high] = study.points.map(({ plan }) =>
      Array.from({ length: 5 }, (_, replication) => valueOf(plan, study.seed, { replication, metric })),
    );
    const found = ofMethod((await analysesOf(study))[0], "tornado");
    expect(found.base).toEqual(meanInterval(base!, { confidence: 0.99 }));
    const paired = { confidence: 0.99, paired: true };
    expect(found.factors).toEqual([
      {
        factor: { name: "users", low: 20, high: 40 },
        low: differenceInterval(base!, low!, paired),
        high: differenceInterval(base!, high!, paired),
        swing: differenceInterval(low!, high!, paired),
      },
      expect.objectContaining({ factor: { name: "ram_mb", low: 1024, high: 4096 } }),
    ]);
    expect(found.factors[1]!.swing.flags).toEqual(["no_difference"]);
  });
});

describe("runSensitivity, runs without a value", () => {
  test.each(["sobol", "morris", "tornado"] as const)(
    "runSensitivity %s counts them and gives no factors",
    async (method) => {
      const sweep = RANGES.replace("range: [20, 40]", "range: [0, 0.2]");
      const study = await loadedSensitivity({
        method,
        metrics: ["latency_s_p95", "requests_generated"],
        samples: 16,
        sweep,
      });
      const [latency, generated] = await analysesOf(study);
      expect(latency!.n_missing).toBeGreaterThan(0);
      expect(latency!.n_missing).toBeLessThan(study.runs.length);
      expect(latency!.factors).toEqual([]);
      expect(generated!.n_missing).toBe(0);
      expect(generated!.factors.length).toBeGreaterThan(0);
    },
  );

  test("runSensitivity counts runs that fail, with the first reason, and goes on", async () => {
    const study = await loadedSensitivity({ method: "tornado", metrics: ["requests_generated"] });
    const points = study.points.map((point, index) =>
      index === 2 ? { ...point, plan: { ...point.plan, edges: [] } } : point,
    );
    const last = (await sensitivityEventsOf({ ...study, points })).at(-1);
    expect(last).toMatchObject({
      kind: "finished",
      outcomes: { completed: 20, truncated: 0, failed: 5 },
      analyses: [{ n_missing: 5, factors: [] }],
    });
    expect(last?.kind === "finished" ? last.first_failure : "").toMatch(/./);
  });

  test("runSensitivity stops when it is aborted", async () => {
    const study = await loadedSensitivity({ method: "sobol", metrics: ["requests_generated"], samples: 64 });
    const stop = new AbortController();
    const watch = async (): Promise<void> => {
      for await (const event of runSensitivity(study, { threads: 2, signal: stop.signal })) {
        if (event.kind === "progress" && event.runs_done === 5) stop.abort(new Error("enough"));
      }
    };
    await expect(watch()).rejects.toThrow("enough");
  });
});
