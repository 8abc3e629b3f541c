import { describe, expect, it } from "vitest";
import { PATIENT, type LlmPlan, type Plan, type RetryPlan, type StepPlan } from "../src/index.js";
import { asking, batchingOf, generating, llmOf, providerOf } from "./llms.js";
import { runMeasured } from "./measured.js";
import { replayed } from "./replayed.js";
import { endpoint, io, server } from "./plans.js";

/** Requests at these times whose answers stream. */
function streaming(times_s: readonly number[], steps: readonly StepPlan[], llm: LlmPlan): Plan {
  const plan = generating(times_s, steps, [llm]);
  const streams = server("llm", [endpoint([{ kind: "generate", llm: "llm", streams: true }])]);
  return { ...plan, servers: plan.servers.map((it) => (it.id === "llm" ? streams : it)) };
}

describe("run of answers that stream", () => {
  it("run of a provider lets its caller go on with the first token, and is busy until the last", () => {
    const value = runMeasured(streaming([0, 0.5], asking(10, 4), llmOf(providerOf({ concurrency: 1 }))));
    // The second waits until the first answer is whole, at 4 s.
    expect(value("latency_s_min")).toBe(1);
    expect(value("latency_s_max")).toBe(4.5);
    expect(value("llm.answers")).toBe(2);
    expect(value("llm.time_to_first_token_s_mean")).toBe(2.75);
    expect(value("llm.time_per_output_token_s_mean")).toBe(1);
    expect(value("llm.active_mean")).toBeCloseTo(8 / 1000, 12);
    expect(value("llm.service_s_mean")).toBe(1);
  });

  it("run of a batch lets its caller go on with the first token, between two steps", () => {
    const value = runMeasured(streaming([0, 0.4], asking(10, 3), llmOf(batchingOf())));
    expect(value("latency_s_min")).toBe(1);
    expect(value("latency_s_max")).toBeCloseTo(1.6, 12);
    expect(value("llm.batch_mean")).toBeCloseTo(6 / 1000, 12);
    expect(value("llm.answers")).toBe(2);
  });

  it("run of an answer of one token is over with it", () => {
    for (const serving of [providerOf(), batchingOf()]) {
      const value = runMeasured(streaming([0], asking(10, 1), llmOf(serving)));
      expect(value("latency_s_mean")).toBe(1);
      expect(value("llm.answers")).toBe(1);
    }
  });

  it("run of a caller who gives up hears the first token in time, and pays for the whole answer", () => {
    const policy = { ...PATIENT, timeout_s: 2, cancels: true };
    const steps = [...asking(1000, 100, { policy }), io(3)];
    const value = runMeasured(streaming([0], steps, llmOf(providerOf())));
    expect(value("requests_completed")).toBe(1);
    expect(value("latency_s_mean")).toBe(4);
    expect(value("llm.withdrawn")).toBe(0);
    expect(value("cost_usd_per_request")).toBeCloseTo((1000 * 1 + 100 * 10) / 1e6, 12);
    const late = runMeasured(
      streaming([0], asking(10, 4, { policy: { ...policy, timeout_s: 0.5 } }), llmOf(providerOf())),
    );
    expect(late("llm.withdrawn")).toBe(1);
    expect(late("llm.output_tokens")).toBe(0);
  });

  it("run of an answer that fails instead of its first token tells its caller so", () => {
    const value = runMeasured(streaming([0], asking(10, 4), llmOf(providerOf({ error_ratio: 1 }))));
    expect(value("requests_failed")).toBe(1);
    expect(value("llm.errors")).toBe(1);
  });

  it("run of a provider that says when to come back is heard by whom it streams to", () => {
    const backoff = { kind: "fixed", base_s: 0.5, max_s: 0.5, jitter: "none" } as const;
    const retry: RetryPlan = { attempts: 5, on: ["rejected"], backoff, budget_ratio: 0, budget_burst: 10 };
    const provider = providerOf({ requests_per_minute: 6, burst_s: 10, tokens_per_s: 1e9 });
    const value = runMeasured(streaming([0, 1], asking(10, 1, { policy: { ...PATIENT, retry } }), llmOf(provider)));
    expect(value("latency_s_max")).toBeCloseTo(10, 9);
    expect(value("app-llm.retries")).toBe(1);
  });

  it("run of an answer that streams is told by its replay: the first token, who goes on, the end", () => {
    const { log } = replayed(streaming([0], asking(10, 4), llmOf(providerOf())), 1);
    const told = log.filter(({ kind }) =>
      ["llm_started", "first_token", "resumed", "completed", "ended"].includes(kind),
    );
    expect(told.map(({ kind, t_s }) => [kind, t_s])).toEqual([
      ["llm_started", 0],
      ["first_token", 1],
      ["resumed", 1],
      ["ended", 1],
      ["resumed", 1],
      ["completed", 1],
      ["ended", 4],
    ]);
  });
});
