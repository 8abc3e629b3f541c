import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, run } from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { measured } from "./measured.js";
import { anyScaling, anySet } from "./random-scaling.js";
import { scaled } from "./scaled.js";

const SETTINGS = lawCases(60);

describe("run of autoscalers", () => {
  it("run keeps all bits where the bounds leave an autoscaler no choice", () => {
    const law = fc.property(anySet, anyScaling, fc.nat(1000), (plan, scaling, seed) => {
      const bounds = [{ from_s: 0, min: plan.servers.length, max: plan.servers.length }];
      const fixed = scaled(plan, { ...scaling, bounds });
      const plain = measured(plan, run(plan, seed, 0));
      const value = measured(fixed, run(fixed, seed, 0));
      for (const { name } of metricsOf(plan)) {
        if (name === "app.cpu_utilization_ratio") expect(value(name)).toBeCloseTo(plain(name), 12);
        else expect(value(name)).toBe(plain(name));
      }
      expect(value("app.replicas_mean")).toBeCloseTo(plan.servers.length, 12);
    });
    fc.assert(law, SETTINGS);
  });

  it("run keeps the replicas between their bounds, loses no request and repeats its bits", () => {
    let changes = 0;
    const law = fc.property(anySet, anyScaling, fc.nat(1000), (plan, scaling, seed) => {
      const members = plan.servers.length;
      const initial = 1 + (seed % members);
      const min = Math.min(initial, 2);
      const scaling_plan = scaled(plan, { ...scaling, initial, bounds: [{ from_s: 0, min, max: members }] });
      const result = run(scaling_plan, seed, 0);
      expect(run(scaling_plan, seed, 0)).toEqual(result);
      const value = measured(scaling_plan, result);
      const ended = ["completed", "failed", "dropped", "rejected", "timed_out", "in_flight"];
      expect(ended.reduce((sum, ending) => sum + value(`requests_${ending}`), 0)).toBe(value("requests_generated"));
      expect(value("app.replicas_max")).toBeLessThanOrEqual(members);
      expect(value("app.replicas_mean")).toBeGreaterThanOrEqual(min - 1e-9);
      expect(value("app.replicas_ready_mean")).toBeLessThanOrEqual(value("app.replicas_mean") + 1e-9);
      const running = (value("app.replica_hours") * 3600) / 28;
      expect(running).toBeGreaterThanOrEqual(value("app.replicas_mean") - 1e-9);
      expect(running).toBeLessThanOrEqual(members + 1e-9);
      changes += value("app.scale_ups") + value("app.scale_downs");
    });
    fc.assert(law, SETTINGS);
    expect(changes).toBeGreaterThan(60);
  });
});
