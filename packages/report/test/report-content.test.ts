import { describe, expect, test } from "vitest";
import { changeContent } from "../src/content/change-content.js";
import { estimatesContent, leadingMetrics, pointContent } from "../src/content/estimates-content.js";
import { headline } from "../src/content/headline.js";
import { objectivesContent } from "../src/content/objectives-content.js";
import { componentDrawings, pointDrawings } from "../src/content/point-drawings.js";
import { qualityContent } from "../src/content/quality-content.js";
import { heatMapContent, responseContent } from "../src/content/response-content.js";
import { exceedanceChart } from "../src/charts/exceedance-chart.js";
import type { ContentTable } from "../src/content/content-table.js";
import { chartFiles, type ReportData, type ReportObjective } from "../src/index.js";
import { elementsIn, parsedMarkup } from "./fixtures/parsed-markup.js";
import { EXCEEDANCE } from "./fixtures/sample-columns.js";
import { sampleReport } from "./fixtures/sample-report.js";

const DATA = sampleReport();

function texts({ columns, rows }: ContentTable): readonly (readonly string[])[] {
  return [columns.map(({ heading }) => heading), ...rows.map((row) => row.map(({ text }) => text))];
}

describe("headline", () => {
  const objectives = (verdict: ReportObjective["verdict"]): ReportData["objectives"] =>
    DATA.objectives.map((row) => ({ ...row, verdict }));

  test.each([
    [{ objectives: objectives("pass"), exit_code: 0 } as const, "pass", "Objectives met at all 6 points"],
    [
      { objectives: objectives("inconclusive"), exit_code: 11 } as const,
      "inconclusive",
      "Objectives inconclusive at 6 of 6 points",
    ],
    [{ objectives: DATA.objectives.slice(4, 5), exit_code: 10 } as const, "fail", "Objectives broken at 1 of 6 points"],
    [{ objectives: DATA.objectives.slice(4, 5), points: DATA.points.slice(4, 5) }, "fail", "1 of 1 objective broken"],
    [{ objectives: objectives("pass").slice(4, 5), points: DATA.points.slice(4, 5) }, "pass", "1 objective met"],
    [{ objectives: [], exit_code: 0 } as const, undefined, "Estimates only: no objectives were set"],
    [{ outcomes: { ...DATA.outcomes, failed: 1 }, exit_code: 12 } as const, "fail", "1 run failed"],
  ])("headline of case %# tells the worst", (change, verdict, text) => {
    expect(headline({ ...DATA, ...change })).toMatchObject({ verdict, text });
  });
});

describe("objectivesContent", () => {
  test("objectivesContent has a row for each point, with what is still needed", () => {
    const [table] = objectivesContent(DATA);
    expect(table!.caption).toBe("latency_s_p95 below 0.2 in 90 % of runs");
    expect(texts(table!).slice(-1)).toEqual([
      ["400", "other", "inconclusive", "90.0 %", "[79.0, 96.0]", "limit 90.00 %", "40", "2", "about 120"],
    ]);
  });

  test("objectivesContent draws a mean and its limit in the unit of the metric", () => {
    const row = { ...DATA.objectives[0]!, estimand: "mean", estimate: 0.1, bound_low: 0.09, bound_high: 0.11 };
    const [table] = objectivesContent({ ...DATA, objectives: [row] });
    expect(texts(table!)[1]!.slice(2, 6)).toEqual(["met", "100.0 ms", "[90.0, 110.0]", "limit 200.0 ms"]);
    expect(table!.rows[0]![5]!.drawing!.label).toBe("met: 100.0 ms [90.0, 110.0], limit 200.0 ms");
  });

  test("objectivesContent says where more runs may not tell", () => {
    const row = { ...DATA.objectives[2]!, n_needed: Number.NaN };
    expect(texts(objectivesContent({ ...DATA, objectives: [row] })[0]!)[1]!.at(-1)).toBe(
      "on the limit: more replications may not tell",
    );
  });
});

describe("changeContent", () => {
  test("changeContent puts what is worse and what objectives are about first", () => {
    const { tables } = changeContent(DATA.change!, DATA);
    const [verdicts, differences] = tables;
    expect(
      texts(verdicts!)
        .slice(1)
        .map((row) => row.slice(3)),
    ).toEqual([
      ["met", "inconclusive"],
      ["met", "broken"],
      ["met", "inconclusive"],
    ]);
    expect(
      texts(differences!)
        .slice(1)
        .map((row) => row.slice(2, 4)),
    ).toEqual([
      ["latency_s_p95", "worse"],
      ["api.ready_queue_mean", "worse"],
      ["latency_s_p95", "better"],
    ]);
    expect(texts(differences!)[1]!.slice(4)).toEqual(["100.0 ms", "110.0 ms", "10.0 ms", "[8.0, 12.0]"]);
  });

  test("changeContent says how many are shown, and what only one of the two has", () => {
    const rows = Array.from({ length: 30 }, () => DATA.change!.rows[1]!);
    const { sentences, tables } = changeContent({ ...DATA.change!, rows }, DATA);
    expect(tables[1]!.rows).toHaveLength(15);
    expect(sentences).toEqual([
      "30 comparisons of a metric at a point: worse 30. Claimed differences are together 95 % sure (Holm).",
      "The first 15 of 30 differences are shown, what is worse and what objectives are about first; loadstar compare shows all.",
      "Only one of the two has 1 point.",
    ]);
  });

  test("changeContent of identical results is one sentence", () => {
    const change = { ...DATA.change!, identical: true, rows: [] };
    expect(changeContent(change, DATA)).toEqual({
      sentences: ["Identical: all tables have the same digests, to the last bit."],
      tables: [],
    });
  });
});

describe("estimatesContent", () => {
  test("estimatesContent names what is absent, and counts the fewest runs", () => {
    const summary = DATA.summary.filter(
      ({ point_id, metric }) => point_id !== DATA.points[0]!.point_id || metric !== "latency_s_p50",
    );
    const table = estimatesContent({ ...DATA, summary }, ["latency_s_p50", "throughput_per_s"]);
    expect(texts(table)[1]).toEqual(["100", "round_robin", "-", "", "100.0/s", "[96.0, 104.0]", "0"]);
  });

  test("leadingMetrics are the usual ones in their order; metrics of objectives are among them", () => {
    expect(leadingMetrics(DATA, 2)).toEqual(["latency_s_p95", "latency_s_p99"]);
    const objectives = [{ ...DATA.objectives[0]!, metric: "api.ready_queue_mean" }];
    expect(leadingMetrics({ ...DATA, objectives }, 2)).toEqual(["latency_s_p95", "api.ready_queue_mean"]);
    expect(leadingMetrics({ ...DATA, objectives: [], metrics: DATA.metrics.slice(4) }, 2)).toEqual([
      "api.ready_queue_mean",
    ]);
  });

  test("pointContent lists every estimate of a point with its method and remarks", () => {
    const rows = texts(pointContent(DATA, DATA.points[0]!).table).slice(1);
    expect(rows).toHaveLength(7);
    expect(rows.at(-2)).toEqual([
      "latency_s_p95",
      "quantile 0.95",
      "70.0 ms",
      "[67.2, inf]",
      "40",
      "0",
      "order statistics",
      "ci high unbounded needs 72",
    ]);
    expect(rows.at(-1)!.slice(0, 4)).toEqual([
      "replication_completed_ratio",
      "probability",
      "100.00 %",
      "[91.00, 100.00]",
    ]);
  });
});

describe("qualityContent", () => {
  test("qualityContent counts what the estimates of each point rest on", () => {
    // A metric that only 39 of 40 runs have.
    const summary = DATA.summary.map((row) =>
      row.point_id === DATA.points[5]!.point_id && row.metric === "latency_s_p50" ? { ...row, n: 39 } : row,
    );
    expect(texts(qualityContent({ ...DATA, summary })).slice(-2)).toEqual([
      ["400", "round_robin", "40", "0", "0", "0", "0", "1", "5.0 ×"],
      ["400", "other", "40", "2", "1", "5", "0", "1", "1.1 ×"],
    ]);
  });
});

describe("qualityContent of what is not there", () => {
  test("qualityContent without a baseline has no column for it; the baseline itself has no reduction", () => {
    expect(texts(qualityContent({ ...DATA, baseline: undefined }))[0]).not.toContain("variance reduction");
    expect(texts(qualityContent(DATA))[1]!.at(-1)).toBe("-");
  });
});

describe("responseContent", () => {
  /** Heights at which a chart says that values stand: those of its ticks, by linear interpolation. */
  function heightOf(value: number, body: string): number {
    const grid = [...body.matchAll(/class="grid" d="M[\d.]+,([\d.]+)H[\d.]+"\/><text class="end"[^>]*>(\d+)\/s</g)];
    const [low, high] = [grid[0]!, grid.at(-1)!].map(([, y, text]) => ({ y: Number(y), value: Number(text) }));
    return low!.y + ((value - low!.value) / (high!.value - low!.value)) * (high!.y - low!.y);
  }

  test("responseContent draws every estimate where the axis says", () => {
    const chart = responseContent(DATA).find(({ name }) => name === "response-throughput_per_s-users")!;
    const body = chart.drawing.body.toString();
    const dots = elementsIn(parsedMarkup(body)).filter(
      ({ attributes }) => attributes.get("class")?.startsWith("dot") === true,
    );
    const circles = dots.filter(({ name }) => name === "circle").map(({ attributes }) => Number(attributes.get("cy")));
    const estimates = [0, 2, 4].map((index) => 100 + index);
    expect(circles).toHaveLength(3);
    for (const [index, height] of circles.entries()) expect(height).toBeCloseTo(heightOf(estimates[index]!, body), 0);
  });

  test("responseContent draws a line for each value of the other parameter, by words where values are no numbers", () => {
    const names = responseContent(DATA).map(({ name }) => name);
    expect(names).toEqual([
      "response-latency_s_p95-users",
      "response-latency_s_p95-algorithm",
      "response-throughput_per_s-users",
      "response-throughput_per_s-algorithm",
    ]);
    const [byUsers, byAlgorithm] = responseContent(DATA).map(({ drawing }) => drawing.body.toString());
    expect(byUsers).toContain(">other</text>");
    expect(byAlgorithm).toContain(">round_robin</text>");
  });

  test("responseContent leaves points unjoined that differ in every parameter", () => {
    const points = DATA.points.map((point, index) => ({ ...point, parameters: { a: index, b: index * index } }));
    const [chart] = responseContent({ ...DATA, points });
    expect(chart!.caption).toContain("other parameters vary too");
    expect(chart!.drawing.body.toString()).not.toContain('class="line"');
  });

  test("responseContent of many lines keeps to that of the first point", () => {
    const points = Array.from({ length: 16 }, (_, index) => ({
      point_id: `${index}`,
      parameters: { a: index % 2, b: index >> 1 },
    }));
    const summary = points.map(({ point_id }, index) => ({ ...DATA.summary[1]!, point_id, estimate: index }));
    const [chart] = responseContent({ ...DATA, points, summary, objectives: [] });
    expect(chart!.caption).toBe("latency_s_p95 by a, means over runs with their intervals; at b 0");
    const baseline = { ...DATA.baseline!, point_id: "7" };
    const [beside] = responseContent({ ...DATA, points, summary, objectives: [], baseline });
    expect(beside!.caption).toBe("latency_s_p95 by a, means over runs with their intervals; at b 3");
  });

  test("responseContent names lines by their values, and the parameters of several in the caption", () => {
    const points = Array.from({ length: 8 }, (_, index) => ({
      point_id: `${index}`,
      parameters: { a: index % 2, b: (index >> 1) % 2, c: index >> 2 === 0 ? "x" : "y" },
    }));
    const summary = points.map(({ point_id }, index) => ({ ...DATA.summary[1]!, point_id, estimate: index }));
    const [chart] = responseContent({ ...DATA, points, summary, objectives: [] });
    expect(chart!.caption).toBe("latency_s_p95 by a, means over runs with their intervals; lines by b, c");
    expect(chart!.drawing.body.toString()).toContain(">1, y</text>");
  });
});

describe("heatMapContent", () => {
  test("heatMapContent draws the frontier between what passes and what does not", () => {
    const [map] = heatMapContent(DATA);
    const body = map!.drawing.body.toString();
    expect(map!.caption).toContain("its frontier");
    // 100: pass pass; 200: open pass; 400: fail open. Columns are users, the first row stands at the bottom.
    const [frontier] = [...body.matchAll(/class="frontier" d="([^"]*)"/g)].map(([, path]) => path!);
    expect(frontier!.match(/v/g)).toHaveLength(2);
    expect(frontier!.match(/h/g)).toHaveLength(1);
  });

  test("heatMapContent is only there where two parameters vary", () => {
    const points = DATA.points.map((point) => ({ ...point, parameters: { users: point.parameters["users"]! } }));
    expect(heatMapContent({ ...DATA, points })).toEqual([]);
  });
});

describe("pointDrawings", () => {
  test("pointDrawings are the distribution, the exceedance, then the series of the whole system", () => {
    expect(pointDrawings(DATA.details[1]!, DATA).map(({ name }) => name)).toEqual([
      "distribution-latency_s",
      "exceedance-latency_s_p95",
      "series-throughput_per_s",
      "series-errors_per_s",
      "series-latency_s_mean",
    ]);
  });

  test("pointDrawings leaves out errors over time where there are none", () => {
    expect(pointDrawings(DATA.details[0]!, DATA).map(({ name }) => name)).toEqual([
      "distribution-latency_s",
      "exceedance-latency_s_p95",
      "series-throughput_per_s",
      "series-latency_s_mean",
    ]);
  });

  test("pointDrawings leaves out a curve of one value and a histogram without values", () => {
    const detail = DATA.details[1]!;
    const one = { ...detail.exceedances[0]!, value: Float64Array.of(1) };
    const none = { metric: "latency_s", buckets: { indices: new Int32Array(0), counts: new Float64Array(0) } };
    const drawings = pointDrawings({ ...detail, series: [], exceedances: [one], histograms: [none] }, DATA);
    expect(drawings).toEqual([]);
  });
});

describe("componentDrawings", () => {
  test("componentDrawings groups by component, links by quantity, and leaves out what is 0 all the time", () => {
    const detail = DATA.details[1]!;
    const idle = { ...detail.series[2]!, metric: "api.ram_queue_mean", mean: new Float64Array(12) };
    const groups = componentDrawings({ ...detail, series: [...detail.series, idle] }, DATA);
    expect(groups.map(({ title, drawings }) => [title, drawings.map(({ caption }) => caption)])).toEqual([
      ["api", ["ready_queue_mean", "cpu_utilization_ratio"]],
      ["connections_mean", ["uplink"]],
    ]);
  });
});

describe("chartFiles", () => {
  test("chartFiles names every chart once, plainly", () => {
    const names = chartFiles(sampleReport()).map(({ file }) => file);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 3)).toEqual(["system.svg", "heat-map-1.svg", "tornado-latency_s_p95.svg"]);
    expect(names).toContain("response-latency_s_p95-algorithm.svg");
    expect(names).toContain("point-2-series-api.ready_queue_mean.svg");
  });

  test("chartFiles in light colours need no variables, and draw the same", () => {
    const light = chartFiles(DATA, "light");
    for (const [index, { file, text }] of chartFiles(DATA).entries()) {
      expect(light[index]!.file).toBe(file);
      expect(light[index]!.text).not.toMatch(/var\(|@media|:root|undefined/);
      expect(light[index]!.text).toContain(".chart .line{stroke:#0b5cad;");
      expect(light[index]!.text.split("</style>")[1]).toBe(text.split("</style>")[1]);
    }
  });

  test("chartFiles never lets a name from data leave the directory", () => {
    const metrics = ["../../etc/passwd", "..", "a/b", "A/B"].map((name) => ({
      ...DATA.details[1]!.series[2]!,
      metric: `${name}.x`,
    }));
    const details = [{ ...DATA.details[1]!, series: metrics }];
    const names = chartFiles({ ...DATA, details }).map(({ file }) => file);
    expect(names.filter((name) => !/^[A-Za-z][A-Za-z0-9._-]*\.svg$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });
});

describe("exceedanceChart", () => {
  test.each([
    [0.2, ">limit</text>", 1],
    [1, ">limit</text>", 1],
    [1.01, ">limit 1.010 s →</text>", 0],
    [-1, ">← limit -1.000 s</text>", 0],
  ])("exceedanceChart draws a limit of %d on its axis only where it is near", (limit, text, lines) => {
    const options = { label: "", metric: "latency_s_p95", unit: "s", limit };
    const body = exceedanceChart(EXCEEDANCE, options).body.toString();
    expect(body).toContain(text);
    expect(body.match(/class="limit"/g) ?? []).toHaveLength(lines);
  });
});
