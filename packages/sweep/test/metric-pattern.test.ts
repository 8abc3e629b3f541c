import { describe, expect, test } from "vitest";
import { matchesAny } from "../src/metric-pattern.js";

describe("matchesAny", () => {
  test.each([
    ["latency_s_p95", "latency_s_p95", true],
    ["latency_s_p95", "latency_s_p9", false],
    ["latency_s_p9", "latency_s_p95", false],
    ["latency_s_*", "latency_s_p95", true],
    ["latency_s_*", "latency_s_", true],
    ["latency_s_*", "app.latency_s_p95", false],
    ["*", "anything", true],
    ["*.ready_queue_*", "app-1.ready_queue_mean", true],
    ["*.ready_queue_*", "ready_queue_mean", false],
    ["a*b*c", "a-b-b-c", true],
    ["a*ab", "ab", false],
    ["aa*a", "aa", false],
    ["**", "", true],
    ["a.c", "abc", false],
    ["", "", true],
  ])("matchesAny of %j and %j is %s", (pattern, name, expected) => {
    expect(matchesAny([pattern], name)).toBe(expected);
  });

  test("matchesAny needs one pattern that fits, and matches nothing without patterns", () => {
    expect(matchesAny(["x", "latency*"], "latency_s_mean")).toBe(true);
    expect(matchesAny([], "latency_s_mean")).toBe(false);
  });

  test("matchesAny takes no more than linear time for a pattern that makes backtracking explode", () => {
    expect(matchesAny([`${"*a".repeat(40)}b`], "a".repeat(20_000))).toBe(false);
  });
});
