import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulation, metricsOf, run, runPrepared, type LlmPlan, type Plan } from "../src/index.js";
import { openJavaScriptKernel } from "../src/open-javascript-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { lawCases } from "./law-cases.js";
import { asking, batchingOf, generating, llmOf, providerOf } from "./llms.js";
import { measured, rowOf, runMeasured, type Measured } from "./measured.js";
import { naivePendingEvents } from "./naive-pending-events.js";
import { endpoint, exponential, poisson, server } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import { anyLlms } from "./random-llms.js";
import { replayed } from "./replayed.js";
import { expectDrained } from "./expect-drained.js";

const runs = lawCases(25);
const seeds = fc.nat(1_000_000);
const detailedPlan = anyLlms().map((plan): Plan => ({ ...plan, series_cell_s: 0.3, warm_up_s: 0.4 }));

/** A model that takes twice as long for everything. */
function halfAsFast(llm: LlmPlan): LlmPlan {
  const { serving } = llm;
  if (serving.kind === "provider") {
    const { time_to_first_token_s, tokens_per_s } = serving;
    const slower = time_to_first_token_s.kind === "constant" ? "value" : "mean";
    const first = { ...time_to_first_token_s, [slower]: 2 * (time_to_first_token_s as never)[slower] } as never;
    return { ...llm, serving: { ...serving, time_to_first_token_s: first, tokens_per_s: tokens_per_s / 2 } };
  }
  const { step_base_s, step_per_request_s, prefill_s_per_token } = serving;
  const times = {
    step_base_s: 2 * step_base_s,
    step_per_request_s: 2 * step_per_request_s,
    prefill_s_per_token: 2 * prefill_s_per_token,
  };
  return { ...llm, serving: { ...serving, ...times } };
}

/** Requests of a model that have ended. */
function endedAt({ id, queue_timeout_s }: LlmPlan, value: Measured): number {
  const ends = ["answers", "rate_limited", "refused", "errors", "withdrawn"];
  const all = queue_timeout_s === undefined ? ends : [...ends, "queue_timeouts"];
  return all.reduce((sum, end) => sum + value(`${id}.${end}`), 0);
}

describe("run of language models", () => {
  it("run of language models loses no request: each is answered, turned away, failed, withdrawn, waits or is worked on", () => {
    const law = fc.property(anyLlms(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: plan.horizon_s };
      const result = run(detailed, seed, 0);
      const value = measured(detailed, result);
      for (const llm of plan.llms!) {
        const { id, serving } = llm;
        const active = `${id}.${serving.kind === "provider" ? "active" : "batch"}_mean`;
        const left = [active, `${id}.queue_mean`].map((name) => rowOf(detailed, result.samples, name)[0]!);
        expect(endedAt(llm, value) + left[0]! + left[1]!).toBe(value(`${id}.requests`));
        // What was in a queue or was worked on spent its time there: Little's law for the queue, to the last digits.
        if (left[1] !== 0) continue;
        const waited = value(`${id}.requests`) - value(`${id}.rate_limited`) - value(`${id}.refused`);
        if (waited > 0) {
          const area = value(`${id}.queue_mean`) * plan.horizon_s;
          expect(Math.abs(value(`${id}.queue_wait_s_mean`) * waited - area)).toBeLessThan(1e-9 * (1 + area));
        }
      }
      const ends = ["completed", "failed", "dropped", "rejected", "timed_out", "in_flight"];
      const sum = ends.reduce((total, end) => total + value(`requests_${end}`), 0);
      expect(sum).toBe(value("requests_generated"));
    });
    fc.assert(law, runs);
  });

  it("run of language models leaves nothing behind when it drains, and every token is on the bill of a request, to the cent", () => {
    const law = fc.property(anyLlms({ drains: true }), (plan) => {
      const { plan: whole, result } = expectDrained(plan);
      const value = measured(whole, result);
      const billed = value("cost_usd_per_request") * value("requests_generated");
      let price = 0;
      for (const { id } of plan.llms!) price += value(`${id}.input_tokens`) + 10 * value(`${id}.output_tokens`);
      expect(value("cost_usd")).toBeCloseTo(price / 1e6, 12);
      if (value("requests_generated") > 0) expect(Math.abs(billed - price / 1e6)).toBeLessThan(1e-12);
    });
    fc.assert(law, runs);
  });

  it("run of language models gives the bits of the kernel in JavaScript with a naive queue of pending events", () => {
    const law = fc.property(detailedPlan, seeds, fc.boolean(), (plan, seed, attribution) => {
      const asked = { ...plan, attribution };
      const naive = simulationOf(asked, openJavaScriptKernel(asked, { pending: naivePendingEvents() }));
      expect(run(asked, seed, 1)).toEqual(runPrepared(naive, seed, 1));
    });
    fc.assert(law, runs);
  });

  it("run of language models is the same in slices of any size, and after any other run", () => {
    const law = fc.property(detailedPlan, seeds, fc.constantFrom(1, 7, 300), (plan, seed, events) => {
      const simulation = createSimulation(plan);
      runPrepared(simulation, seed + 1, 3);
      simulation.reset(seed, 2);
      while (simulation.step(events));
      expect(simulation.result()).toEqual(run(plan, seed, 2));
    });
    fc.assert(law, runs);
  });

  it("run of language models is what its replay tells, which knows who waits and who is worked on", () => {
    const law = fc.property(anyLlms(), seeds, (plan, seed) => {
      const { result, log } = replayed(plan, seed);
      expect(result).toEqual(run(plan, seed, 0));
      const value = measured(plan, result);
      for (const { id, serving } of plan.llms!) {
        const count = (kind: string): number => log.filter((it) => it.kind === kind && it.component === id).length;
        const admitted = value(`${id}.requests`) - value(`${id}.rate_limited`) - value(`${id}.refused`);
        expect(count("turned_away")).toBe(value(`${id}.requests`) - admitted);
        if (serving.kind === "continuous_batching") expect(count("waits_for_llm")).toBe(admitted);
        expect(count("llm_started")).toBeLessThanOrEqual(admitted);
        expect(count("llm_started")).toBeGreaterThanOrEqual(value(`${id}.answers`) + value(`${id}.errors`));
      }
    });
    fc.assert(law, lawCases(20));
  });

  it("run keeps its bits when models are there that nobody asks", () => {
    const law = fc.property(anyCalls(), seeds, (plan, seed) => {
      const detailed = { ...plan, series_cell_s: 0.3 };
      const idle = { ...detailed, llms: [llmOf(providerOf()), llmOf(batchingOf(), { id: "other" })] };
      const inIdle = measured(idle, run(idle, seed, 0));
      const without = run(detailed, seed, 0);
      for (const [k, { name }] of metricsOf(detailed).entries()) expect(inIdle(name)).toEqual(without.metrics[k]);
    });
    fc.assert(law, runs);
  });

  it("run of models that are slowed down by 2 all the time gives the bits of models that are half as fast", () => {
    const law = fc.property(anyLlms(), seeds, (plan, seed) => {
      const disruptions = plan.disruptions.filter(({ kind }) => kind !== "slow_down");
      const always = { kind: "slow_down" as const, factor: 2, start_s: 0, end_s: 2 * plan.horizon_s };
      const slowed = {
        ...plan,
        disruptions: [...disruptions, ...plan.llms!.map(({ id }) => ({ ...always, target: id }))],
      };
      const slow = { ...plan, disruptions, llms: plan.llms!.map(halfAsFast) };
      expect(run(slowed, seed, 0).metrics).toEqual(run(slow, seed, 0).metrics);
    });
    const neutral = fc.property(anyLlms(), seeds, (plan, seed) => {
      const disruptions = plan.disruptions.map((it) => (it.kind === "slow_down" ? { ...it, factor: 1 } : it));
      const without = plan.disruptions.filter(({ kind }) => kind !== "slow_down");
      expect(run({ ...plan, disruptions }, seed, 0).metrics).toEqual(
        run({ ...plan, disruptions: without }, seed, 0).metrics,
      );
    });
    fc.assert(neutral, runs);
    fc.assert(law, runs);
  });

  it("run of a model gives the same to those who go on with the first token, only earlier", () => {
    const models = fc.oneof(
      fc.constant(providerOf({ concurrency: 3, tokens_per_s: 50 })),
      fc.constant(batchingOf({ step_base_s: 0.02, step_per_request_s: 0.01, max_batch: 8 })),
    );
    const law = fc.property(models, seeds, (serving, seed) => {
      const whole = generating([], asking(10, exponential(40)), [llmOf(serving)]);
      const open = { ...whole, generators: [poisson(2)], horizon_s: 50 };
      const streams = open.servers.map((it) =>
        it.id === "llm" ? server("llm", [endpoint([{ kind: "generate", llm: "llm", streams: true }])]) : it,
      );
      const [value, early] = [open, { ...open, servers: streams }].map((plan) => runMeasured(plan, seed));
      for (const name of ["answers", "output_tokens", "cost_usd", "queue_max"]) {
        expect(early!(`llm.${name}`)).toBe(value!(`llm.${name}`));
      }
      for (const name of ["time_to_first_token_s_mean", "queue_wait_s_mean", "time_per_output_token_s_mean"]) {
        expect(early!(`llm.${name}`)).toBeCloseTo(value!(`llm.${name}`), 9);
      }
      // Requests that are answered when the run is over have their first token some time before.
      expect(early!("latency_s_mean")).toBeLessThan(value!("latency_s_mean"));
    });
    fc.assert(law, lawCases(10));
  });

  it("run of a limit of answers' tokens is one of requests where all answers are alike", () => {
    const law = fc.property(fc.constantFrom(60, 90, 240), seeds, (requests_per_minute, seed) => {
      const plan = (limit: object): Plan => {
        const serving = providerOf({ ...limit, burst_s: 5, tokens_per_s: 100 });
        return { ...generating([], asking(10, 8), [llmOf(serving)]), generators: [poisson(2)], horizon_s: 100 };
      };
      const byTokens = plan({ output_tokens_per_minute: 8 * requests_per_minute });
      expect(run(byTokens, seed, 0)).toEqual(run(plan({ requests_per_minute }), seed, 0));
    });
    fc.assert(law, runs);
  });

  it("run of a provider without limits is an external service that takes as long", () => {
    const plan = generating([], asking(10, exponential(40)), [llmOf(providerOf({ tokens_per_s: 50 }))]);
    const value = runMeasured({ ...plan, generators: [poisson(5)] });
    const mean_s = 1 + (value("llm.output_tokens") / value("llm.answers") - 1) / 50;
    expect(value("llm.residence_s_mean")).toBeCloseTo(mean_s, 9);
    expect(value("llm.queue_max")).toBe(0);
  });

  it("run of a batch whose steps take the same for any number, without limits, delays everybody until the next step only", () => {
    const plan = generating([], asking(10, 20), [llmOf(batchingOf({ step_base_s: 0.1 }))]);
    const value = runMeasured({ ...plan, generators: [poisson(3)] });
    expect(value("latency_s_min")).toBeCloseTo(2, 9);
    expect(value("latency_s_max")).toBeLessThan(2.1 + 1e-9);
    expect(value("llm.time_per_output_token_s_mean")).toBeCloseTo(0.1, 9);
    expect(value("llm.queue_wait_s_p99")).toBeLessThan(0.1);
  });

  it("run of language models meets all that can happen in the plans of these laws", () => {
    const plans = fc.sample(anyLlms(), { ...runs, numRuns: 40 });
    const values = plans.map((plan) => runMeasured(plan, 1));
    const share = (metric: string): number =>
      plans.filter((plan, k) => plan.llms!.some(({ id }) => values[k]!(`${id}.${metric}`) > 0)).length / plans.length;
    for (const end of ["answers", "rate_limited", "refused", "errors", "withdrawn", "queue_max"]) {
      expect(share(end), end).toBeGreaterThan(0.1);
    }
  });
});
