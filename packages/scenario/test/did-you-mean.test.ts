import { describe, expect, test } from "vitest";
import { didYouMean } from "../src/index.js";

describe("didYouMean", () => {
  test.each([
    ["latncy_s_p95", ["latency_s_p95", "latency_s_p99"], "latency_s_p95"],
    ["p95", ["app-1.service_s_p95", "latency_s_p95", "latency_s_p99"], "latency_s_p95"],
    ["cores", ["cpu_cores", "ram_mb"], "cpu_cores"],
    ["ram", ["cpu_cores", "ram_mb", "ram_per_connection_mb"], "ram_mb"],
    ["RAM", ["ram_mb"], "ram_mb"],
    ["core", ["cores", "cpu_core"], "cores"],
  ])("didYouMean %s of %j is %s", (name, known, meant) => {
    expect(didYouMean(name, known)).toBe(`: did you mean ${meant}?`);
  });

  test.each([
    ["duration", ["total_simulation_time", "warm_up_s"]],
    ["mb", ["ram_per_connection_mb"]],
    ["ore", ["cpu_cores", "core_count"]],
    ["x".repeat(201), [`${"x".repeat(201)}_s`]],
  ])("didYouMean %s of %j is nothing", (name, known) => {
    expect(didYouMean(name, known)).toBe("");
  });
});
