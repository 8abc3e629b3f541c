import { describe, expect, test } from "vitest";
import { renderRequests } from "../src/index.js";

const ROW = {
  request: 1234,
  ended: "completed",
  latency_s: 0.5,
  network_s: 0.004,
  ram_wait_s: 1e-15,
  cpu_wait_s: 0.2,
  cpu_s: 0.0005,
  io_s: 0.2955,
  pool_wait_s: 0,
  entrance_wait_s: 0,
  row_wait_s: 0,
  fetch_wait_s: 0,
  llm_wait_s: 0,
  llm_s: 0,
  unanswered_s: 0,
  backoff_s: 1e-15,
};

describe("renderRequests", () => {
  test("renderRequests shows where the time of each request went; what rounding leaves of nothing is nothing", () => {
    const rows = [ROW, { ...ROW, request: 7, ended: "in_flight", latency_s: 12.5 }];
    expect(renderRequests(rows).split("\n")).toEqual([
      "request   latency   network  RAM wait  CPU wait       CPU       I/O  ended",
      "─".repeat(78),
      "  1,234  500.0 ms  4.000 ms       0 s  200.0 ms  500.0 µs  295.5 ms  completed",
      "      7   12.50 s  4.000 ms       0 s  200.0 ms  500.0 µs  295.5 ms  in flight",
    ]);
  });

  test("renderRequests has columns for waits that only some systems have, where a request has them", () => {
    const [headings, , line] = renderRequests([{ ...ROW, pool_wait_s: 0.125, unanswered_s: 2 }], { width: 120 }).split(
      "\n",
    );
    expect(headings).toMatch(/I\/O +pool wait +no answer +ended$/);
    expect(line).toMatch(/295\.5 ms +125\.0 ms +2\.000 s +completed$/);
  });

  test("renderRequests stays within the width, and is empty without requests", () => {
    const lines = renderRequests([ROW], { width: 40 }).split("\n");
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    expect(renderRequests([])).toBe("");
  });
});
