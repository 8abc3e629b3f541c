import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lawCases } from "./law-cases.js";
import { runMeasured } from "./measured.js";
import { call, calling, cpu, endpoint, generatorOf, server } from "./plans.js";

/** Some hundred requests within ten seconds. */
const anyTimes = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 5, maxLength: 300 })
  .map((times) => Float64Array.from(times, (time) => time / 1000).toSorted());

const FIRST_S = 0.03;
const SECOND_S = 0.02;
const HORIZON_S = 200;

describe("run of callers that give up", () => {
  it("run spends all CPU time either on calls that are answered in time or on zombies, as many as were given up", () => {
    const attempts = fc.integer({ min: 1, max: 3 });
    const law = fc.property(anyTimes, fc.constantFrom(0.04, 0.1, 0.3), attempts, (times_s, timeout_s, most) => {
      const backoff = { kind: "fixed", base_s: 0, max_s: 0, jitter: "none" } as const;
      const retry = { attempts: most, on: ["timed_out"], backoff, budget_ratio: 0, budget_burst: 0 } as const;
      const steps = [call("app-db", "", { timeout_s, retry: most === 1 ? null : retry })];
      const callees = [server("db", [endpoint([cpu(FIRST_S), cpu(SECOND_S)])])];
      const plan = calling({ rate_per_s: 1, steps, callees, more: { horizon_s: HORIZON_S } });
      const source = generatorOf({ kind: "trace", times_s, requests: new Int32Array(0) });
      const value = runMeasured({ ...plan, generators: [source] });
      expect(value("requests_in_flight")).toBe(0);
      const each_s = FIRST_S + SECOND_S;
      const total_s = value("db.cpu_utilization_ratio") * HORIZON_S;
      const zombies_s = value("db.visits_cpu_s") * value("db.zombie_cpu_ratio");
      const sent = value("app-db.calls") * value("app-db.attempts_per_call");
      const useful_s = each_s * (sent - value("app-db.timeouts"));
      expect(value("db.requests_completed")).toBeCloseTo(sent, 6);
      expect(value("db.visits_cpu_s")).toBeCloseTo(total_s, 6);
      expect(zombies_s).toBeCloseTo(each_s * value("app-db.timeouts"), 6);
      expect(zombies_s + useful_s).toBeCloseTo(total_s, 6);
    });
    fc.assert(law, lawCases(30));
  });
});
