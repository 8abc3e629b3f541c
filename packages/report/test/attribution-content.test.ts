import { describe, expect, test } from "vitest";
import { TONES } from "../src/charts/tones.js";
import {
  attributionAcross,
  attributionDrawing,
  attributionOf,
  attributionTable,
} from "../src/content/attribution-content.js";
import { chartFiles, renderHtml, renderMarkdown } from "../src/index.js";
import { elementsIn, parsedMarkup } from "./fixtures/parsed-markup.js";
import { SHIFT, withAttribution } from "./fixtures/sample-attribution.js";
import { sampleReport } from "./fixtures/sample-report.js";

const PLAIN = sampleReport();
const DATA = withAttribution(PLAIN);
const [FIRST, SECOND] = DATA.points;
const ATTRIBUTION = attributionOf(DATA)!;

/** Widths of the pieces of each bar, as shares of the widest bar. */
function pieces(body: string): readonly number[] {
  const rectangles = elementsIn(parsedMarkup(body)).filter(
    ({ name, attributes }) => name === "rect" && attributes.get("height") === "20",
  );
  return rectangles.map(({ attributes }) => Number(attributes.get("width")));
}

describe("attributionOf", () => {
  test("attributionOf has what takes time, in the order of the metrics, and whose time it is", () => {
    expect(ATTRIBUTION.parts.map(({ name }) => name)).toEqual(["network", "cpu_wait", "io"]);
    expect(ATTRIBUTION.statistics).toEqual(["mean", "p95"]);
    expect(new Set(ATTRIBUTION.parts.map(({ tone }) => tone)).size).toBe(3);
  });

  test("attributionOf of results without is undefined, and the page says how to get one", () => {
    expect(attributionOf(PLAIN)).toBeUndefined();
    expect(renderHtml(PLAIN)).toContain("--set sim_settings.attribution=true");
    expect(renderHtml(DATA)).not.toContain("--set sim_settings.attribution=true");
  });

  test("attributionOf gives a part that it does not know a tone too", () => {
    const metrics = [{ name: "attribution_prayer_ratio_mean", unit: "ratio", description: "" }];
    const summary = [{ ...DATA.summary[0]!, metric: "attribution_prayer_ratio_mean", estimate: 1 }];
    expect(attributionOf({ ...PLAIN, metrics, summary })!.parts).toEqual([{ name: "prayer", tone: TONES.length - 1 }]);
  });
});

describe("attributionDrawing", () => {
  test("attributionDrawing has a bar for each quantile whose pieces are as wide as the shares of the summary", () => {
    const { drawing } = attributionDrawing(ATTRIBUTION, DATA, SECOND!)!;
    const widths = pieces(drawing.body.toString());
    expect(widths).toHaveLength(6);
    const whole = widths.slice(0, 3).reduce((sum, width) => sum + width, 0);
    const shares = ["mean", "p95"].flatMap((statistic) =>
      ["network", "cpu_wait", "io"].map(
        (part) =>
          DATA.summary.find(
            (row) => row.point_id === SECOND!.point_id && row.metric === `attribution_${part}_ratio_${statistic}`,
          )!.estimate,
      ),
    );
    for (const [index, width] of widths.entries()) expect(width / whole).toBeCloseTo(shares[index]!, 3);
    expect(shares[1]).toBeCloseTo(0.1 + SHIFT, 12);
  });

  test("attributionDrawing says the largest shares in words, with the latency that they are of", () => {
    const { label } = attributionDrawing(ATTRIBUTION, DATA, FIRST!)!.drawing;
    expect(label).toContain("around p95 · 70.0 ms: network 40.0 %, io 40.0 %, cpu_wait 20.0 %");
    expect(label).not.toContain("ram_wait");
  });

  test("attributionDrawing of a point without completed runs is not there", () => {
    expect(attributionDrawing(ATTRIBUTION, DATA, { point_id: "none", parameters: {} })).toBeUndefined();
  });
});

describe("attributionAcross", () => {
  test("attributionAcross has a bar for each point, for the quantile that an objective is about", () => {
    const { drawing, caption } = attributionAcross(ATTRIBUTION, DATA)!;
    expect(caption).toContain("around the p95 of latency");
    expect(pieces(drawing.body.toString())).toHaveLength(3 * DATA.points.length);
    expect(attributionAcross(ATTRIBUTION, { ...DATA, points: [FIRST!] })).toBeUndefined();
  });
});

describe("attributionTable", () => {
  test("attributionTable has every share with its interval", () => {
    const { columns, rows } = attributionTable(ATTRIBUTION, DATA, SECOND!);
    expect(columns.map(({ heading }) => heading)).toEqual([
      "time goes to",
      "all requests",
      "95 % interval",
      "around p95",
      "95 % interval",
    ]);
    const texts = rows.map((row) => row.map(({ text }) => text));
    expect(texts[1]).toEqual(["cpu_wait", "15.00 %", "[14.00, 16.00]", "25.00 %", "[24.00, 26.00]"]);
  });
});

describe("a report with an attribution", () => {
  test("renderMarkdown has a table for each point in full, chartFiles a chart for each point and one of all", () => {
    const markdown = renderMarkdown(DATA);
    const inFull = DATA.details.filter(({ in_full }) => in_full).length;
    expect(markdown.match(/^### Shares of latency at /gm)).toHaveLength(inFull);
    expect(markdown).toContain("| cpu\\_wait | 15.00 % |");
    const files = chartFiles(DATA).map(({ file }) => file);
    expect(files).toContain("attribution.svg");
    expect(files.filter((file) => /^point-\d+-attribution/.test(file))).toHaveLength(DATA.details.length);
  });
});

describe("TONES", () => {
  test.each(TONES)("TONES: text on $fill has a contrast of 4.5 at least", ({ fill, on }) => {
    const text = on === "white" ? 1 : 0;
    const [light, dark] = [luminance(fill), text].toSorted((a, b) => b - a) as [number, number];
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
