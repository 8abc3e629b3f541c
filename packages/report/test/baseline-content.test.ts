import { describe, expect, test } from "vitest";
import { baselineContent } from "../src/content/baseline-content.js";
import type { ContentTable } from "../src/content/content-table.js";
import { tornadoContent } from "../src/content/tornado-content.js";
import type { ReportData } from "../src/index.js";
import { sampleReport } from "./fixtures/sample-report.js";

const DATA = sampleReport();

function texts({ columns, rows }: ContentTable): readonly (readonly string[])[] {
  return [columns.map(({ heading }) => heading), ...rows.map((row) => row.map(({ text }) => text))];
}

describe("baselineContent", () => {
  test("baselineContent has a table for each metric that is not the same everywhere, a row for each other point", () => {
    const { sentences, tables } = baselineContent(DATA.baseline!, DATA);
    expect(sentences).toEqual([
      "Beside users 100, algorithm round_robin, paired by replication, 10 comparisons of a metric: worse 2, better 3, identical 5. Claimed differences are together 95 % sure (Holm).",
      "Common random numbers helped little in 1 of them (variance reduction below 1.2).",
    ]);
    expect(tables.map(({ caption }) => caption)).toEqual([
      "latency_s_p95, 70.00 ms at users 100, algorithm round_robin",
    ]);
    expect(texts(tables[0]!)[0]!.slice(2)).toEqual([
      "verdict",
      "mean",
      "difference",
      "90 % interval",
      "difference beside 0",
    ]);
    expect(
      texts(tables[0]!)
        .slice(1, 3)
        .map((row) => row.slice(0, 6)),
    ).toEqual([
      ["100", "other", "better", "60.00 ms", "-10.0 ms", "[-12.0, -8.0]"],
      ["200", "round_robin", "worse", "120.0 ms", "50.0 ms", "[40.0, 60.0]"],
    ]);
  });

  test("baselineContent shows those that differ most where points are many", () => {
    const points = Array.from({ length: 60 }, (_, index) => ({ point_id: `p${index}`, parameters: { x: index } }));
    const [row] = DATA.baseline!.rows;
    const rows = points.slice(1).map(({ point_id }, index) => ({
      ...row!,
      point_id,
      difference: { ...row!.difference, estimate: index % 2 === 0 ? index : -index },
    }));
    const { sentences, tables } = baselineContent({ ...DATA.baseline!, rows }, { ...DATA, points });
    expect(sentences.at(-1)).toBe(
      "Of each metric 40 points are shown, those that differ most; loadstar summary shows all.",
    );
    expect(tables[0]!.rows).toHaveLength(40);
    expect(
      texts(tables[0]!)
        .slice(1, 4)
        .map(([x]) => x),
    ).toEqual(["59", "58", "57"]);
  });
});

describe("tornadoContent", () => {
  const labels = (data: ReportData): readonly string[] => tornadoContent(data).map(({ drawing }) => drawing.label);

  test("tornadoContent takes the points where one parameter alone is not as at the baseline, its ends, the largest first", () => {
    expect(labels(DATA)).toEqual([
      "What each parameter alone does to latency_s_p95. users 400: 150 ms [120, 180]; algorithm other: -10.0 ms [-12.0, -8.0]",
      "What each parameter alone does to throughput_per_s. users 400: 0/s [0, 0]; algorithm other: 0/s [0, 0]",
    ]);
  });

  test("tornadoContent has a low and a high value where the baseline lies between", () => {
    const point_id = DATA.points[2]!.point_id;
    const rows = DATA.points
      .filter((point) => point.point_id !== point_id)
      .map((point, index) => ({ ...DATA.baseline!.rows[2 * index]!, point_id: point.point_id }));
    const [label] = labels({ ...DATA, baseline: { ...DATA.baseline!, point_id, rows } });
    expect(label).toMatch(/ users 100: .*; users 400: .*; algorithm other: /);
  });

  test("tornadoContent is empty without a baseline, or where only one parameter varies alone", () => {
    expect(labels({ ...DATA, baseline: undefined })).toEqual([]);
    const points = DATA.points.filter(({ parameters }) => parameters["algorithm"] === "round_robin");
    expect(labels({ ...DATA, points })).toEqual([]);
  });
});
