import { describe, it } from "vitest";
import { bucketQuantile, zeroShare } from "./bucket-quantile.js";
import { erlangC } from "./erlang-c.js";
import { knownAnswer } from "./known-answer.js";
import { cpu, endpoint, exponential, io, singleQueue } from "./plans.js";
import { expectTruth, replicated, type Reading } from "./replicated.js";

/*
 * Thirty replications, the truth within 4 standard errors, a standard error of 1 % at most, of 2 % from p99 on. The run
 * lengths are just enough for that: see Whitt 1989, "Planning queueing simulations".
 */
const TAIL = 0.02;
const metric =
  (name: string): Reading =>
  (value) =>
    value(name);
const waitQuantile =
  (p: number): Reading =>
  (_value, { histograms }) =>
    bucketQuantile(histograms[1]!, p);
const waitProbability: Reading = (_value, { histograms }) => 1 - zeroShare(histograms[1]!);

describe("run", () => {
  it("run of M/M/1 at 80 %: means, and quantiles of sojourn and wait", () => {
    const plan = singleQueue({
      rate_per_s: 80,
      endpoints: [endpoint([cpu(exponential(0.01))])],
      more: { horizon_s: 1050, warm_up_s: 20 },
    });
    const found = replicated(plan, {
      utilization: metric("app.cpu_utilization_ratio"),
      throughput: metric("throughput_per_s"),
      sojourn: metric("latency_s_mean"),
      wait: metric("app.cpu_wait_s_mean"),
      number: metric("in_flight_mean"),
      queue: metric("app.ready_queue_mean"),
      residence: metric("app.residence_s_mean"),
      service: metric("app.service_s_mean"),
      p50: metric("latency_s_p50"),
      p90: metric("latency_s_p90"),
      p95: metric("latency_s_p95"),
      p99: metric("latency_s_p99"),
      waits: waitProbability,
      waitP50: waitQuantile(0.5),
      waitP95: waitQuantile(0.95),
      waitP99: metric("app.cpu_wait_s_p99"),
    });
    expectTruth(found.utilization, knownAnswer("mm1", "utilization"), "utilization");
    expectTruth(found.throughput, 80, "throughput");
    expectTruth(found.sojourn, knownAnswer("mm1", "sojourn_s_mean"), "sojourn");
    expectTruth(found.wait, knownAnswer("mm1", "wait_s_mean"), "wait");
    expectTruth(found.number, knownAnswer("mm1", "number_in_system_mean"), "number in system");
    expectTruth(found.queue, 3.2, "number in queue");
    expectTruth(found.residence, 0.05, "residence");
    expectTruth(found.service, 0.01, "service");
    expectTruth(found.p50, knownAnswer("mm1", "sojourn_s_p50"), "sojourn p50");
    expectTruth(found.p90, 0.115129, "sojourn p90");
    expectTruth(found.p95, knownAnswer("mm1", "sojourn_s_p95"), "sojourn p95");
    expectTruth(found.p99, knownAnswer("mm1", "sojourn_s_p99"), "sojourn p99", TAIL);
    expectTruth(found.waits, 0.8, "probability of a wait");
    expectTruth(found.waitP50, 0.0235, "wait p50");
    expectTruth(found.waitP95, 0.138629, "wait p95");
    expectTruth(found.waitP99, 0.219101, "wait p99", TAIL);
  });

  it("run of M/M/1 at 50 %: the far tail", () => {
    // Sojourn -ln(1 - p) / (mu - lambda), wait ln(rho / (1 - p)) / (mu - lambda), mu - lambda = 50/s.
    const plan = singleQueue({
      rate_per_s: 50,
      endpoints: [endpoint([cpu(exponential(0.01))])],
      more: { horizon_s: 550, warm_up_s: 10 },
    });
    const found = replicated(plan, {
      sojourn: metric("latency_s_mean"),
      p99: metric("latency_s_p99"),
      p999: metric("latency_s_p999"),
      waitP99: metric("app.cpu_wait_s_p99"),
      waitP999: waitQuantile(0.999),
    });
    expectTruth(found.sojourn, 0.02, "sojourn");
    expectTruth(found.p99, Math.log(100) / 50, "sojourn p99", TAIL);
    expectTruth(found.p999, Math.log(1000) / 50, "sojourn p99.9", TAIL);
    expectTruth(found.waitP99, Math.log(50) / 50, "wait p99", TAIL);
    expectTruth(found.waitP999, Math.log(500) / 50, "wait p99.9", TAIL);
  });

  it("run of M/M/4 at 80 %: one queue for four cores", () => {
    const plan = singleQueue({
      rate_per_s: 320,
      endpoints: [endpoint([cpu(exponential(0.01))])],
      cpu_cores: 4,
      more: { horizon_s: 250, warm_up_s: 5 },
    });
    const found = replicated(plan, {
      utilization: metric("app.cpu_utilization_ratio"),
      wait: metric("app.cpu_wait_s_mean"),
      sojourn: metric("latency_s_mean"),
      queue: metric("app.ready_queue_mean"),
      number: metric("in_flight_mean"),
      waits: waitProbability,
      p50: metric("latency_s_p50"),
      p95: metric("latency_s_p95"),
      p99: metric("latency_s_p99"),
      waitP95: waitQuantile(0.95),
      waitP99: metric("app.cpu_wait_s_p99"),
    });
    expectTruth(found.utilization, knownAnswer("mmc", "utilization"), "utilization");
    expectTruth(found.wait, knownAnswer("mmc", "wait_s_mean"), "wait", TAIL);
    expectTruth(found.sojourn, knownAnswer("mmc", "sojourn_s_mean"), "sojourn");
    expectTruth(found.queue, knownAnswer("mmc", "number_in_queue_mean"), "number in queue", TAIL);
    expectTruth(found.waits, knownAnswer("mmc", "wait_probability"), "probability of a wait");
    expectTruth(found.waitP99, knownAnswer("mmc", "wait_s_p99"), "wait p99", TAIL);
    // The others are known for a quarter of both rates, so in times four times as long.
    expectTruth(found.number, 5.58573, "number in system");
    expectTruth(found.waitP95, 0.123947 / 4, "wait p95", TAIL);
    expectTruth(found.p50, 0.053848 / 4, "sojourn p50");
    expectTruth(found.p95, 0.189521 / 4, "sojourn p95");
    expectTruth(found.p99, 0.275728 / 4, "sojourn p99", TAIL);
  });

  it("run of a server with memory for 17 requests: M/M/17 on the residence time", () => {
    const rate_per_s = 272;
    const hold_s = 0.05;
    const plan = singleQueue({
      rate_per_s,
      endpoints: [endpoint([io(exponential(hold_s))], { ram_mb: 120 })],
      ram_mb: 2048,
      more: { horizon_s: 300, warm_up_s: 5 },
    });
    const found = replicated(plan, {
      sojourn: metric("latency_s_mean"),
      wait: metric("app.ram_wait_s_mean"),
      queue: metric("app.ram_queue_mean"),
      memory: metric("app.ram_used_mb_mean"),
      concurrency: metric("app.io_queue_mean"),
    });
    const load = rate_per_s * hold_s;
    const wait_s = (erlangC(17, load) * hold_s) / (17 - load);
    expectTruth(found.sojourn, hold_s + wait_s, "sojourn");
    expectTruth(found.wait, wait_s, "wait for memory", TAIL);
    expectTruth(found.queue, rate_per_s * wait_s, "queue for memory", TAIL);
    expectTruth(found.memory, 120 * load, "memory in use");
    expectTruth(found.concurrency, load, "concurrent requests");
  });
});
