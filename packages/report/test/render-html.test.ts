import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { renderHtml } from "../src/index.js";
import { PAGE_SCRIPT, PAGE_SCRIPT_SHA256 } from "../src/html/page-script.js";
import { formatInterval } from "../src/quantity/format-interval.js";
import { elementsIn, parsedMarkup, textIn, type ParsedElement } from "./fixtures/parsed-markup.js";
import { PLAIN_NAMES, sampleReport, type SampleNames } from "./fixtures/sample-report.js";

const PAGE = renderHtml(sampleReport());
const ELEMENTS = elementsIn(parsedMarkup(PAGE));

function named(name: string, elements: readonly ParsedElement[] = ELEMENTS): readonly ParsedElement[] {
  return elements.filter((element) => element.name === name);
}

describe("renderHtml", () => {
  test("renderHtml says the verdict first, with counts and exit code", () => {
    const [header] = named("header");
    const text = textIn(header!).replaceAll(/\s+/g, " ");
    expect(text).toContain(
      "nightly Objectives broken at 1 of 6 points 3 met1 broken2 inconclusive6 points240 runs2 truncated",
    );
    expect(text).toContain("exit code 10: an objective is proven broken");
  });

  test("renderHtml has the sections in the order of what a reader asks, and contents that lead to them", () => {
    const titles = named("h2").map(textIn);
    const expected = [
      "What changed",
      "Against the baseline",
      "Objectives",
      "Across points",
      "System",
      "Point by point",
      "Data quality",
      "Appendix",
    ];
    expect(titles).toEqual(expected);
    const ids = new Set(ELEMENTS.map(({ attributes }) => attributes.get("id")));
    const targets = named("a").map(({ attributes }) => attributes.get("href")!);
    expect(targets.length).toBeGreaterThan(expected.length);
    expect(targets.filter((target) => !ids.has(target.slice(1)))).toEqual([]);
  });

  test("renderHtml leaves out sections that have nothing to show", () => {
    const data = sampleReport();
    const bare = {
      ...data,
      change: undefined,
      baseline: undefined,
      objectives: [],
      details: [],
      system: { ...data.system, nodes: [] },
    };
    const elements = elementsIn(parsedMarkup(renderHtml({ ...bare, points: [], summary: [], exit_code: 0 })));
    expect(named("h2", elements).map(textIn)).toEqual(["Estimates", "Data quality", "Appendix"]);
    expect(textIn(named("header", elements)[0]!)).toContain("exit code 0: nothing was judged");
  });

  test("renderHtml gives every heading level in turn, every chart a text, every table a caption and headings", () => {
    const levels = ELEMENTS.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    const charts = named("svg").filter(({ attributes }) => attributes.get("aria-hidden") !== "true");
    expect(charts.length).toBeGreaterThan(20);
    for (const { attributes } of charts) {
      expect(attributes.get("role")).toBe("img");
      expect(attributes.get("aria-label")!.length).toBeGreaterThan(5);
    }
    for (const table of named("table")) {
      const parts = elementsIn(table);
      expect(textIn(named("caption", parts)[0]!)).not.toBe("");
      const columns = named("th", parts).filter(({ attributes }) => attributes.get("scope") === "col").length;
      for (const row of named("tr", parts)) expect(row.children).toHaveLength(columns);
    }
  });

  test("renderHtml opens the points that are broken, and draws components only of those in full", () => {
    const points = named("details").filter(({ attributes }) => attributes.get("class") === "point");
    const open = points.filter(({ attributes }) => attributes.has("open"));
    expect(open.map(({ attributes }) => attributes.get("data-title"))).toEqual(["users 400, algorithm round_robin"]);
    expect(points.map((point) => named("h4", elementsIn(point)).map(textIn))).toEqual([
      [],
      ...points.slice(1).map(() => ["api", "connections_mean"]),
    ]);
  });

  test("renderHtml lets only its own script run: the policy has its digest", () => {
    expect(createHash("sha256").update(PAGE_SCRIPT).digest("base64")).toBe(PAGE_SCRIPT_SHA256);
    expect(named("script").map(textIn)).toEqual([PAGE_SCRIPT]);
    const policy = named("meta").find(({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy");
    expect(policy!.attributes.get("content")).toContain(`script-src 'sha256-${PAGE_SCRIPT_SHA256}'`);
    expect(policy!.attributes.get("content")).toContain("default-src 'none'");
  });

  test("renderHtml refers to nothing outside the page", () => {
    for (const { name, attributes } of ELEMENTS) {
      for (const [key, value] of attributes) {
        if (["href", "src", "action", "data", "xlink:href"].includes(key)) expect(value, name).toMatch(/^(#|data:,$)/);
      }
    }
    const style = named("style").map(textIn).join("");
    expect(style).not.toMatch(/url\(|@import/);
  });

  test("renderHtml shows the numbers of the summary, rounded, and holds them in full", () => {
    const data = sampleReport();
    const across = named("section").find(({ attributes }) => attributes.get("id") === "across")!;
    const [table] = named("table", elementsIn(across));
    const rows = named("tr", elementsIn(table!)).slice(1);
    for (const [index, { point_id }] of data.points.entries()) {
      const row = data.summary.find((one) => one.point_id === point_id && one.metric === "latency_s_p95")!;
      const [, , estimate, interval] = rows[index]!.children as readonly ParsedElement[];
      expect(Number(estimate!.attributes.get("data-value"))).toBe(row.estimate);
      expect(`${textIn(estimate!)} ${textIn(interval!)}`).toBe(formatInterval(row, "s"));
    }
    const titles = named("title", elementsIn(across)).map(textIn);
    const last = data.summary.find(
      (one) => one.point_id === data.points[5]!.point_id && one.metric === "latency_s_p95",
    )!;
    expect(titles).toContain(`users 400, algorithm other: ${formatInterval(last, "s")}`);
  });

  test("renderHtml of the same data gives the same bytes", () => {
    expect(renderHtml(sampleReport())).toBe(PAGE);
  });
});

describe("renderHtml of names that want to be more than names", () => {
  const hostile: SampleNames = {
    sweep: `</title><script>alert("sweep")</script>`,
    server: `"><img src=x onerror=alert('server')>`,
    link: "</svg><iframe src=https://example.org>",
    event: "</text><a href=javascript:alert(1)>event</a>",
    parameter: `x" onmouseover="alert('parameter')`,
    word: "\u202eعربي العنوان\u0000\n<b>",
    reason: "<style>*{display:none}</style>" + "long ".repeat(400),
  };
  const long = Object.fromEntries(
    Object.entries(PLAIN_NAMES).map(([key, name]) => [key, `${name} ${"long ".repeat(20)}`]),
  ) as unknown as SampleNames;
  const pairsOf = (names: SampleNames): ReadonlySet<string> =>
    new Set(
      elementsIn(parsedMarkup(renderHtml(sampleReport(names)))).flatMap(({ name, attributes }) => [
        name,
        ...[...attributes.keys()].map((key) => `${name} ${key}`),
      ]),
    );

  test("renderHtml has no element and no attribute that came from data", () => {
    expect([...pairsOf(hostile)].filter((pair) => !pairsOf(long).has(pair))).toEqual([]);
  });

  test("renderHtml shows such names, escaped and with their control characters visible", () => {
    const page = parsedMarkup(renderHtml(sampleReport(hostile)));
    const text = textIn(page);
    for (const name of [hostile.sweep, hostile.server, hostile.link, hostile.parameter]) expect(text).toContain(name);
    expect(text).toContain(String.raw`\u{202e}عربي العنوان\u{0}\n<b>`);
    // eslint-disable-next-line no-control-regex
    expect(renderHtml(sampleReport(hostile))).not.toMatch(/[\u202e\0]/);
  });

  test("renderHtml cuts a name that is a book", () => {
    const book = "chapter ".repeat(5000);
    const page = renderHtml(sampleReport({ ...PLAIN_NAMES, sweep: book, reason: book }));
    expect(page.length).toBeLessThan(PAGE.length + 2000);
  });

  test("parsedMarkup throws at what is not escaped: the control of the tests above", () => {
    expect(() => parsedMarkup(PAGE.replace("nightly", "<nightly"))).toThrow();
    expect(() => parsedMarkup(PAGE.replace("1 of 6", "1 & 6"))).toThrow(/not escaped/);
  });
});
