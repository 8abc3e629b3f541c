import { describe, expect, test } from "vitest";
import { chaosProfile, readings } from "./chaos-profile.js";

const NAMES = ["collapse.state_worst", "error_ratio", "latency_s_mean", "requests_generated", "requests_in_flight"];

describe("chaos profiles", () => {
  // The states are those that were published; errors [%] and latency [s] are near those of the published program when it is run: see CHAOS.md.
  test.each([
    { name: "control", states: [0], agents: 80, error_ratio: 0.02, latency_s: 0.26 },
    { name: "congestion", states: [1, 2], agents: 400, error_ratio: 0.82, latency_s: 0.82 },
    { name: "saturation", states: [2], agents: 1000, error_ratio: 0.96, latency_s: 1.1 },
  ] as const)("chaos profile $name resolves to its state", ({ name, states, agents, error_ratio, latency_s }) => {
    const [worst, errors, latencies, generated, inFlight] = readings(chaosProfile(name), NAMES, 30);
    for (const state of worst!) expect(states).toContain(state);
    expect(new Set(generated)).toEqual(new Set([agents]));
    expect(new Set(inFlight)).toEqual(new Set([0]));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(errors!) - error_ratio)).toBeLessThan(0.01);
    expect(Math.abs(mean(latencies!) / latency_s - 1)).toBeLessThan(0.15);
  });
});
