import { describe, expect, test } from "vitest";
import { renderSize, sizeSentence, type SizeAnswer, type SizeTrial } from "../src/index.js";

const PASS = {
  objective: "mean of latency_s_mean below 0.1",
  metric: "latency_s_mean",
  estimand: "mean",
  verdict: "pass",
  estimate: 0.0915,
  bound_low: 0.0859,
  bound_high: 0.0998,
  confidence: 0.975,
  method: "asymptotic_confidence_sequence",
  n: 30,
  n_failed: 0,
  n_needed: 0,
  flags: [],
} as const;

const trialOf = (trial: Partial<SizeTrial>): SizeTrial => ({
  value: 39,
  fresh: false,
  verdict: "pass",
  replications: 30,
  objectives: [PASS],
  ...trial,
});

const OPEN = trialOf({
  value: 40,
  verdict: "inconclusive",
  replications: 2000,
  objectives: [{ ...PASS, verdict: "inconclusive", bound_high: 0.101, n: 2000, n_needed: 800 }],
});

const units = new Map([["latency_s_mean", "s"]]);

describe("renderSize", () => {
  test("renderSize lists what was tried, in that order", () => {
    const trials = [trialOf({}), OPEN, trialOf({ fresh: true })];
    expect(renderSize(trials, { find: "users", units, width: 100 }).split("\n")).toEqual([
      "mean of latency_s_mean below 0.1",
      "users  runs    verdict       estimate  97.5 % bounds      n  remarks",
      "─".repeat(81),
      "   39  search  pass           91.5 ms  [85.9, 99.8]      30",
      "   40  search  inconclusive   91.5 ms  [85.9, 101.0]  2,000  needs about 800 more",
      "   39  fresh   pass           91.5 ms  [85.9, 99.8]      30",
    ]);
  });

  test("renderSize shows each confidence where proofs needed different ones, and no long path above numbers", () => {
    const later = trialOf({ fresh: true, objectives: [{ ...PASS, confidence: 0.9875 }] });
    const lines = renderSize([trialOf({}), later], { find: "rqs_input.avg_active_users.mean", units }).split("\n");
    expect(lines[1]).toBe("value  runs    verdict  estimate  bounds        confidence   n");
    expect(lines.at(-1)).toBe("   39  fresh   pass      91.5 ms  [85.9, 99.8]     98.75 %  30");
  });

  test("renderSize of nothing is empty", () => {
    expect(renderSize([], { find: "users", units })).toBe("");
  });
});

describe("sizeSentence", () => {
  const objectives = [{ objective: PASS.objective, confidence: 0.95 }];
  const sentenceOf = (answer: SizeAnswer, trials: readonly SizeTrial[]): string =>
    sizeSentence(answer, { find: "users", low: 10, high: 60, objectives, trials });
  const found = { kind: "found", want: "largest", value: 39, open_value: 40 } as const;

  test("sizeSentence names the value, how sure it is and what lies beyond", () => {
    const trials = [OPEN, trialOf({ fresh: true, replications: 45 })];
    expect(sentenceOf(found, trials)).toBe(
      "users = 39 is the largest in 10..60 that is proven (95 % sure, 45 fresh replications; 40 is not proven): " +
        "mean of latency_s_mean below 0.1",
    );
    const broken = trialOf({ value: 40, verdict: "fail" });
    expect(sentenceOf(found, [broken, trialOf({ fresh: true })])).toContain("; 40 is broken)");
    expect(sentenceOf({ ...found, open_value: undefined }, trials)).toContain("; the end of the range)");
  });

  test("sizeSentence says where nothing is proven, and why", () => {
    const broken = [trialOf({ value: 10, verdict: "fail" }), trialOf({ value: 60, verdict: "fail", replications: 45 })];
    expect(sentenceOf({ kind: "none", verdict: "fail" }, broken)).toBe(
      "No users in 10..60 will do: broken at 10 (30 replications) and 60 (45 replications): mean of latency_s_mean below 0.1",
    );
    expect(sentenceOf({ kind: "none", verdict: "inconclusive" }, [OPEN, broken[1]!])).toBe(
      "No users in 10..60 is proven: open at 40 (2,000 replications): mean of latency_s_mean below 0.1",
    );
    expect(sentenceOf({ kind: "both_ends" }, [])).toBe("Met at both ends of 10..60: mean of latency_s_mean below 0.1");
  });
});
