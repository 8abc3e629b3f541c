import { describe, expect, test } from "vitest";
import { coarser } from "../src/charts/coarser.js";
import { componentSeries } from "../src/content/component-series.js";
import { componentsContent } from "../src/content/components-content.js";
import { pointContent } from "../src/content/estimates-content.js";
import { partsOfSets } from "../src/content/parts-of-sets.js";
import { componentDrawings } from "../src/content/point-drawings.js";
import { utilizationsContent } from "../src/content/utilizations-content.js";
import { renderHtml, type ReportData, type ReportSeries, type SystemOutline } from "../src/index.js";
import { elementsIn, parsedMarkup, textIn } from "./fixtures/parsed-markup.js";
import { sampleReport } from "./fixtures/sample-report.js";

const DATA = sampleReport();

const SYSTEM: SystemOutline = {
  ...DATA.system,
  nodes: [
    { id: "web", kind: "server", detail: "", replicas: 2 },
    { id: "app", kind: "server", detail: "", replicas: 3 },
    { id: "app-9", kind: "server", detail: "", replicas: 1 },
  ],
  links: [{ id: "web-app", source: "web", target: "app", is_call: true }],
};

describe("partsOfSets", () => {
  test.each([
    ["app-2", "app"],
    ["app-12-in", "app-in"],
    ["web-app-1", "web-app"],
    ["app", undefined],
    ["app-9", undefined], // a server of its own
    ["db-1", undefined],
    ["app-x", undefined],
  ])("partsOfSets of %s is %s", (component, set) => {
    expect(partsOfSets(SYSTEM)(component)).toBe(set);
  });
});

function series(metric: string, mean: readonly number[]): ReportSeries {
  const values = Float64Array.from(mean);
  return {
    metric,
    t_s: Float64Array.from(mean, (_, cell) => cell + 1),
    mean: values,
    band_low: values,
    band_high: values,
  };
}

describe("componentSeries", () => {
  test("componentSeries draws sets instead of their parts, and sums of parts where nothing else was recorded", () => {
    const shown = componentSeries(
      [
        series("app-1.ready_queue_mean", [1, 2]),
        series("app-2.ready_queue_mean", [3, 4]),
        series("app.ready_queue_mean", [4, 6]),
        series("web-app-1.connections_mean", [1, 0]),
        series("web-app-2.connections_mean", [2, 5]),
        series("web-1.cpu_utilization_ratio", [0.5, 0.5]),
        series("web-2.cpu_utilization_ratio", [0.7, 0.3]),
        series("app-9.ready_queue_mean", [7, 7]),
        series("app.ram_queue_mean", [0, 0]),
        series("throughput_per_s", [9, 9]),
      ],
      SYSTEM,
    );
    expect(shown.map(({ metric, mean }) => [metric, Array.from(mean)])).toEqual([
      ["app.ready_queue_mean", [4, 6]],
      ["app-9.ready_queue_mean", [7, 7]],
      ["web-app.connections_mean", [3, 5]],
      ["web.cpu_utilization_ratio", [0.6, 0.4]], // shares are averaged
    ]);
    expect(Array.from(shown.at(-1)!.band_low)).toEqual([NaN, NaN]);
  });
});

describe("coarser", () => {
  const columns = {
    t_s: [1, 2, 3, 4, 5],
    mean: [1, 3, NaN, 4, 6],
    band_low: [0, 2, 1, 3, 5],
    band_high: [2, 4, 3, 5, 7],
  };

  test("coarser averages neighbours, calls them by their end and leaves out what is not known", () => {
    const { t_s, mean, band_low, band_high } = coarser(columns, 3);
    expect([t_s, mean, band_low, band_high].map((one) => Array.from(one))).toEqual([
      [2, 4, 5],
      [2, 4, 6],
      [1, 2, 5],
      [3, 4, 7],
    ]);
  });

  test("coarser leaves columns that are short enough as they are", () => {
    expect(coarser(columns, 5)).toBe(columns);
  });
});

/** A report of a point with so many components: the later, the busier; the first is a set of two. */
function largeReport(components: number): ReportData {
  const [point, other] = DATA.points;
  const ids = Array.from({ length: components }, (_, index) =>
    index < 26 ? `service-${String.fromCharCode(97 + index)}` : `service-x${index}`,
  );
  const own = ids.flatMap((id, index) => [
    { metric: `${id}.cpu_utilization_ratio`, estimate: 0.1 + index / 100 },
    { metric: `${id}.ready_queue_mean`, estimate: index },
    { metric: `${id}.ram_queue_mean`, estimate: 0 },
  ]);
  const parts = [1, 2].map((part) => ({ metric: `${ids[0]}-${part}.cpu_utilization_ratio`, estimate: 0.99 }));
  const pool = { metric: `${ids[0]}.db_pool_utilization_ratio`, estimate: 0.45 };
  const rows = [...own, ...parts, pool].flatMap((row) =>
    [point!, other!].map(({ point_id }) => ({
      ...DATA.summary[0]!,
      point_id,
      ...row,
      std_error: row.estimate / 1000,
      ci_low: row.estimate,
      ci_high: row.estimate,
    })),
  );
  const metrics = [...own, ...parts, pool].map(({ metric }) => ({ name: metric, unit: "1", description: "" }));
  return {
    ...DATA,
    points: [point!, other!],
    baseline: undefined,
    change: undefined,
    objectives: [],
    metrics,
    summary: rows,
    units: new Map(metrics.map(({ name }) => [name, name.endsWith("_ratio") ? "ratio" : "1"])),
    system: { ...DATA.system, nodes: ids.map((id) => ({ id, kind: "server", detail: "", replicas: 1 })) },
    details: [
      {
        ...DATA.details[1]!,
        point_id: point!.point_id,
        series: ids.flatMap((id) => [
          series(`${id}.cpu_utilization_ratio`, [0.5, 0.5]),
          series(`${id}.ready_queue_mean`, [1, 2]),
        ]),
      },
    ],
  };
}

describe("componentsContent", () => {
  test("componentsContent has the busiest component first, sets instead of parts, and only what there is to tell", () => {
    const data = largeReport(10);
    const { columns, rows } = componentsContent(data, data.points[0]!)!;
    expect(columns.map(({ heading }) => heading)).toEqual([
      "component",
      "cpu_utilization_ratio",
      "ready_queue_mean",
      "what else is in use most",
    ]);
    const texts = rows.map((row) => row.map(({ text }) => text));
    expect(texts).toHaveLength(10);
    expect(texts[0]).toEqual(["service-a", "10.000 %", "0", "db_pool 45.000 %"]);
    expect(texts[1]).toEqual(["service-j", "19.000 %", "9.0000", "-"]);
    expect(texts.at(-1)![0]).toBe("service-b");
  });

  test("componentsContent of two components is not there", () => {
    const data = largeReport(2);
    expect(componentsContent(data, data.points[0]!)).toBeUndefined();
  });
});

describe("utilizationsContent", () => {
  test("utilizationsContent has the highest shares by point", () => {
    const { columns, rows, caption } = utilizationsContent(largeReport(14))!;
    expect(columns.map(({ heading }) => heading)).toEqual([
      "metric",
      "users 100, algorithm round_robin",
      "users 100, algorithm other",
    ]);
    expect(rows).toHaveLength(12);
    expect(rows[0]!.map(({ text }) => text)).toEqual(["service-a.db_pool_utilization_ratio", "45.000 %", "45.000 %"]);
    expect(rows[1]![0]!.text).toBe("service-n.cpu_utilization_ratio");
    expect(caption).toContain("the 12 highest of 15");
  });

  test("utilizationsContent is there only with several components and a few points", () => {
    const data = largeReport(14);
    expect(utilizationsContent(largeReport(1))).toBeUndefined();
    expect(utilizationsContent({ ...data, points: data.points.slice(1) })).toBeUndefined();
  });
});

describe("componentDrawings of many components", () => {
  const titles = (components: number): readonly string[] => {
    const data = largeReport(components);
    return componentDrawings(data.details[0]!, data).map(({ title }) => title);
  };

  test("componentDrawings are sorted by how busy components are if there are many", () => {
    expect(titles(3)).toEqual(["service-a", "service-b", "service-c"]);
    expect(titles(9).slice(0, 3)).toEqual(["service-a", "service-i", "service-h"]);
  });

  test("renderHtml folds many components, but the busiest, and leaves few open", () => {
    const folded = (components: number): readonly (readonly [string, boolean])[] =>
      elementsIn(parsedMarkup(renderHtml(largeReport(components))))
        .filter(({ attributes }) => attributes.get("class") === "component")
        .map((element) => [textIn(elementsIn(element)[0]!), element.attributes.has("open")]);
    expect(folded(4)).toEqual([]);
    expect(folded(9)).toHaveLength(9);
    expect(folded(9).filter(([, open]) => open)).toEqual([["service-a", true]]);
  });
});

describe("pointContent of a large system", () => {
  test("pointContent leaves out single parts of sets and what is 0 in every run, and says how many", () => {
    const data = largeReport(100);
    const { table, left_out } = pointContent(data, data.points[0]!);
    expect(table.rows.map(([cell]) => cell!.text).filter((metric) => /-[12]\./.test(metric))).toEqual([]);
    // A hundred queues for memory, and the first queue for a core.
    expect(left_out).toBe(
      "Not listed: 2 of single parts of sets, 101 that are 0 or absent in every run. loadstar summary has all.",
    );
    expect(table.rows).toHaveLength(303 - 2 - 101);
  });

  test("pointContent of a small system leaves nothing out and says nothing", () => {
    const data = largeReport(10);
    expect(pointContent(data, data.points[0]!).table.rows).toHaveLength(33);
    expect(pointContent(DATA, DATA.points[0]!).left_out).toBe("");
  });
});
