import { describe, expect, test } from "vitest";
import { renderSensitivity, type SensitivityTable } from "../src/index.js";
import { SAMPLE_MORRIS, SAMPLE_TORNADO } from "./fixtures/sample-sensitivity.js";
import { taggingPaint } from "./fixtures/tagging-paint.js";

describe("renderSensitivity", () => {
  test("renderSensitivity without factors says what it is about and no more", () => {
    expect(renderSensitivity({ ...SAMPLE_MORRIS, factors: [] } as SensitivityTable, {})).toBe("latency_s_p95");
    expect(renderSensitivity({ ...SAMPLE_TORNADO, factors: [] } as SensitivityTable, {})).toBe(
      "latency_s_p95 · 73.70 ms [72.80, 75.70] in the scenario as it is",
    );
  });

  test("renderSensitivity colours what it colours elsewhere", () => {
    const text = renderSensitivity(SAMPLE_MORRIS, { width: 80, paint: taggingPaint });
    expect(text.split("\n")[0]).toBe(taggingPaint.bold("latency_s_p95"));
    expect(text).toContain(taggingPaint.cyan("users"));
  });
});
