import { describe, expect, it } from "vitest";
import type { Distribution, LlmPlan, Plan } from "../src/index.js";
import { asking, batchingOf, generating, llmOf, providerOf } from "./llms.js";
import { constant, exponential, poisson } from "./plans.js";
import { expectTruth, replicated, type Replicated } from "./replicated.js";

/** Exponential whose draws, rounded up, are geometric numbers of this mean. */
const geometric = (mean: number): Distribution => exponential(-1 / Math.log1p(-1 / mean));

function loaded(rate_per_s: number, output: Distribution, llm: LlmPlan, horizon_s: number): Plan {
  const plan = generating([], asking(1000, output), [llm]);
  return { ...plan, generators: [poisson(rate_per_s)], horizon_s, warm_up_s: horizon_s / 11 };
}

const STEP = { base_s: 0.02, perRequest_s: 0.0005, most: 64, mean: 200 };

/** Steps of 20 ms and 0.5 ms for each of at most 64 requests, geometric answers of 200 tokens on average. */
const batching = llmOf(
  batchingOf({ step_base_s: STEP.base_s, step_per_request_s: STEP.perRequest_s, max_batch: STEP.most }),
);

/** More requests than there ever are in these cases. */
const MOST = 280;

/**
 * Mean time of a request and mean batch, by the Markov chain of the number of requests between steps: a step of n of them lasts a + b min(n, B),
 * each of the min(n, B) in the batch leaves with probability 1 / m, and a Poisson number comes. Without any, the next step begins with
 * the next request.
 */
function byChain(rate_per_s: number): { readonly time_s: number; readonly batch: number; readonly wait_s: number } {
  const rows = Array.from({ length: MOST }, (_, present) => transitions(present, rate_per_s));
  let shares = birthDeath(rate_per_s);
  for (let round = 0; round < 20_000; round++) {
    const next = new Float64Array(MOST);
    for (const [present, { first, chances }] of rows.entries()) {
      const share = shares[present]!;
      if (share < 1e-12) continue;
      for (const [k, chance] of chances.entries()) next[Math.min(MOST - 1, first + k)]! += share * chance;
    }
    const moved = next.reduce((sum, share, present) => sum + Math.abs(share - shares[present]!), 0);
    shares = next;
    if (moved < 1e-8) break;
  }
  let time_s = 0;
  let requests_s = 0;
  let batch_s = 0;
  for (const [present, share] of shares.entries()) {
    const step_s = present === 0 ? 1 / rate_per_s : lengthOf(present);
    time_s += share * step_s;
    // Who comes in a step is there for half of it on average.
    requests_s += share * (present * step_s + (present === 0 ? 0 : (rate_per_s * step_s * step_s) / 2));
    batch_s += share * Math.min(present, STEP.most) * step_s;
  }
  const batch = batch_s / time_s;
  const all = requests_s / time_s;
  return { time_s: all / rate_per_s, batch, wait_s: (all - batch) / rate_per_s };
}

/** Where the chain is nearly: a birth-death process that gives min(n, B) tokens in each a + b min(n, B). */
function birthDeath(rate_per_s: number): Float64Array {
  const shares = Float64Array.from({ length: MOST }, () => 1);
  for (let present = 1; present < MOST; present++) {
    const ended_per_s = Math.min(present, STEP.most) / (lengthOf(present) * STEP.mean);
    // Chances between steps, not over time, are asked for.
    shares[present] = (shares[present - 1]! * rate_per_s) / ended_per_s;
  }
  const perStep = shares.map((share, present) => share / (present === 0 ? 1 / rate_per_s : lengthOf(present)));
  const total = perStep.reduce((sum, share) => sum + share, 0);
  return perStep.map((share) => share / total);
}

function lengthOf(present: number): number {
  return STEP.base_s + STEP.perRequest_s * Math.min(present, STEP.most);
}

/** From which number on requests there are after a step, with which probabilities. */
function transitions(
  present: number,
  rate_per_s: number,
): { readonly first: number; readonly chances: readonly number[] } {
  if (present === 0) return { first: 1, chances: [1] };
  const batch = Math.min(present, STEP.most);
  const leaving = binomial(batch, 1 / STEP.mean);
  const coming = poissonChances(rate_per_s * lengthOf(present));
  const chances = Array.from({ length: leaving.length + coming.length - 1 }, () => 0);
  for (const [left, one] of leaving.entries()) {
    for (const [come, other] of coming.entries()) chances[leaving.length - 1 - left + come]! += one * other;
  }
  return { first: present - (leaving.length - 1), chances };
}

/** Up to where hardly anything is left. */
function binomial(n: number, p: number): readonly number[] {
  const chances = [Math.exp(n * Math.log1p(-p))];
  for (let k = 1; k <= n && (k < 2 || chances[k - 1]! > 1e-10); k++) {
    chances.push((((chances[k - 1]! * (n - k + 1)) / k) * p) / (1 - p));
  }
  return chances;
}

function poissonChances(mean: number): readonly number[] {
  const chances = [Math.exp(-mean)];
  for (let k = 1; k < 3 || chances[k - 1]! > 1e-10; k++) chances.push((chances[k - 1]! * mean) / k);
  return chances;
}

/** What a simulation of each step by somebody else, and the birth-death process that it approaches, have given. */
const ELSEWHERE = [
  { rate_per_s: 1, stepwise_s: 4.549, birthDeath_s: 4.5556, batch: 4.556, wait_s: 0 },
  { rate_per_s: 3, stepwise_s: 5.843, birthDeath_s: 5.8571, batch: 17.571, wait_s: 0 },
  { rate_per_s: 5, stepwise_s: 8.17, birthDeath_s: 8.2087, batch: 40.987, wait_s: 0.0113 },
  { rate_per_s: 5.8, stepwise_s: 10.607, birthDeath_s: 10.741, batch: 56.097, wait_s: 1.069 },
];

describe("run of continuous batching", () => {
  it.each(ELSEWHERE)(
    "run of continuous batching at $rate_per_s / s agrees with the chain of its steps",
    (elsewhere) => {
      const { rate_per_s } = elsewhere;
      const horizon_s = { 1: 5000, 3: 2500, 5: 5000, 5.8: 9000 }[rate_per_s]!;
      const found = replicated(
        loaded(rate_per_s, geometric(STEP.mean), batching, horizon_s),
        {
          time_s: (value) => value("latency_s_mean"),
          batch: (value) => value("llm.batch_mean"),
          wait_s: (value) => value("llm.queue_wait_s_mean"),
        },
        15,
      );
      const truth = byChain(rate_per_s);
      expectTruth(found.time_s, truth.time_s, "time");
      expectTruth(found.batch, truth.batch, "batch");
      // Almost only the wait for the next step, in the first two cases.
      if (elsewhere.wait_s === 0) expectTruth(found.wait_s, truth.wait_s, "wait");
      // A step-level simulation is to be within 1.3 % of the process in continuous time.
      expect(Math.abs(found.time_s.mean / elsewhere.birthDeath_s - 1)).toBeLessThan(0.013);
      expect(Math.abs(found.batch.mean / elsewhere.batch - 1)).toBeLessThan(0.013);
      // The process in continuous time has no steps to wait for; the other simulation has an error of its own.
      expect(Math.abs(truth.time_s / elsewhere.birthDeath_s - 1)).toBeLessThan(0.003);
      expect(Math.abs(truth.batch / elsewhere.batch - 1)).toBeLessThan(0.003);
      expect(Math.abs(truth.time_s / elsewhere.stepwise_s - 1)).toBeLessThan(0.015);
    },
  );
});

/** Share of Poisson requests of some numbers of tokens that a provider's limits turn away. */
function loss(rate_per_s: number, tokens: Distribution, limits: object, horizon_s = 420): Replicated {
  const provider = providerOf({ time_to_first_token_s: constant(0), tokens_per_s: 1e12, ...limits });
  const plan = loaded(rate_per_s, tokens, llmOf(provider), horizon_s);
  const steps = asking(0, tokens);
  const servers = plan.servers.map((server, k) =>
    k === 0 ? { ...server, endpoints: server.endpoints.map((endpoint) => ({ ...endpoint, steps })) } : server,
  );
  return replicated(
    { ...plan, servers },
    { loss: (value) => value("llm.rate_limited") / value("requests_generated") },
    20,
  ).loss;
}

/**
 * The same by the stationary density f of what the bucket lacks, between 0 and its capacity b: what comes crosses x upwards as often as the refill crosses
 * it downwards, r f(x) = lambda (P0 P(x < S <= b) + integral over y in [0, x] of f(y) P(x - y < S <= b - y)), solved on a grid.
 */
function lossByDensity(rate_per_s: number, mean: number, refill_per_s: number, capacity: number): number {
  const cells = 1000;
  const width = capacity / cells;
  const beyond = (tokens: number): number => Math.exp(-tokens / mean);
  const ratio = rate_per_s / refill_per_s;
  const density: number[] = [];
  for (let k = 0; k < cells; k++) {
    const x = (k + 0.5) * width;
    let sum = beyond(x) - beyond(capacity);
    for (const [j, value] of density.entries()) {
      const y = (j + 0.5) * width;
      sum += value * width * (beyond(x - y) - beyond(capacity - y));
    }
    // Half of its own cell is below x.
    const own = 0.5 * width * (1 - beyond(capacity - x));
    density.push((ratio * sum) / (1 - ratio * own));
  }
  const total = 1 + density.reduce((sum, value) => sum + value * width, 0);
  const lost = density.reduce((sum, value, k) => sum + value * width * beyond(capacity - (k + 0.5) * width), 0);
  return (beyond(capacity) + lost) / total;
}

describe("run of a provider's limits", () => {
  it.each([
    [90, 1, 0.473684, 0.01],
    [90, 5, 0.064362, 0.01],
    [90, 10, 0.016632, 0.03],
    [100, 5, 0.1036, 0.01],
  ])(
    "run of a limit of requests at %d / s of 100 / s with a burst of %d loses %d",
    (rate_per_s, burst, truth, relative) => {
      const limits = { requests_per_minute: 6000, burst_s: burst / 100 };
      expectTruth(loss(rate_per_s, constant(1), limits), truth, "loss", relative);
    },
  );

  it("run of a limit of tokens loses as much when all requests have equally many", () => {
    const limits = { tokens_per_minute: 6000 * 700, burst_s: 5 / 100 };
    expectTruth(loss(90, constant(700), limits), 0.064362, "loss");
  });

  it.each([
    [90, 300],
    [100, 1000],
    [150, 500],
  ])(
    "run of a limit of tokens at %d / s, with a burst of %d times 10 tokens, agrees with its density",
    (rate_per_s, burst) => {
      // Rounding up adds half a token to the mean of 1000.
      const limits = { tokens_per_minute: 60 * 100_000, burst_s: (10 * burst) / 100_000 };
      const truth = lossByDensity(rate_per_s, 1000.5, 100_000, 10 * burst);
      expectTruth(loss(rate_per_s, exponential(1000), limits), truth, "loss");
    },
  );
});
