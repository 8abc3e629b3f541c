import { describe, expect, it } from "vitest";
import type { Distribution, Plan } from "../src/index.js";
import { knownAnswer } from "./known-answer.js";
import { constant, cpu, endpoint, singleQueue } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

/** Standard error of heavy tails and of quantiles from p99 on, relative. */
const TAIL = 0.02;
const SERVICE_S = 0.01;
const metric =
  (name: string): Reading =>
  (value) =>
    value(name);

function queueOf(service: Distribution, rate_per_s: number, horizon_s: number): Plan {
  const warm_up_s = 20;
  return singleQueue({ rate_per_s, endpoints: [endpoint([cpu(service)])], more: { horizon_s, warm_up_s } });
}

/** Mean wait in M/G/1 [s], from the squared coefficient of variation of service: Pollaczek 1930, Khinchine 1932. */
function pollaczekKhinchine(rate_per_s: number, scv: number): number {
  const load = rate_per_s * SERVICE_S;
  return (load * SERVICE_S * (1 + scv)) / (2 * (1 - load));
}

/** P(wait <= t) in M/D/1: Erlang 1909. */
function waitInMd1(rate_per_s: number, t: number): number {
  let sum = 0;
  let factorial = 1;
  for (let k = 0; k * SERVICE_S <= t; k++) {
    if (k > 0) factorial *= k;
    const x = rate_per_s * (t - k * SERVICE_S);
    sum += ((-x) ** k / factorial) * Math.exp(x);
  }
  return (1 - rate_per_s * SERVICE_S) * sum;
}

interface Case {
  readonly service: Distribution;
  /** Squared coefficient of variation of the service time. */
  readonly scv: number;
  readonly rate_per_s: number;
  readonly horizon_s: number;
  /** Largest relative standard error. */
  readonly precision: number;
}

/** The more a service time varies, the longer a run must be: two of these are less loaded, to stay affordable. */
const cases: readonly (readonly [string, Case])[] = [
  ["M/E4/1", { service: gamma(4), scv: 0.25, rate_per_s: 80, horizon_s: 400, precision: 0.01 }],
  ["M/E2/1", { service: gamma(2), scv: 0.5, rate_per_s: 80, horizon_s: 500, precision: 0.01 }],
  ["M/H2/1", { service: balanced(0.887298), scv: 4, rate_per_s: 60, horizon_s: 800, precision: 0.01 }],
  ["M/G/1, lognormal", { service: lognormal(4), scv: 4, rate_per_s: 80, horizon_s: 900, precision: TAIL }],
  ["M/G/1, Pareto 2.5", { service: pareto(2.5), scv: 0.8, rate_per_s: 50, horizon_s: 800, precision: TAIL }],
];

/** Erlang of mean 10 ms. */
function gamma(shape: number): Distribution {
  return { kind: "gamma", shape, scale: SERVICE_S / shape };
}

/** Two branches that give half of the mean of 10 ms each. */
function balanced(share: number): Distribution {
  const means = [SERVICE_S / (2 * share), SERVICE_S / (2 * (1 - share))];
  return { kind: "hyperexponential", probabilities: [share, 1 - share], means };
}

/** Lognormal of mean 10 ms. */
function lognormal(scv: number): Distribution {
  const variance = Math.log(1 + scv);
  return { kind: "lognormal", mu: Math.log(SERVICE_S) - variance / 2, sigma: Math.sqrt(variance) };
}

/** Pareto of mean 10 ms. */
function pareto(shape: number): Distribution {
  return { kind: "pareto", shape, minimum: (SERVICE_S * (shape - 1)) / shape };
}

describe("run", () => {
  it.each(cases)(
    "run of %s has the wait of Pollaczek and Khinchine",
    (name, { service, scv, rate_per_s, horizon_s, precision }) => {
      const found = replicated(queueOf(service, rate_per_s, horizon_s), {
        sojourn: metric("latency_s_mean"),
        wait: metric("app.cpu_wait_s_mean"),
        utilization: metric("app.cpu_utilization_ratio"),
        queue: metric("app.ready_queue_mean"),
      });
      const wait_s = pollaczekKhinchine(rate_per_s, scv);
      expectTruth(found.sojourn, SERVICE_S + wait_s, `${name}: sojourn`, precision);
      // The wait has the error of the sojourn and a smaller mean.
      const ofWait = (precision * (SERVICE_S + wait_s)) / wait_s;
      expectTruth(found.wait, wait_s, `${name}: wait`, ofWait);
      expectTruth(found.queue, rate_per_s * wait_s, `${name}: number in queue`, ofWait);
      expectTruth(found.utilization, rate_per_s * SERVICE_S, `${name}: utilization`);
    },
  );

  it("run of M/G/1, lognormal of cv 1.5, has the known answers", () => {
    const found = replicated(queueOf(lognormal(2.25), 80, 500), {
      utilization: metric("app.cpu_utilization_ratio"),
      wait: metric("app.cpu_wait_s_mean"),
      sojourn: metric("latency_s_mean"),
    });
    expectTruth(found.utilization, knownAnswer("mg1_lognormal", "utilization"), "utilization");
    expectTruth(found.wait, knownAnswer("mg1_lognormal", "wait_s_mean"), "wait", TAIL);
    expectTruth(found.sojourn, knownAnswer("mg1_lognormal", "sojourn_s_mean"), "sojourn", TAIL);
  });

  it("run of M/D/1 at 80 %: means and quantiles of the wait", () => {
    const found = replicated(queueOf(constant(SERVICE_S), 80, 500), {
      utilization: metric("app.cpu_utilization_ratio"),
      wait: metric("app.cpu_wait_s_mean"),
      sojourn: metric("latency_s_mean"),
      p90: (value) => value("latency_s_p90") - SERVICE_S,
      p95: (value) => value("latency_s_p95") - SERVICE_S,
      p99: (value) => value("latency_s_p99") - SERVICE_S,
      waitP99: metric("app.cpu_wait_s_p99"),
    });
    expect(waitInMd1(80, 0.103559)).toBeCloseTo(0.99, 5);
    expectTruth(found.utilization, knownAnswer("md1", "utilization"), "utilization");
    expectTruth(found.wait, knownAnswer("md1", "wait_s_mean"), "wait");
    expectTruth(found.sojourn, knownAnswer("md1", "sojourn_s_mean"), "sojourn");
    expectTruth(found.p90, 0.050115, "wait p90");
    expectTruth(found.p95, 0.066203, "wait p95");
    expectTruth(found.p99, 0.103559, "wait p99", TAIL);
    expectTruth(found.waitP99, 0.103559, "wait p99", TAIL);
  });

  it("run of M/D/1 at 80 %: the far tail of the wait (rows 6, 35)", () => {
    const found = replicated(queueOf(constant(SERVICE_S), 80, 2500), {
      p999: (value) => value("latency_s_p999") - SERVICE_S,
    });
    expectTruth(found.p999, 0.157003, "row 35 p99.9", TAIL);
  });

  it("run of M/D/1 at 50 %: the far tail", () => {
    const found = replicated(queueOf(constant(SERVICE_S), 50, 400), {
      p99: (value) => value("latency_s_p99") - SERVICE_S,
      p999: (value) => value("latency_s_p999") - SERVICE_S,
    });
    expectTruth(found.p99, waitQuantileInMd1(50, 0.99), "wait p99", TAIL);
    expectTruth(found.p999, waitQuantileInMd1(50, 0.999), "wait p99.9", TAIL);
  });
});

function waitQuantileInMd1(rate_per_s: number, p: number): number {
  let low = 0;
  let high = 0.2;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (waitInMd1(rate_per_s, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}
