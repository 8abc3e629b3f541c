import { describe, expect, test } from "vitest";
import { analysesOf, loadedSensitivity, ofMethod, RANGES } from "./loaded-sensitivity.js";
import { SCENARIO } from "./small-study.js";

const IO = '"topology_graph.nodes.servers[api].endpoints[/work].steps[2].io_s"';

describe("runSensitivity, sobol", () => {
  test("runSensitivity finds the shares that theory gives for generated requests, and none for idle memory", async () => {
    const study = await loadedSensitivity({
      method: "sobol",
      metrics: ["requests_generated"],
      samples: 256,
      confidence: 0.999,
    });
    const { factors, mean, std } = ofMethod((await analysesOf(study))[0], "sobol");
    expect(factors.map(({ factor, is_seed }) => [factor, is_seed])).toEqual([
      ["users", false],
      ["ram_mb", false],
      ["seed", true],
    ]);
    // Two windows of 10 s; in each Poisson many users with mean m, 10 requests of each: mean 20 m, variance
    // 2 (10 m + 100 m). With m uniform on [20, 40] the means vary by 400 x 400 / 12, within m by 220 x 30 on average.
    const ofUsers = (400 * 400) / 12;
    const ofLuck = 220 * 30;
    expect(mean.ci_low).toBeLessThan(600);
    expect(mean.ci_high).toBeGreaterThan(600);
    expect(std / Math.sqrt(ofUsers + ofLuck)).toBeCloseTo(1, 1);
    const [users, ram, seed] = factors;
    for (const [index, share] of [
      [users!.first, ofUsers / (ofUsers + ofLuck)],
      [seed!.total, ofLuck / (ofUsers + ofLuck)],
    ] as const) {
      expect(index.ci_low).toBeLessThan(share);
      expect(index.ci_high).toBeGreaterThan(share);
      expect(index.std_error).toBeLessThan(0.06);
    }
    const none = { estimate: 0, ci_low: 0, ci_high: 0, flags: ["no_effect"] };
    expect(ram).toMatchObject({ first: none, total: none });
  });

  test("runSensitivity gives all to a parameter that does everything", async () => {
    const sweep = `${RANGES}  io_s: { path: ${IO}, range: [0.05, 0.5] }\n`;
    const scenario = SCENARIO.replace("mean: 0.025", "mean: 0.0001");
    const study = await loadedSensitivity({
      method: "sobol",
      metrics: ["latency_s_p50"],
      samples: 64,
      sweep,
      scenario,
    });
    const { factors } = ofMethod((await analysesOf(study))[0], "sobol");
    const [users, , io, seed] = factors;
    expect(io!.total.ci_low).toBeLessThan(1);
    expect(io!.total.ci_high).toBeGreaterThan(1);
    expect(io!.first.ci_high).toBeGreaterThan(1);
    expect(io!.total.std_error).toBeLessThan(0.15);
    expect(users!.total.ci_high).toBeLessThan(0.01);
    expect(seed!.total.ci_high).toBeLessThan(0.01);
  });
});

describe("runSensitivity, morris", () => {
  test("runSensitivity finds the slope of generated requests, and luck beside it", async () => {
    const study = await loadedSensitivity({
      method: "morris",
      metrics: ["requests_generated"],
      samples: 60,
      confidence: 0.999,
    });
    expect(study.design.order).toHaveLength(60 * 4);
    const [users, ram, seed] = ofMethod((await analysesOf(study))[0], "morris").factors;
    // 20 requests a user, 20 users from one end of the range to the other.
    expect(users!.mu.ci_low).toBeLessThan(400);
    expect(users!.mu.ci_high).toBeGreaterThan(400);
    expect(users!.mu_star.estimate).toBeGreaterThan(300);
    expect(ram).toMatchObject({ mu: { estimate: 0 }, mu_star: { estimate: 0 }, sigma: 0 });
    // Differences of two runs with variance 220 m each, m being 30 on average.
    expect(seed!.sigma / Math.sqrt(2 * 220 * 30)).toBeCloseTo(1, 0);
    expect(seed!.mu.ci_low).toBeLessThan(0);
    expect(seed!.mu.ci_high).toBeGreaterThan(0);
  });
});
