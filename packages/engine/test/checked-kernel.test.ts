import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run, runPrepared, type Plan, type SessionPlan } from "../src/index.js";
import { encodePlan } from "../src/encode/encode-plan.js";
import { openKernel } from "../src/open-kernel.js";
import { simulationOf } from "../src/simulation.js";
import { constant, cpu, endpoint, exponential, io, singleQueue } from "./plans.js";
import { anyMessaging } from "./random-brokers.js";
import { anyCalls } from "./random-calls.js";
import { anyHastyCalls } from "./random-cpus.js";
import { anyDetection, withDetection } from "./random-detection.js";
import { anyEntrance, withEntrance } from "./random-entrances.js";
import { anyGated } from "./random-gates.js";
import { anyLlms } from "./random-llms.js";
import { anyNetworkCalls } from "./random-networks.js";
import { anyTroubles, withTroubles } from "./random-faults.js";
import { anyPlaces } from "./random-places.js";
import { anyPlan } from "./random-plans.js";
import { anyScaling, anySet } from "./random-scaling.js";
import { scaled } from "./scaled.js";

/** The kernels compiled with a check of every index, which traps where one is wrong. */
const script = fileURLToPath(new URL("../../../scripts/build-kernel.mjs", import.meta.url));
const lines = execFileSync(process.execPath, [script, "--checked"], { encoding: "utf8", maxBuffer: 1e8 })
  .trimEnd()
  .split("\n");
const [checked, checkedSmall, checkedAttributing] = lines.map(
  (line) => new WebAssembly.Module(Buffer.from(line, "base64")),
) as [WebAssembly.Module, WebAssembly.Module, WebAssembly.Module];

function expectNoTrap(plan: Plan, seed: number): void {
  const module = plan.attribution ? checkedAttributing : checked;
  expect(runPrepared(simulationOf(plan, openKernel(plan, module)), seed, 1)).toEqual(run(plan, seed, 1));
}

/** The plan as one that the small kernel can run. */
function small(plan: Plan): Plan {
  const arrivals = { kind: "poisson", rate_per_s: 60, profile: [] } as const;
  return {
    ...plan,
    attribution: false,
    series_cell_s: 0.1,
    detailed_series: true,
    load_balancers: plan.load_balancers.map((balancer) =>
      Object.assign({}, balancer, { algorithm: "weights" in balancer ? "round_robin" : "least_in_transit" }),
    ),
    generators: plan.generators.map((generator) => ({
      ...generator,
      arrivals: /users/.test(generator.arrivals.kind) ? generator.arrivals : arrivals,
      batch_size: constant(1),
      mix: [],
    })),
  };
}

describe("openKernel", () => {
  it("openKernel has a small kernel that leaves no array, and gives the bits of the whole one", () => {
    let fitting = 0;
    const law = fc.property(anyPlan().map(small), fc.nat(1000), (plan, seed) => {
      if (!encodePlan(plan).isSmall) return;
      fitting += 1;
      const results = [checked, checkedSmall].map((kernel) =>
        runPrepared(simulationOf(plan, openKernel(plan, kernel)), seed, 1),
      );
      expect(results[1]).toEqual(results[0]);
      expect(run(plan, seed, 1)).toEqual(results[0]);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 100 });
    expect(fitting).toBeGreaterThan(80);
  });

  it("openKernel has a kernel that leaves no array, on random plans", () => {
    const law = fc.property(anyPlan(), fc.nat(1000), (plan, seed) => {
      expectNoTrap({ ...plan, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 200 });
  });

  it("openKernel has a kernel that leaves no array, on random plans of CPUs of every kind and callers that give up", () => {
    const law = fc.property(anyHastyCalls(), fc.nat(1000), (plan, seed) => {
      expectNoTrap({ ...plan, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 60 });
  });

  it("openKernel has a kernel that leaves no array with autoscalers", () => {
    const law = fc.property(anySet, anyScaling, fc.nat(1000), (plan, scaling, seed) => {
      expectNoTrap(scaled({ ...plan, horizon_s: 10 }, { ...scaling, initial: 1 }), seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });

  it("openKernel has a kernel that leaves no array with entrances, connections and users", () => {
    const connections = fc.record({
      round_trips: fc.constantFrom(0, 2),
      keep_alive_s: fc.constantFrom(0.01, 1e9),
      max_idle: fc.integer({ min: 0, max: 3 }),
    });
    const law = fc.property(anyPlan(), anyEntrance, connections, fc.nat(1000), (plan, entrance, connection, seed) => {
      const servers = new Set(plan.servers.map(({ id }) => id));
      const edges = plan.edges.map((edge) => (servers.has(edge.source) ? edge : { ...edge, connection }));
      const session: SessionPlan = {
        think_s: exponential(0.05),
        requests: { kind: "drawn", length: exponential(3) },
        on_failure: "end",
      };
      const generators = plan.generators.map((generator) => ({ ...generator, session }));
      expectNoTrap(withEntrance({ ...plan, edges, generators, series_cell_s: 0.1 }, entrance), seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 30 });
  });

  it("openKernel has a kernel that leaves no array with detectors, injectors and throttles", () => {
    const plans = fc.oneof(anyPlan(), anyHastyCalls());
    const law = fc.property(plans, anyEntrance, anyDetection, fc.nat(1000), (plan, entrance, detection, seed) => {
      expectNoTrap({ ...withDetection(withEntrance(plan, entrance), detection), series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 30 });
  });

  it("openKernel has a kernel that leaves no array, on random plans of calls, whether it attributes or not", () => {
    const law = fc.property(anyCalls(), fc.nat(1000), fc.boolean(), fc.boolean(), (plan, seed, attribution, more) => {
      const details = { attribution, endpoint_metrics: more, detailed_series: more };
      expectNoTrap({ ...plan, ...details, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 50 });
  });

  it("openKernel has a kernel that leaves no array, with gates of every kind before calls", () => {
    const law = fc.property(anyGated(anyHastyCalls()), fc.nat(1000), fc.boolean(), (plan, seed, attribution) => {
      expectNoTrap({ ...plan, attribution, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });

  it("openKernel has a kernel that leaves no array, with policies of endpoints, queues of pools and crowded servers", () => {
    const law = fc.property(
      anyPlaces(anyGated(anyHastyCalls())),
      fc.nat(1000),
      fc.boolean(),
      (plan, seed, attribution) => {
        expectNoTrap({ ...plan, attribution, series_cell_s: 0.1 }, seed);
      },
    );
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });

  it("openKernel has a kernel that leaves no array, on random plans of language models, whether it attributes or not", () => {
    const law = fc.property(anyLlms(), fc.nat(1000), fc.boolean(), (plan, seed, attribution) => {
      expectNoTrap({ ...plan, attribution, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });

  it("openKernel has a kernel that leaves no array, on random plans of networks, whether it attributes or not", () => {
    const law = fc.property(anyNetworkCalls(), fc.nat(1000), fc.boolean(), (plan, seed, attribution) => {
      expectNoTrap({ ...plan, attribution, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 50 });
  });

  it("openKernel has a kernel that leaves no array with messages, whether it attributes or not", () => {
    const law = fc.property(anyMessaging(), fc.nat(1000), fc.boolean(), (plan, seed, attribution) => {
      expectNoTrap({ ...plan, attribution, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });

  it("openKernel has a kernel that leaves no array while things go wrong", () => {
    const plans = fc.tuple(fc.oneof(anyPlan(), anyHastyCalls()), anyEntrance, anyTroubles, fc.boolean());
    const law = fc.property(plans, fc.nat(1000), ([plan, entrance, troubles, attribution], seed) => {
      const troubled = withTroubles(withEntrance(plan, entrance), troubles);
      const details = { attribution, endpoint_metrics: true, detailed_series: attribution };
      expectNoTrap({ ...troubled, ...details, series_cell_s: 0.1 }, seed);
    });
    fc.assert(law, { seed: 20_261_121, numRuns: 40 });
  });

  it("openKernel has a kernel that leaves no array while everything grows", () => {
    const endpoints = [endpoint([cpu(exponential(0.01)), io(exponential(0.5))], { ram_mb: 1 })];
    expectNoTrap(singleQueue({ rate_per_s: 500, endpoints, ram_mb: 5000, more: { horizon_s: 20 } }), 7);
  });
});
