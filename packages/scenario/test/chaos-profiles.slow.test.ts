import { describe, expect, test } from "vitest";
import { chaosProfile, readings } from "./chaos-profile.js";

const REPLICATIONS = 500;

describe("chaos profiles, 500 replications", () => {
  test.each([
    { name: "control", least: 0, most: 0 },
    { name: "congestion", least: 1, most: 2 },
    { name: "saturation", least: 2, most: 2 },
  ] as const)("chaos profile $name resolves to its state in every run", ({ name, least, most }) => {
    const [worst] = readings(chaosProfile(name), ["collapse.state_worst"], REPLICATIONS);
    expect(Math.min(...worst!)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...worst!)).toBeLessThanOrEqual(most);
  });

  test("a calm pool is never said to be anything but stable", () => {
    // 80 agents who go on for a minute, with time to think: five of twelve workers are busy. Three of ten latencies are 200 ms, the others 20 ms: of 50
    // of them there are too few long ones once in a quarter of a million times, and then a percentile grows tenfold by chance; of 200 never.
    const plan = chaosProfile("control");
    const calm = {
      ...plan,
      horizon_s: 60,
      detectors: plan.detectors!.map((detector) => ({ ...detector, window: 200 })),
      generators: plan.generators.map((generator) => ({
        ...generator,
        session: {
          think_s: { kind: "exponential", mean: 1.2 },
          requests: { kind: "endless" },
          on_failure: "continue",
        } as const,
      })),
    };
    const names = ["collapse.state_worst", "requests_completed", "pool.connections_mean"];
    const [worst, completed, busy] = readings(calm, names, REPLICATIONS);
    expect(new Set(worst)).toEqual(new Set([0]));
    expect(Math.min(...completed!)).toBeGreaterThan(3000);
    expect(Math.min(...busy!)).toBeGreaterThan(4);
  });
});
