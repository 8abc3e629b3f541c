import { describe, expect, test } from "vitest";
import { renderSensitivity, type SensitivityTable } from "../src/index.js";
import { estimateOf, SAMPLE_MORRIS, SAMPLE_SOBOL, SAMPLE_TORNADO } from "./fixtures/sample-sensitivity.js";
import { taggingPaint } from "./fixtures/tagging-paint.js";

describe("renderSensitivity", () => {
  test("renderSensitivity without factors says what it is about and no more", () => {
    expect(renderSensitivity({ ...SAMPLE_MORRIS, factors: [] } as SensitivityTable, {})).toBe("latency_s_p95");
    expect(renderSensitivity({ ...SAMPLE_TORNADO, factors: [] } as SensitivityTable, {})).toBe(
      "latency_s_p95 · 73.70 ms [72.80, 75.70] in the scenario as it is",
    );
  });

  test("renderSensitivity shows shares to a hundredth of a per cent at most", () => {
    const tiny = estimateOf({ estimate: 6.7e-8, ci_low: -1.4e-8, ci_high: 1.5e-7 });
    const factors = [{ factor: "cpu_s", is_seed: false, first: tiny, total: tiny }];
    const text = renderSensitivity({ ...SAMPLE_SOBOL, factors } as SensitivityTable, { width: 100 });
    expect(text).toMatch(/\ncpu_s +0\.00 % {2}\[0\.00, 0\.00\] +0\.00 % {2}\[0\.00, 0\.00\]\n/);
  });

  test("renderSensitivity colours what it colours elsewhere", () => {
    const text = renderSensitivity(SAMPLE_MORRIS, { width: 80, paint: taggingPaint });
    expect(text.split("\n")[0]).toBe(taggingPaint.bold("latency_s_p95"));
    expect(text).toContain(taggingPaint.cyan("users"));
  });
});
