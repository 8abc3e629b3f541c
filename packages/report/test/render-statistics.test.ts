import { describe, expect, test } from "vitest";
import { renderStatistics } from "../src/index.js";
import { SAMPLE_METRICS, SAMPLE_VALUES } from "./fixtures/sample-run.js";
import { taggingPaint, withoutTags } from "./fixtures/tagging-paint.js";

describe("renderStatistics", () => {
  test("renderStatistics begins with AsyncFlow's block, to the character", () => {
    const block = renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES).split("\n\n")[0];
    expect(block).toBe(
      [
        "════════ LATENCY STATS ════════",
        "TOTAL_REQUESTS       = 48486.000000",
        "MEAN                 = 0.023496",
        "MEDIAN               = 0.021700",
        "STD_DEV              = 0.010100",
        "P95                  = 0.041200",
        "P99                  = 0.056789",
        "MIN                  = 0.004100",
        "MAX                  = 0.149000",
      ].join("\n"),
    );
  });

  test("renderStatistics writes undefined and infinite latencies as Python does", () => {
    const metrics = ["latency_s_mean", "latency_s_max"].map((name) => ({ name, unit: "s", description: "" }));
    expect(renderStatistics(metrics, [NaN, Infinity])).toBe(
      "════════ LATENCY STATS ════════\nMEAN                 = nan\nMAX                  = inf",
    );
  });

  test("renderStatistics names rejected and timed out requests only where there are some", () => {
    const values = SAMPLE_VALUES.slice();
    expect(renderStatistics(SAMPLE_METRICS, values, { width: 120 })).not.toContain("rejected");
    values[4] = 3;
    expect(renderStatistics(SAMPLE_METRICS, values, { width: 120 })).toContain("· rejected 3 ·");
  });

  test("renderStatistics shows a server that limits its connections as a server only", () => {
    const metrics = ["cpu_utilization_ratio", "connections_mean", "connections_max"].map((name) => ({
      name: `gate.${name}`,
      unit: "1",
      description: "",
    }));
    const lines = renderStatistics(metrics, [0.5, 3, 8]).split("\n");
    expect(lines.filter((line) => line.startsWith("gate")).length).toBe(1);
  });

  test("renderStatistics shows a language model as one, and a server with limits or a price as a server", () => {
    const names = [
      ...[
        "cpu_utilization_ratio",
        "time_to_first_token_s_p50",
        "time_to_first_token_s_p99",
        "rate_limited",
        "cost_usd",
      ].map((name) => `bard.${name}`),
      ...["cpu_utilization_ratio", "rate_limited", "cost_usd"].map((name) => `app.${name}`),
    ];
    const metrics = names.map((name) => ({ name, unit: "1", description: "" }));
    const lines = renderStatistics(metrics, [0, 0.35, 1.4, 7, 2.5, 0.5, 3, 4], { width: 120 }).split("\n");
    expect(lines.filter((line) => line.startsWith("bard")).map((line) => line.split(/\s{2,}/))).toEqual([
      ["bard", "350.0 ms", "1.400 s", "7", "2.500 USD"],
    ]);
    expect(lines.find((line) => line.startsWith("app"))).toContain("50.00 %");
    expect(lines.filter((line) => line.startsWith("app")).length).toBe(1);
  });

  test("renderStatistics shows what a network carries, and a set that is scaled by how many of it ran", () => {
    const edge = ["dropped", "retransmissions", "transferred_mb", "response_transferred_mb", "connections_mean"];
    const busy = ["utilization_ratio", "response_utilization_ratio"];
    const set = ["cpu_utilization_ratio", "replicas_mean", "replicas_max", "scale_ups", "scale_downs", "cost_usd"];
    const names = [...[...edge, ...busy].map((name) => `wire.${name}`), ...set.map((name) => `app.${name}`)];
    const metrics = names.map((name) => ({ name, unit: "1", description: "" }));
    const values = [3, 7, 12.5, 250, 0.4, 0.1, 0.8, 0.55, 4.25, 9, 6, 5, 1.2];
    const lines = renderStatistics(metrics, values, { width: 120 }).split("\n");
    const rowsOf = (id: string): readonly unknown[] =>
      lines.filter((line) => line.startsWith(id)).map((line) => line.trim().split(/\s{2,}/));
    expect(rowsOf("wire")).toEqual([["wire", "3", "7", "12.50 / 250 MB", "0.1000 / 80.00 %"]]);
    expect(rowsOf("app")).toEqual([["app", "4.250 / 9", "55.00 %", "6 / 5", "1.200 USD"]]);
  });

  test("renderStatistics shows how long a detector found the system degraded and collapsed, and when first", () => {
    const names = ["fill_ratio_max", "degraded_s", "collapsed_s", "first_collapse_s"];
    const metrics = names.map((name) => ({ name: `watch.${name}`, unit: "1", description: "" }));
    const rowOf = (values: readonly number[]): unknown => {
      const line = renderStatistics(metrics, values, { width: 100 }).split("\n").at(-1);
      return line?.trim().split(/\s{2,}/);
    };
    expect(rowOf([0.9, 0.7, 12, 3])).toEqual(["watch", "90.00 %", "700.0 ms", "12.00 s", "3.000 s"]);
    expect(rowOf([0.2, 0, 0, Number.NaN])).toEqual(["watch", "20.00 %", "0 s", "0 s", "-"]);
  });

  test("renderStatistics splits a component's metric at its last dot", () => {
    const lines = renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES, { width: 100 }).split("\n");
    const edge = lines.find((line) => line.startsWith("gen.client"));
    expect(edge?.split(/\s{2,}/)).toEqual(["gen.client", "252", "0.6341 / 7"]);
  });

  test("renderStatistics leaves out what was not measured", () => {
    const metrics = [{ name: "app-1.ready_queue_max", unit: "1", description: "" }];
    expect(renderStatistics(metrics, [7]).split("\n").at(-1)).toMatch(/^app-1\s+- \/ 7$/);
    expect(renderStatistics([{ name: "db.pool_wait_s_p99", unit: "s", description: "" }], [1])).toBe("");
    expect(renderStatistics([], [])).toBe("");
  });

  test("renderStatistics paints without a change to the text or its alignment", () => {
    const painted = renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES, { paint: taggingPaint });
    expect(painted).toContain("<bold>════════ LATENCY STATS ════════</bold>");
    expect(painted).toContain("<cyan>app-1</cyan>");
    expect(withoutTags(painted)).toBe(renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES));
  });

  test("renderStatistics takes a width below 40, and none, as what it can do", () => {
    expect(atWidth(7)).toBe(atWidth(40));
    expect(atWidth(NaN)).toBe(atWidth(80));
    expect(atWidth(Infinity)).toContain("in flight 4 · error ratio 1.000 % · throughput 80.81/s");
  });
});

function atWidth(width: number): string {
  return renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES, { width });
}
