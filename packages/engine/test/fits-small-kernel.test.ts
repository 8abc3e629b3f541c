import { describe, expect, it } from "vitest";
import type { BalancingAlgorithm, CpuPlan, EndpointPlan, GeneratorPlan, Plan } from "../src/index.js";
import { encodePlan } from "../src/encode/encode-plan.js";
import { balanced, constant, cpu, cpuOf, endpoint, io, poisson, server } from "./plans.js";

const plain = balanced({ rate_per_s: 10, algorithm: "round_robin", servers: twoServers([cpu(0.01), io(0.02)]) });

function twoServers(steps: EndpointPlan["steps"]): Plan["servers"] {
  return [server("app-0", [endpoint(steps)]), server("app-1", [endpoint(steps)])];
}

function isSmall(more: Partial<Plan>): boolean {
  return encodePlan({ ...plain, ...more }).isSmall;
}

function withGenerator(more: Partial<GeneratorPlan>): Partial<Plan> {
  return { generators: plain.generators.map((generator) => ({ ...generator, ...more })) };
}

function withAlgorithm(algorithm: BalancingAlgorithm): Partial<Plan> {
  return { load_balancers: plain.load_balancers.map(({ id }) => ({ id, ...algorithm })) };
}

function withSteps(steps: EndpointPlan["steps"]): Partial<Plan> {
  return { servers: twoServers(steps) };
}

function withCpu(scheduling: CpuPlan["scheduling"]): Plan["servers"] {
  return plain.servers.map((it) => ({ ...it, cpu: cpuOf({ scheduling }) }));
}

describe("fitsSmallKernel", () => {
  it.each<[string, Partial<Plan>]>([
    ["nothing else", {}],
    ["the other algorithm of AsyncFlow", withAlgorithm({ algorithm: "least_in_transit" })],
    ["Poisson arrivals", { generators: [poisson(10)] }],
    ["answers", { edges: plain.edges.filter(({ source }) => !source.startsWith("app")) }],
    ["an outage", { disruptions: [{ kind: "server_down", target: "app-0", start_s: 1, end_s: 2 }] }],
    [
      "a health check",
      {
        load_balancers: plain.load_balancers.map((it) => ({
          ...it,
          health_check: { interval_s: 1, eject_after: 2, return_after: 1 },
        })),
      },
    ],
    ["detailed series", { detailed_series: true }],
  ])("fitsSmallKernel has plans with %s", (_what, more) => {
    expect(isSmall(more)).toBe(true);
  });

  it.each<[string, Partial<Plan>]>([
    ["attribution", { attribution: true }],
    ["endpoint metrics", { endpoint_metrics: true }],
    ["another algorithm", withAlgorithm({ algorithm: "random" })],
    ["batches", withGenerator({ batch_size: constant(2) })],
    ["a mix", withGenerator({ mix: [{ endpoint: "work", class: "a", priority: 0, weight: 1 }] })],
    [
      "arrivals from a trace",
      withGenerator({ arrivals: { kind: "trace", times_s: Float64Array.of(1), requests: new Int32Array(0) } }),
    ],
    ["a branch", withSteps([{ kind: "branch", ways: [{ when: { probability: 1 }, steps: [cpu(0.01)] }] }])],
    ["a crash", { disruptions: [{ kind: "crash", target: "app-0", start_s: 1, end_s: 2 }] }],
    ["a CPU that shares its cores", { servers: withCpu("processor_sharing") }],
  ])("fitsSmallKernel leaves plans with %s to the whole kernel", (_what, more) => {
    expect(isSmall(more)).toBe(false);
  });
});
