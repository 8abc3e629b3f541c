import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { svgFile } from "../src/charts/drawing.js";
import { SAMPLE_CHARTS } from "./fixtures/sample-charts.js";
import { elementsIn, parsedMarkup } from "./fixtures/parsed-markup.js";

// Frozen pictures: open them in a browser, look at what changed, then accept it with `vitest -u`.

describe("svgFile", () => {
  test.each(Object.entries(SAMPLE_CHARTS))("svgFile of %s is its golden file", async (name, drawing) => {
    await expect(svgFile(drawing)).toMatchFileSnapshot(`golden/${name}.svg`);
  });

  test("svgFile has a golden file for every chart function, and none without a chart", () => {
    const charts = readdirSync(new URL("../src/charts/", import.meta.url))
      .map((file) => file.replace(".ts", ""))
      .filter((name) => /-(chart|map|drawing|bar)$/.test(name));
    const golden = readdirSync(new URL("golden/", import.meta.url)).map((file) => file.replace(".svg", ""));
    expect(charts.filter((name) => !golden.includes(name))).toEqual([]);
    expect(golden.toSorted()).toEqual(Object.keys(SAMPLE_CHARTS).toSorted());
  });

  test.each(Object.entries(SAMPLE_CHARTS))("svgFile of %s keeps within its own size and names itself", (_, drawing) => {
    const [svg] = elementsIn(parsedMarkup(svgFile(drawing)));
    expect(svg!.attributes.get("aria-label")).toBe(drawing.label);
    for (const { name, attributes } of elementsIn(svg!)) {
      for (const [key, most] of [
        ["x", drawing.width],
        ["cx", drawing.width],
        ["y", drawing.height],
        ["cy", drawing.height],
      ] as const) {
        const value = attributes.get(key);
        if (value === undefined) continue;
        expect(Number(value), `${key} of ${name}`).toBeGreaterThanOrEqual(name === "path" ? -Infinity : -10);
        expect(Number(value), `${key} of ${name}`).toBeLessThanOrEqual(most);
      }
    }
  });
});
