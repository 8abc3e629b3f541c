import { describe, expect, it } from "vitest";
import { PATIENT, type CallPolicy, type DisruptionPlan, type LlmPlan, type Plan } from "../src/index.js";
import { asking, batchingOf, generating, llmOf, providerOf } from "./llms.js";
import { runMeasured } from "./measured.js";

const hasty: CallPolicy = { ...PATIENT, timeout_s: 4.5, cancels: true };

/** Requests at these times, of a model that is slower for a while [s]. */
function slowed(
  llm: LlmPlan,
  times_s: readonly number[],
  { factor, from_s, to_s, policy = PATIENT }: { factor: number; from_s: number; to_s: number; policy?: CallPolicy },
): Plan {
  const slowDown: DisruptionPlan = { kind: "slow_down", target: "llm", factor, start_s: from_s, end_s: to_s };
  return generating(times_s, asking(10, 4, { policy }), [llm], { disruptions: [slowDown] });
}

describe("run of a language model that is slowed down", () => {
  it("run of a provider that is slowed down stretches what is left of answers, and all of those that begin meanwhile", () => {
    const value = runMeasured(slowed(llmOf(providerOf()), [0, 10], { factor: 2, from_s: 2, to_s: 100 }));
    // Two of four tokens are there at 2 s; the others take 4 s. The second needs 2 s for the first token and 6 s for the others.
    expect(value("latency_s_min")).toBe(6);
    expect(value("latency_s_max")).toBe(8);
    expect(value("llm.time_to_first_token_s_mean")).toBe(1.5);
  });

  it("run of a provider that is fast again goes on at its own speed", () => {
    const value = runMeasured(slowed(llmOf(providerOf()), [0], { factor: 4, from_s: 2, to_s: 6 }));
    expect(value("latency_s_mean")).toBe(7);
  });

  it("run of a provider that is slowed down before the first token has that later", () => {
    const value = runMeasured(slowed(llmOf(providerOf()), [0], { factor: 2, from_s: 0.5, to_s: 100 }));
    expect(value("llm.time_to_first_token_s_mean")).toBe(1.5);
    expect(value("latency_s_mean")).toBe(7.5);
  });

  it("run of a provider charges what it has generated at the speed that it had", () => {
    // Tokens come at 1, 2, 4 and 6 s; and at 1, 2, 4 and 5 s. The caller gives up at 4.5 s.
    for (const to_s of [100, 4]) {
      const value = runMeasured(slowed(llmOf(providerOf()), [0], { factor: 2, from_s: 2, to_s, policy: hasty }));
      expect(value("llm.output_tokens")).toBe(3);
    }
    const soon = runMeasured(slowed(llmOf(providerOf()), [0], { factor: 10, from_s: 0.5, to_s: 4, policy: hasty }));
    // The first token would be there at 4.15 s.
    expect(soon("llm.output_tokens")).toBe(1);
  });

  it("run of a batch that is slowed down stretches the step that is going on, and those after it", () => {
    const value = runMeasured(slowed(llmOf(batchingOf()), [0, 1.6], { factor: 2, from_s: 1.5, to_s: 100 }));
    // Steps end at 1, 2.5, 4.5 and 6.5 s, where the first has its answer; the second joins at 2.5 s.
    expect(value("latency_s_min")).toBe(6.5);
    expect(value("latency_s_max")).toBeCloseTo(10.5 - 1.6, 12);
    expect(value("llm.time_to_first_token_s_mean")).toBeCloseTo((1 + 2.9) / 2, 12);
  });

  it("run of a batch that is slowed down in a first step has the first token later", () => {
    const value = runMeasured(slowed(llmOf(batchingOf()), [0], { factor: 2, from_s: 0.5, to_s: 1.5 }));
    expect(value("llm.time_to_first_token_s_mean")).toBe(1.5);
    expect(value("latency_s_mean")).toBe(4.5);
  });

  it("run of a model that is slowed down twice at a time takes the product of the factors", () => {
    const twice = [3, 4].map((factor): DisruptionPlan => {
      return { kind: "slow_down", target: "llm", factor, start_s: factor - 3, end_s: 1000 };
    });
    const value = runMeasured(generating([2], asking(10, 4), [llmOf(providerOf())], { disruptions: twice }));
    expect(value("latency_s_mean")).toBeCloseTo(48, 9);
  });
});
