import { describe, expect, test } from "vitest";
import { readObjective } from "../src/index.js";

const file = "--objective";

describe("readObjective", () => {
  test.each([
    ["latency_s_p95 < 0.2 in 95%", { metric: "latency_s_p95", below: 0.2, probability: 0.95 }],
    ["latency_s_p95<0.2 in 95 % of runs", { metric: "latency_s_p95", below: 0.2, probability: 0.95 }],
    ["throughput_per_s above 1e3 in 99.9 %", { metric: "throughput_per_s", above: 1000, probability: 0.999 }],
    ["mean of latency_s_mean below .05", { metric: "latency_s_mean", below: 0.05 }],
    ["error_ratio < 0.01", { metric: "error_ratio", below: 0.01 }],
    ["95 % quantile of app-1.ready_queue_max below 40", { metric: "app-1.ready_queue_max", below: 40, quantile: 0.95 }],
    [" 5% quantile of x > -1 ", { metric: "x", above: -1, quantile: 0.05 }],
  ])("readObjective reads %j", (text, objective) => {
    expect(readObjective(text, { file })).toEqual(objective);
  });

  test.each([
    ["latency_s_p95", "--objective: must be such as"],
    ["latency_s_p95 < fast", "must be such as"],
    ["latency_s_p95 = 1", "must be such as"],
    ["latency_s_p95 < 0.2 in 100 %", "must have a share between 0 and 100 %: current value is 100 %"],
    ["latency_s_p95 < 0.2 in 1.2.3 %", "must have a share between 0 and 100 %"],
    ["90 % quantile of x < 1 in 95 %", "must be of a quantile or of a share of runs, not of both"],
  ])("readObjective refuses %j", (text, message) => {
    expect(() => readObjective(text, { file })).toThrow(message);
  });
});
