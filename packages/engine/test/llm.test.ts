import { describe, expect, it } from "vitest";
import { metricsOf, PATIENT, type BackoffPlan, type CallPolicy, type RetryPlan } from "../src/index.js";
import { asking, batchingOf, generating, llmOf, providerOf } from "./llms.js";
import { runMeasured } from "./measured.js";
import { scaled } from "./scaled.js";
import { call, calling, constant, endpoint, io, parallel, poisson, server } from "./plans.js";

const backoff: BackoffPlan = { kind: "fixed", base_s: 0.5, max_s: 0.5, jitter: "none" };
const retry: RetryPlan = { attempts: 5, on: ["rejected", "failed"], backoff, budget_ratio: 0, budget_burst: 10 };
const impatient: CallPolicy = { ...PATIENT, timeout_s: 4.5, cancels: true };

describe("run of a provider", () => {
  it("run of a provider gives the first token after its time, and the others at its speed", () => {
    const value = runMeasured(generating([0, 0.5], asking(100, 4), [llmOf(providerOf({ tokens_per_s: 2 }))]));
    expect(value("latency_s_mean")).toBe(2.5);
    expect(value("llm.time_to_first_token_s_p50")).toBe(1);
    expect(value("llm.time_per_output_token_s_mean")).toBe(0.5);
    expect(value("llm.active_max")).toBe(2);
    expect(value("llm.queue_max")).toBe(0);
    expect(value("llm.service_s_mean")).toBe(2.5);
  });

  it("run of a provider rounds tokens up, and an answer has one at least", () => {
    const value = runMeasured(generating([0], asking(3.2, 0), [llmOf(providerOf())]));
    expect(value("llm.input_tokens")).toBe(4);
    expect(value("llm.output_tokens")).toBe(1);
    expect(value("latency_s_mean")).toBe(1);
    expect(value("llm.time_per_output_token_s_mean")).toBeNaN();
  });

  it("run of a provider lets requests beyond its concurrency wait in turn, and refuses those that find the queue full", () => {
    const provider = providerOf({ concurrency: 1 });
    const value = runMeasured(generating([0, 1, 2, 3], asking(10, 4), [llmOf(provider, { queue_capacity: 2 })]));
    // One after the other from 0 to 4, 8 and 12 s; the fourth finds two that wait.
    expect(value("llm.answers")).toBe(3);
    expect(value("llm.refused")).toBe(1);
    expect(value("requests_rejected")).toBe(1);
    expect(value("latency_s_mean")).toBeCloseTo((4 + 7 + 10) / 3, 12);
    expect(value("llm.queue_wait_s_mean")).toBeCloseTo((0 + 3 + 6) / 3, 12);
    expect(value("llm.time_to_first_token_s_mean")).toBeCloseTo((1 + 4 + 7) / 3, 12);
    expect(value("llm.queue_max")).toBe(2);
    expect(value("llm.active_max")).toBe(1);
  });

  it("run of a provider that fails gives errors at the time of the first token, which cost nothing", () => {
    const value = runMeasured(generating([0, 1], asking(10, 4), [llmOf(providerOf({ error_ratio: 1 }))]));
    expect(value("llm.errors")).toBe(2);
    expect(value("requests_failed")).toBe(2);
    expect(value("cost_usd")).toBe(0);
    expect(value("cost_usd_per_request")).toBe(0);
    expect(value("llm.active_mean")).toBeCloseTo(2 / 1000, 12);
  });

  it("run of a provider takes tokens of prompt and answer from a bucket that fills continuously", () => {
    // 1 token a second, 20 at most: 14 are there to begin with for each of the first, 6 are left; 8 more come by 8 s.
    const provider = providerOf({ tokens_per_minute: 60, burst_s: 20, tokens_per_s: 1e9 });
    const value = runMeasured(generating([0, 7.99, 8], asking(10, 4), [llmOf(provider)]));
    expect(value("llm.rate_limited")).toBe(1);
    expect(value("llm.answers")).toBe(2);
    const never = runMeasured(generating([0, 100], asking(17, 4), [llmOf(provider)]));
    expect(never("llm.rate_limited")).toBe(2);
  });

  it("run of a provider limits the tokens of prompts and of answers each by itself", () => {
    const limited = (limit: object): ReturnType<typeof runMeasured> => {
      const provider = providerOf({ burst_s: 20, tokens_per_s: 1e9, ...limit });
      return runMeasured(generating([0, 0.1, 0.2, 2.5], asking(10, 9), [llmOf(provider)]));
    };
    // Of 20 tokens there is room for two prompts, and for two answers, with 2 left: 4.5 come by 2.5 s, too few for a third.
    expect(limited({ input_tokens_per_minute: 60 })("llm.rate_limited")).toBe(2);
    expect(limited({ output_tokens_per_minute: 60 })("llm.rate_limited")).toBe(2);
    expect(limited({ output_tokens_per_minute: 180, burst_s: 20 / 3 })("llm.rate_limited")).toBe(1);
    // Those who lack tokens for their answers take none for their prompts, which the last one needs.
    const provider = providerOf({ input_tokens_per_minute: 180, output_tokens_per_minute: 60, burst_s: 9 });
    const value = runMeasured(generating([0, 8.9, 8.95, 9], asking(10, 9), [llmOf(provider)]));
    expect(value("llm.rate_limited")).toBe(2);
  });

  it("run of a provider fails those who have waited too long for it, but not who comes on at that moment", () => {
    const queue_timeout_s = (value: number): ReturnType<typeof runMeasured> => {
      const llm = llmOf(providerOf({ concurrency: 1 }), { queue_timeout_s: constant(value) });
      return runMeasured(generating([0, 1, 2], asking(10, 4), [llm]));
    };
    // They would begin at 0, 4 and 8 s.
    const short = queue_timeout_s(5);
    expect(short("llm.queue_timeouts")).toBe(1);
    expect(short("requests_timed_out")).toBe(1);
    expect(short("llm.queue_wait_s_mean")).toBeCloseTo((0 + 3 + 5) / 3, 12);
    expect(short("llm.queue_mean")).toBeCloseTo((3 + 5) / 1000, 12);
    expect(short("llm.answers")).toBe(2);
    const long = queue_timeout_s(6);
    expect(long("llm.queue_timeouts")).toBe(0);
    expect(long("latency_s_max")).toBe(10);
  });

  it("run of a provider takes nothing from one bucket when the other is empty", () => {
    const provider = providerOf({ tokens_per_minute: 60, requests_per_minute: 60, burst_s: 20, tokens_per_s: 1e9 });
    // The first leaves 0 tokens and 19 requests. Were requests taken by who lacks tokens, the last would find none left.
    const rejected = Array.from({ length: 40 }, (_, k) => 0.01 * (k + 1));
    const value = runMeasured(generating([0, ...rejected, 20], asking(10, 10), [llmOf(provider)]));
    expect(value("llm.answers")).toBe(2);
  });

  it("run of a provider that says when to come back is heard by callers who try again", () => {
    const limits = { requests_per_minute: 6, burst_s: 10, tokens_per_s: 1e9 };
    const plan = (more: object): ReturnType<typeof generating> =>
      generating([0, 1], asking(10, 1, { policy: { retry } }), [llmOf(providerOf({ ...limits, ...more }))]);
    const told = runMeasured(plan({}));
    // The bucket has one again at 10 s: the second waits 9 s for that and 1 s for its token.
    expect(told("latency_s_max")).toBeCloseTo(10, 9);
    expect(told("app-llm.retries")).toBe(1);
    const guessing = runMeasured(plan({ retry_after: false }));
    expect(guessing("app-llm.retries")).toBe(4);
    expect(guessing("requests_rejected")).toBe(1);
  });

  it("run of a provider is not heard any more by a later call of the same request", () => {
    const limits = { requests_per_minute: 6, burst_s: 10, tokens_per_s: 1e9 };
    const failing = server("shop", [endpoint([io(0), { kind: "fail" }])]);
    const steps = [
      { kind: "attempt" as const, steps: asking(10, 1), on_error: [] },
      call("app-shop", "", { retry: { ...retry, on: ["failed"] } }),
    ];
    const plan = generating([0, 1], steps, [llmOf(providerOf({ ...limits, time_to_first_token_s: constant(0) }))]);
    const edges = [...plan.edges, { ...plan.edges[2]!, id: "app-shop", target: "shop" }];
    const value = runMeasured({ ...plan, servers: [...plan.servers, failing], edges });
    expect(value("llm.rate_limited")).toBe(1);
    expect(value("app-shop.retries")).toBe(8);
    expect(value("in_flight_mean")).toBeCloseTo((2 * 4 * 0.5) / 1000, 12);
  });
});

describe("run of a provider whose callers give up", () => {
  it("run of a provider does not begin with whom nobody wants any more, though its turn comes at that moment", () => {
    const ask = asking(10, 9);
    const plan = generating([0, 10], [parallel([ask, ask])], [llmOf(providerOf({ concurrency: 1 }))]);
    const [source] = plan.generators;
    const hasty = { ...plan, generators: [{ ...source!, policy: { ...impatient, timeout_s: 2 } }] };
    const value = runMeasured(hasty);
    // Both are given up at 2 s, the one that is worked on with its second token.
    expect(value("requests_timed_out")).toBe(2);
    expect(value("llm.withdrawn")).toBe(4);
    expect(value("llm.active_mean")).toBeCloseTo((2 * 2) / 1000, 12);
    expect(value("llm.queue_mean")).toBeCloseTo((2 * 2) / 1000, 12);
    expect(value("llm.queue_wait_s_mean")).toBeCloseTo((0 + 2 + 0 + 2) / 4, 12);
    expect(value("llm.input_tokens")).toBe(20);
    expect(value("llm.output_tokens")).toBe(4);
  });
});

describe("run of a batch", () => {
  it("run of a batch takes newcomers in between two steps", () => {
    const batching = batchingOf({ step_base_s: 0.5, step_per_request_s: 0.5 });
    const value = runMeasured(generating([0, 0.4], asking(10, 3), [llmOf(batching)]));
    // Steps of the first: [0, 1], [1, 2.5], [2.5, 4]; of the second: [1, 2.5], [2.5, 4], [4, 5].
    expect(value("latency_s_min")).toBe(4);
    expect(value("latency_s_max")).toBeCloseTo(4.6, 12);
    expect(value("llm.queue_wait_s_mean")).toBeCloseTo(0.3, 12);
    expect(value("llm.time_to_first_token_s_mean")).toBeCloseTo((1 + 2.1) / 2, 12);
    expect(value("llm.time_per_output_token_s_mean")).toBeCloseTo((1.5 + 1.25) / 2, 12);
    expect(value("llm.batch_max")).toBe(2);
    expect(value("llm.batch_mean")).toBeCloseTo((4 + 4) / 1000, 12);
  });

  it("run of a batch reads prompts in the step after those who join, which keeps all others waiting", () => {
    const batching = batchingOf({ prefill_s_per_token: 0.1 });
    const steps = asking({ kind: "empirical", values: [20] }, 3);
    const value = runMeasured(generating([0, 2.5], steps, [llmOf(batching)]));
    // First: prompt and first token by 3 s, where the second joins; the step with that one's prompt ends at 6 s.
    expect(value("latency_s_min")).toBeCloseTo(8 - 2.5, 12);
    expect(value("latency_s_max")).toBeCloseTo(7, 12);
    expect(value("llm.time_to_first_token_s_mean")).toBeCloseTo((3 + 3.5) / 2, 12);
  });

  it("run of a batch has no more members than it may, and those that wait join in turn as soon as one leaves", () => {
    const value = runMeasured(generating([0, 0, 0], asking(10, 4), [llmOf(batchingOf({ max_batch: 2 }))]));
    expect(value("llm.batch_max")).toBe(2);
    expect(value("llm.queue_wait_s_mean")).toBeCloseTo(4 / 3, 12);
    expect(value("latency_s_max")).toBe(8);
  });

  it("run of a batch fails those who have waited too long to join, but nobody who need not wait", () => {
    const batch = llmOf(batchingOf({ max_batch: 1 }), { queue_timeout_s: constant(3) });
    const value = runMeasured(generating([0, 0.5, 20], asking(10, 4), [batch]));
    expect(value("llm.queue_timeouts")).toBe(1);
    expect(value("requests_timed_out")).toBe(1);
    expect(value("latency_s_max")).toBe(4);
    const impatient = llmOf(batchingOf(), { queue_timeout_s: constant(0) });
    const hasty = runMeasured(generating([0, 0.5, 20], asking(10, 4), [impatient]));
    // Who finds steps going on would have to wait for the next one.
    expect(hasty("llm.queue_timeouts")).toBe(1);
    expect(hasty("llm.answers")).toBe(2);
  });

  it("run of a batch reserves memory for prompt and answer, and refuses who never fits", () => {
    const llms = [llmOf(batchingOf({ kv_tokens: 30 }))];
    const value = runMeasured(generating([0, 0, 0], asking(10, 4), llms));
    expect(value("llm.kv_used_tokens_max")).toBe(28);
    expect(value("llm.batch_max")).toBe(2);
    expect(value("llm.kv_used_tokens_mean")).toBeCloseTo((14 * 3 * 4) / 1000, 12);
    const large = runMeasured(generating([0], asking(27, 4), llms));
    expect(large("llm.refused")).toBe(1);
  });

  it("run of a batch goes on without whom nobody wants, from the next step on", () => {
    // Who joined at 0 is given up at 4.5 s with 2 tokens of steps of 2 s; the other, alone from 6 s on, has its third by then and 17 left.
    const llms = [llmOf(batchingOf({ step_base_s: 0, step_per_request_s: 1 }))];
    const patient = asking(10, 20);
    const hasty = asking(10, 30, { policy: impatient });
    const steps = [parallel([patient, [{ kind: "attempt", steps: hasty, on_error: [] }]])];
    const value = runMeasured(generating([0], steps, llms));
    expect(value("llm.withdrawn")).toBe(1);
    expect(value("llm.input_tokens")).toBe(20);
    expect(value("llm.output_tokens")).toBe(22);
    expect(value("latency_s_mean")).toBe(6 + 17);
    expect(value("app-llm.timeouts")).toBe(1);
  });

  it("run of a batch forgets at once who is given up while it waits", () => {
    const llms = [llmOf(batchingOf({ max_batch: 1 }), { queue_capacity: 1 })];
    const plan = generating([0, 1, 6, 7], asking(10, 20, { policy: { ...impatient, timeout_s: 5 } }), llms);
    // The first is given up at 5 s in its fifth step; the second, which joins then, at 6 s, when the third comes; the fourth finds room.
    const value = runMeasured(plan);
    expect(value("llm.refused")).toBe(0);
    expect(value("llm.withdrawn")).toBe(4);
    expect(value("llm.queue_mean")).toBeCloseTo((4 + 0 + 4) / 1000, 2);
  });
});

describe("run of what models cost", () => {
  it("run puts all that a request causes on its bill: branches, calls of calls, what nobody waits for", () => {
    const ask = asking(1000, 100);
    const price = (1000 * 1 + 100 * 10) / 1e6;
    const steps = [...ask, parallel([ask, ask]), { kind: "spawn" as const, steps: ask }];
    const value = runMeasured(generating([0, 300], steps, [llmOf(providerOf())]));
    expect(value("cost_usd_per_request")).toBeCloseTo(4 * price, 12);
    expect(value("cost_usd_per_request_p99")).toBeCloseTo(4 * price, 12);
    expect(value("cost_usd")).toBeCloseTo(8 * price, 12);
    expect(value("llm.cost_usd")).toBe(value("cost_usd"));
  });

  it("run puts on the bill what a caller did not wait for, and an attempt of its own each time", () => {
    const policy = { ...PATIENT, timeout_s: 3, retry: { ...retry, attempts: 2, on: ["timed_out" as const] } };
    const value = runMeasured(generating([0], asking(1000, 100, { policy }), [llmOf(providerOf())]));
    expect(value("requests_timed_out")).toBe(1);
    expect(value("llm.answers")).toBe(2);
    expect(value("cost_usd_per_request")).toBeCloseTo((2 * 2000) / 1e6, 12);
    const cancelled = { ...policy, cancels: true, timeout_s: 10.5 };
    // Each attempt gets its prompt read and 10 tokens.
    const given = runMeasured(generating([0], asking(1000, 100, { policy: cancelled }), [llmOf(providerOf())]));
    expect(given("llm.output_tokens")).toBe(20);
    expect(given("cost_usd_per_request")).toBeCloseTo((2 * 1100) / 1e6, 12);
  });

  it("run adds what replicas cost that an autoscaler runs to what models cost", () => {
    const plan = generating([0, 300], asking(1000, 100), [llmOf(providerOf())]);
    const workers = [1, 2].map((k) => server(`worker-${k}`, [endpoint([io(1)])], { group: "worker" }));
    const two = {
      id: "worker",
      members: ["worker-1", "worker-2"],
      initial: 2,
      bounds: [{ from_s: 0, min: 2, max: 2 }],
    };
    const whole = { ...plan, servers: [...plan.servers, ...workers] };
    const value = runMeasured(scaled(whole, { ...two, usd_per_replica_hour: 3.6 }));
    const tokens = (2 * (1000 * 1 + 100 * 10)) / 1e6;
    expect(value("worker.cost_usd")).toBeCloseTo((2 * 1000 * 3.6) / 3600, 9);
    expect(value("cost_usd")).toBeCloseTo(tokens + value("worker.cost_usd"), 9);
    expect(value("cost_usd_per_request")).toBeCloseTo(tokens / 2, 12);
  });

  it("run counts requests that ask no model among those that cost", () => {
    const branch = { kind: "branch" as const, ways: [{ when: { probability: 0.25 }, steps: asking(1e6, 1) }] };
    const arrivals = Array.from({ length: 4000 }, (_, k) => 0.1 * k);
    const value = runMeasured(generating(arrivals, [branch], [llmOf(providerOf())]));
    expect(value("cost_usd_per_request")).toBeCloseTo(value("cost_usd") / 4000, 12);
    expect(value("cost_usd_per_request")).toBeGreaterThan(0.23);
    expect(value("cost_usd_per_request")).toBeLessThan(0.27);
    expect(value("cost_usd_per_request_p95")).toBeCloseTo(1.00001, 9);
  });

  it("run has metrics of costs where there are models only", () => {
    const names = metricsOf(calling({ rate_per_s: 1, steps: [io(1)] })).map(({ name }) => name);
    expect(names.some((name) => name.includes("usd"))).toBe(false);
    const plan = { ...generating([], asking(1, 1), [llmOf(providerOf())]), generators: [poisson(1)] };
    expect(metricsOf(plan).filter(({ unit }) => unit === "USD")).toHaveLength(5);
  });
});
