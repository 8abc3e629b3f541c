import { join } from "node:path";
import { openResults } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { gatherReport, type GatheredReport } from "../src/index.js";
import { drawnPoints } from "../src/report/drawn-points.js";
import { provenanceOf } from "../src/report/provenance-of.js";
import { systemOutline } from "../src/report/system-outline.js";
import { unitOfName } from "../src/report/unit-of-name.js";
import { resultsOf, runsByPoint } from "./finished-study.js";
import { SCENARIO, studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const OBJECTIVES = `objectives:
  - { metric: latency_s_p95, below: 0.3 }
`;

describe("gatherReport", () => {
  test("gatherReport holds the tables of the results, and what is drawn of every point", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = await resultsOf(await studyOf(directory), { directory: join(directory, "r") });
      const report = await gatherReport(results, { wanted: [] });
      expect(report.name).toBe("two-loads");
      expect(report.outcomes).toEqual({ completed: 12, truncated: 0, failed: 0 });
      expect(report.reasons).toEqual([]);
      expect(report.points.map(({ parameters }) => parameters)).toEqual([{ users: 20 }, { users: 30 }]);
      expect(report.summary).toEqual(await results.readSummary());
      expect(report.change).toBeUndefined();
      const names = report.details.map(({ series }) => series.map(({ metric }) => metric));
      expect(names[0]).toEqual(names[1]);
      expect(names[0]!.slice(0, 5)).toEqual([
        "throughput_per_s",
        "errors_per_s",
        "latency_s_mean",
        "in_flight_mean",
        "api.cpu_utilization_ratio",
      ]);
      expect(report.details[0]!.histograms.map(({ metric }) => metric)).toEqual(["latency_s", "api.cpu_wait_s"]);
      expect(["latency_s", "latency_s_p95", "api.ram_used_mb_mean"].map((name) => report.units.get(name))).toEqual([
        "s",
        "s",
        "MB",
      ]);
    });
  });

  test("gatherReport gives the exceedance of the runs' own values", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = await resultsOf(await studyOf(directory), { directory: join(directory, "r") });
      const report = await gatherReport(results, { wanted: [] });
      const runs = (await runsByPoint(results)).get("users=30")!;
      const metrics = (await results.readRunMetrics()).map(({ name }) => name);
      const sample = runs.metrics[metrics.indexOf("latency_s_p95")]!;
      const [exceedance] = report.details[1]!.exceedances;
      expect(exceedance).toMatchObject({ metric: "latency_s_p95", n: 6 });
      expect([...exceedance!.value]).toEqual([...sample].toSorted((a, b) => a - b));
    });
  });

  test("gatherReport of chosen points draws only them", async () => {
    await inTemporaryDirectory(async (directory) => {
      const results = await resultsOf(await studyOf(directory), { directory: join(directory, "r") });
      const { details, points } = await gatherReport(results, { wanted: ["users=30"] });
      expect(details.map(({ point_id }) => point_id)).toEqual(["users=30"]);
      expect(points).toHaveLength(2);
    });
  });

  test("gatherReport tells what changed since a baseline, and its verdicts", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = SWEEP + OBJECTIVES;
      const base = await resultsOf(await studyOf(directory, { sweep }), { directory: join(directory, "base") });
      const set = [["topology_graph.nodes.servers[api].server_resources.cpu_cores", 2]] as const;
      const next = await resultsOf(await studyOf(directory, { sweep, set }), { directory: join(directory, "next") });
      const { change } = await gatherReport(next, { base, wanted: [] });
      expect(change).toMatchObject({ base: "base", identical: false, confidence: 0.95 });
      expect(change!.rows.length).toBeGreaterThan(40);
      expect(change!.objectives).toEqual(await base.readObjectives());
      expect((await gatherReport(base, { base, wanted: [] })).change).toMatchObject({ identical: true, rows: [] });
    });
  });

  test("gatherReport compares the usual metrics and those of objectives with the baseline of the sweep", async () => {
    await inTemporaryDirectory(async (directory) => {
      const sweep = `${SWEEP}baseline: { users: 20 }
objectives:
  - { metric: latency_s_max, below: 3 }
`;
      const results = await resultsOf(await studyOf(directory, { sweep }), { directory: join(directory, "r") });
      const { baseline } = await gatherReport(results, { wanted: [] });
      expect(baseline).toMatchObject({ point_id: "users=20", confidence: 0.95 });
      const usual = ["throughput_per_s", "latency_s_mean", "latency_s_p95", "latency_s_p99", "error_ratio"];
      expect(baseline!.rows.map(({ metric }) => metric).toSorted()).toEqual([...usual, "latency_s_max"].toSorted());
      expect(baseline!.rows.every(({ point_id }) => point_id === "users=30")).toBe(true);
      const plain = await resultsOf(await studyOf(directory), { directory: join(directory, "plain") });
      expect((await gatherReport(plain, { wanted: [] })).baseline).toBeUndefined();
    });
  });

  test("gatherReport counts why runs were truncated", async () => {
    await inTemporaryDirectory(async (directory) => {
      const scenario = `${SCENARIO}  max_events: 1500\n`;
      const results = await resultsOf(await studyOf(directory, { scenario }), { directory: join(directory, "r") });
      const { outcomes, reasons }: GatheredReport = await gatherReport(results, { wanted: [] });
      expect(outcomes.truncated).toBeGreaterThan(0);
      expect(reasons).toEqual([
        { reason: "truncated: events reached the budget of 1500 at … s of 20 s", runs: outcomes.truncated },
      ]);
    });
  });
});

describe("drawnPoints", () => {
  const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const verdictOn = (point_id: string, verdict: "pass" | "fail" | "inconclusive"): never =>
    ({ point_id, verdict }) as unknown as never;

  test("drawnPoints takes what is broken first, then what is inconclusive, in the order of the points", () => {
    const objectives = [verdictOn("p58", "inconclusive"), verdictOn("p58", "pass"), verdictOn("p55", "fail")];
    const drawn = drawnPoints(ids, { objectives, wanted: [] });
    expect(drawn.map(({ point_id }) => point_id)).toEqual([...ids.slice(0, 48), "p55", "p58"]);
    const inFull = drawn.filter(({ in_full }) => in_full).map(({ point_id }) => point_id);
    expect(inFull).toEqual([...ids.slice(0, 3), "p55", "p58"]);
  });

  test("drawnPoints takes only what is wanted", () => {
    expect(drawnPoints(ids, { objectives: [], wanted: ["p7", "p3"] })).toEqual([
      { point_id: "p3", in_full: true },
      { point_id: "p7", in_full: true },
    ]);
  });
});

describe("systemOutline", () => {
  test("systemOutline names nodes of every kind that have ids, links and events", () => {
    const outline = systemOutline({
      rqs_input: [
        { id: "users", avg_active_users: { kind: "poisson", mean: 300 } },
        { id: "crawlers", arrival_rate_per_s: 20 },
      ],
      topology_graph: {
        nodes: {
          client: { id: "browser" },
          load_balancer: { id: "lb", algorithms: "round_robin" },
          servers: [
            {
              id: "api",
              server_resources: { cpu_cores: 1, ram_mb: 2048 },
              replicas: 4,
              endpoints: [
                { endpoint_name: "/", steps: [{ parallel: { branches: [[{ query: "db" }], [{ io_s: 1 }]] } }] },
              ],
            },
            { id: "api-2" },
            { id: "scaled", replicas: 20, autoscaler: { min: 4, max: 20 } },
          ],
          databases: [{ id: "db", workers: 16 }],
          proxies: [{ id: "edge" }],
        },
        edges: [
          { id: "e", source: "users", target: "browser", latency: 0 },
          { id: "q", source: "api", target: "db", latency: 0 },
          { id: "r", source: "api", target: "browser", latency: 0 },
        ],
      },
      sim_settings: { total_simulation_time: 60, warm_up_s: 5 },
      events: [{ event_id: "down", target_id: "api", t_start: 10, t_end: 20, kind: "server_down" }],
    });
    expect(outline).toEqual({
      nodes: [
        { id: "users", kind: "generator", detail: "300 users", replicas: 1 },
        { id: "crawlers", kind: "generator", detail: "20 requests/s", replicas: 1 },
        { id: "browser", kind: "client", detail: "", replicas: 1 },
        { id: "lb", kind: "load balancer", detail: "round robin", replicas: 1 },
        { id: "api", kind: "server", detail: "1 core · 2048 MB", replicas: 4 },
        { id: "api-2", kind: "server", detail: "", replicas: 1 },
        { id: "scaled", kind: "server", detail: "", replicas: 20, fewest_replicas: 4 },
        { id: "db", kind: "database", detail: "16 workers", replicas: 1 },
        { id: "edge", kind: "proxy", detail: "", replicas: 1 },
      ],
      links: [
        { id: "e", source: "users", target: "browser", is_call: false },
        { id: "q", source: "api", target: "db", is_call: true },
        { id: "r", source: "api", target: "browser", is_call: false },
      ],
      events: [{ label: "down", kind: "server_down", target: "api", start_s: 10, end_s: 20 }],
      horizon_s: 60,
      warm_up_s: 5,
    });
  });

  test.each([[undefined], [null], [7], [{ topology_graph: { nodes: [1, "a", null], edges: "x" }, events: [[]] }]])(
    "systemOutline of %j is empty: a manifest may come from anywhere",
    (scenario) => {
      expect(systemOutline(scenario)).toMatchObject({ nodes: [], links: [], events: [], horizon_s: 0 });
    },
  );
});

describe("provenanceOf", () => {
  test("provenanceOf tells what the manifest says, and nothing where it says nothing", async () => {
    await inTemporaryDirectory(async (directory) => {
      await resultsOf(await studyOf(directory), { directory: join(directory, "r") });
      const { manifest } = await openResults(join(directory, "r"));
      const facts = new Map(provenanceOf(manifest, "r").map(({ name, value }) => [name, value]));
      expect(facts.get("results")).toBe("r");
      expect(facts.get("parameters")).toBe("users: rqs_input.avg_active_users.mean");
      expect(facts.get("seed")).toBe("20261121");
      expect(facts.get("took")).toMatch(/^[\d.]+ s, [\d.]+ s of CPU on 1 threads$/);
      expect(provenanceOf({ loadstar_manifest: 1, files: [] }, "r")).toEqual([{ name: "results", value: "r" }]);
    });
  });
});

describe("unitOfName", () => {
  test.each([
    ["latency_s", "s"],
    ["api.cpu_wait_s_p99", "s"],
    ["throughput_per_s", "1/s"],
    ["api.ram_used_mb_mean", "MB"],
    ["error_ratio", "ratio"],
    ["a_s.ready_queue_mean", "1"],
  ])("unitOfName of %s is %s", (name, unit) => {
    expect(unitOfName(name)).toBe(unit);
  });
});
