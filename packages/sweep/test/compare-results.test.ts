import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { differenceInterval, holmAdjusted } from "@loadstar/stats";
import { openResults, type Results } from "@loadstar/store";
import { describe, expect, test } from "vitest";
import { compareResults, type ComparisonVerdict, type StudyOverrides } from "../src/index.js";
import { directionOf, followsLoad } from "../src/compare/direction-of.js";
import { resultsOf, valuesOf } from "./finished-study.js";
import { studyOf, SWEEP } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const CPU = "topology_graph.nodes.servers[api].endpoints[0].steps[1].cpu_s.mean";
const CORES = "topology_graph.nodes.servers[api].server_resources.cpu_cores";

/** Runs the small sweep once for each of the overrides, and hands over the results. */
async function withResults<Count extends readonly StudyOverrides[]>(
  overrides: Count,
  use: (...results: Results[]) => Promise<void>,
): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const results: Results[] = [];
    for (const [index, override] of overrides.entries()) {
      const place = join(directory, String(index));
      const study = await studyOf(place, { replications: 30, sweep: SWEEP, ...override });
      results.push(await resultsOf(study, { directory: join(place, "r") }));
    }
    await use(...results);
  });
}

describe("compareResults", () => {
  test("compareResults proves by digests that two results are the same", async () => {
    await withResults([{}, {}], async (base, next) => {
      const comparison = await compareResults(base!, next!, { confidence: 0.95 });
      expect(comparison).toEqual({ identical: true, rows: [], unmatched: { points: [], metrics: [] } });
    });
  });

  test("compareResults pairs replications of one seed and tells which way is worse", async () => {
    await withResults([{}, { set: [[CPU, 0.026]] }], async (base, next) => {
      const { identical, rows } = await compareResults(base!, next!, { confidence: 0.95 });
      expect(identical).toBe(false);
      const verdicts = new Map(rows.map(({ point_id, metric, verdict }) => [`${point_id} ${metric}`, verdict]));
      expect(verdicts.get("users=20 latency_s_mean")).toBe("worse");
      expect(verdicts.get("users=20 api.cpu_utilization_ratio")).toBe("changed");
      expect(verdicts.get("users=20 requests_generated")).toBe("identical");
      for (const { point_id, metric, difference } of rows) {
        const before = (await valuesOf(base!, point_id))[metric]!;
        const after = (await valuesOf(next!, point_id))[metric]!;
        expect(difference).toEqual(differenceInterval(before, after, { confidence: 0.9, paired: true }));
      }
      expect(rows.map(({ p_adjusted }) => p_adjusted)).toEqual([
        ...holmAdjusted(rows.map(({ difference }) => difference.p_value)),
      ]);
      const turned = await compareResults(next!, base!, { confidence: 0.95 });
      const back = new Map(turned.rows.map(({ point_id, metric, verdict }) => [`${point_id} ${metric}`, verdict]));
      const opposite: Partial<Record<ComparisonVerdict, ComparisonVerdict>> = { worse: "better", better: "worse" };
      for (const [key, verdict] of verdicts) expect(back.get(key)).toBe(opposite[verdict] ?? verdict);
    });
  });

  test("compareResults takes other seeds for independent samples, which tell far less", async () => {
    await withResults([{}, { set: [[CPU, 0.026]], seed: 5 }], async (base, next) => {
      const { rows } = await compareResults(base!, next!, { confidence: 0.95 });
      expect(new Set(rows.map(({ difference }) => difference.method))).toEqual(new Set(["welch_t"]));
      expect(rows.find(({ metric }) => metric === "latency_s_mean")!.verdict).toBe("undecided");
    });
  });

  test("compareResults calls less throughput worse of the same users and changed of fewer ones", async () => {
    const wanted = (metric: string): boolean => metric === "throughput_per_s" || metric === "latency_s_mean";
    const verdictsOf = async (base: Results, next: Results): Promise<readonly string[]> => {
      const { rows } = await compareResults(base, next, { confidence: 0.95, wanted });
      return rows
        .filter(({ point_id }) => point_id === "users=20")
        .map(({ metric, verdict }) => `${metric} ${verdict}`);
    };
    const fewer = "rqs_input.avg_request_per_minute_per_user.mean";
    await withResults([{}, { set: [[CPU, 0.1]] }, { set: [[fewer, 30]] }], async (base, slow, idle) => {
      expect(await verdictsOf(base!, slow!)).toEqual(["throughput_per_s worse", "latency_s_mean worse"]);
      expect(await verdictsOf(base!, idle!)).toEqual(["throughput_per_s changed", "latency_s_mean better"]);
      // Without knowing what they were made of, the two are taken for runs of one load.
      const file = join(idle!.directory, "manifest.json");
      const manifest = JSON.parse(await readFile(file, "utf8")) as object;
      await writeFile(file, JSON.stringify({ ...manifest, study: undefined }));
      const unknown = await openResults(idle!.directory);
      expect(await verdictsOf(base!, unknown)).toEqual(["throughput_per_s worse", "latency_s_mean better"]);
    });
  });

  test("compareResults shows equivalence within a margin, and only there", async () => {
    await withResults([{}, { set: [[CPU, 0.0251]] }], async (base, next) => {
      const verdictOf = async (margin: number): Promise<string> => {
        const wanted = (metric: string): boolean => metric === "api.cpu_utilization_ratio";
        const { rows } = await compareResults(base!, next!, { confidence: 0.95, margin, wanted });
        expect(rows.map(({ metric }) => metric)).toEqual(Array.from({ length: 2 }, () => "api.cpu_utilization_ratio"));
        return rows[0]!.verdict;
      };
      // Utilization grows by 0.4 %.
      expect(await verdictOf(0.01)).toBe("equivalent");
      expect(await verdictOf(0.001)).toBe("changed");
    });
  });

  test("compareResults pairs the replications that both have, and names what only one has", async () => {
    const fewer: StudyOverrides = {
      replications: 12,
      parameters: [["users", [20, 40]]],
      metrics: ["latency_s_*", "error_ratio"],
      set: [[CORES, 2]],
    };
    await withResults([{}, fewer], async (base, next) => {
      const { rows, unmatched } = await compareResults(base!, next!, { confidence: 0.95 });
      expect(new Set(rows.map(({ point_id }) => point_id))).toEqual(new Set(["users=20"]));
      expect(new Set(rows.map(({ difference }) => difference.n))).toEqual(new Set([12]));
      expect(unmatched.points).toEqual(["users=30", "users=40"]);
      expect(unmatched.metrics).toContain("throughput_per_s");
      expect(unmatched.metrics).not.toContain("error_ratio");
    });
  });
});

describe("followsLoad", () => {
  test.each([
    ["throughput_per_s", true],
    ["buyer.requests_completed", true],
    ["cost_usd", true],
    ["cost_usd_per_request_p99", false],
    ["error_ratio", false],
    ["latency_s_p95", false],
    ["requests_in_flight", false],
    ["cache.hit_ratio", false],
  ])("followsLoad %s is %s", (metric, follows) => {
    expect(followsLoad(metric)).toBe(follows);
  });
});

describe("directionOf", () => {
  test.each([
    ["latency_s_p95", "lower"],
    ["api.cpu_wait_s_mean", "lower"],
    ["error_ratio", "lower"],
    ["api.ready_queue_max", "lower"],
    ["uplink.dropped", "lower"],
    ["assistant.time_to_first_token_s_p95", "lower"],
    ["cost_usd_per_request_p99", "lower"],
    ["uplink.retransmissions", "lower"],
    ["uplink.slow_start_s_mean", "lower"],
    ["uplink.transfer_s_p99", "lower"],
    ["uplink.response_transfer_s_mean", "lower"],
    ["uplink.transferred_mb", undefined],
    ["billing.orders_lag_s_p99", "lower"],
    ["billing.orders_dead_lettered", "lower"],
    ["billing.orders_acknowledged", undefined],
    ["throughput_per_s", "higher"],
    ["a.b.requests_completed", "higher"],
    ["collapse.collapsed", "lower"],
    ["collapse.state_mean", "lower"],
    ["collapse.first_collapse_s", "higher"],
    ["collapse.stable_s", "higher"],
    ["agents.throttled", undefined],
    ["api.cpu_utilization_ratio", undefined],
    ["requests_generated", undefined],
    ["uplink.connections_mean", undefined],
  ])("directionOf %s is %s", (metric, direction) => {
    expect(directionOf(metric)).toBe(direction);
  });
});
