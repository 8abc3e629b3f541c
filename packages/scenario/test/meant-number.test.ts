import { describe, expect, test } from "vitest";
import { didYouMeanNumber, secondsIn } from "../src/index.js";

describe("didYouMeanNumber", () => {
  test.each([
    ["5m", "total_simulation_time", "300, in seconds"],
    ["50ms", "mean", "0.05, in seconds"],
    ["50 ms", "cpu_s", "0.05, in seconds"],
    ["1e3s", "timeout_s", "1000, in seconds"],
    ["2 min", "", "120, in seconds"],
    ["1h30m", "", "5400, in seconds"],
    ["1 h 30 min", "", "5400, in seconds"],
    ["0,5h", "", "1800, in seconds"],
    ["250µs", "io_s", "0.00025, in seconds"],
    ["0,003", "cpu_s", "0.003"],
    ["1,500", "mean", "1500 or 1.5"],
    ["1,500,000", "mean", "1500000"],
    ["1_000", "mean", "1000"],
    ["0.5", "mean", "0.5"],
    [" 7 ", "", "7"],
    ["5%", "error_ratio", "0.05"],
    ["1k", "mean", "1000"],
    ["512MB", "ram_mb", "512"],
    ["2 GiB", "ram_mb", "2048"],
    ["64 kb", "payload_kb", "64"],
    ["100 rps", "rate_per_s", "100"],
    ["1,500", "count", "1500"],
    ["1k", "count", "1000"],
  ])("didYouMeanNumber reads %j in %j as %s", (text, key, meant) => {
    expect(didYouMeanNumber(text, key)).toBe(`: did you mean ${meant}?`);
  });

  test.each([
    ["many", "mean"],
    ["", "mean"],
    ["5 parsecs", "mean"],
    ["1 month", "mean"],
    ["1.2.3", "mean"],
    ["1,5,3", "mean"],
    ["m", "mean"],
    ["5m", "ram_mb"],
    ["500m", "cpu_cores"],
    ["5s", "count"],
    ["5%", "count"],
    ["1e999", "mean"],
    ["1e999s", "mean"],
    ["9".repeat(41), "mean"],
    [null, "mean"],
    [["5m"], "mean"],
  ])("didYouMeanNumber makes nothing of %j in %j", (text, key) => {
    expect(didYouMeanNumber(text, key)).toBe("");
  });
});

describe("secondsIn", () => {
  test.each([
    ["90s", 90],
    ["2d", 172_800],
    ["1m 30s", 90],
    ["0.1ms", 0.0001],
    ["7", undefined],
    ["-5s", undefined],
    ["5 s later", undefined],
  ])("secondsIn finds in %j %s", (text, seconds) => {
    expect(secondsIn(text)).toBe(seconds);
  });
});
