import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  renderHistogram,
  renderResponseCurve,
  renderSensitivity,
  renderSparkline,
  renderStatistics,
  renderSummaryTable,
} from "../src/index.js";
import { HUMP, SAMPLE_MARKS, SAMPLE_METRICS, SAMPLE_VALUES } from "./fixtures/sample-run.js";
import { SAMPLE_SOBOL, SAMPLE_TORNADO } from "./fixtures/sample-sensitivity.js";
import { SAMPLE_CURVE, SAMPLE_POINTS, SAMPLE_ROWS, SAMPLE_UNITS } from "./fixtures/sample-summary.js";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const SUMMARY = { metrics: ["latency_s_p95", "throughput_per_s"], points: SAMPLE_POINTS, units: SAMPLE_UNITS };
const CURVE = { parameter: "users", metric: "throughput_per_s", unit: "1/s" };

describe("README", () => {
  test.each([
    ["renderStatistics", renderStatistics(SAMPLE_METRICS, SAMPLE_VALUES)],
    ["renderHistogram", renderHistogram(HUMP, { unit: "s", marks: SAMPLE_MARKS })],
    ["renderSparkline", renderSparkline([3, 4, 8, 15, NaN, 16, 23, 42, 40, 21, 9, 5])],
    ["renderSummaryTable", renderSummaryTable(SAMPLE_ROWS, { ...SUMMARY, width: 120 })],
    ["renderSummaryTable, narrow,", renderSummaryTable(SAMPLE_ROWS, { ...SUMMARY, width: 60 })],
    ["renderResponseCurve", renderResponseCurve(SAMPLE_CURVE, CURVE)],
    ["renderSensitivity, Sobol indices,", renderSensitivity(SAMPLE_SOBOL, {})],
    ["renderSensitivity, a tornado,", renderSensitivity(SAMPLE_TORNADO, { width: 110 })],
  ])("%s is shown in the README as it is", (_name, output) => {
    expect(README).toContain(`\`\`\`text\n${output}\n\`\`\``);
  });
});
