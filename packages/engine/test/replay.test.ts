import { describe, expect, it } from "vitest";
import { replay, run, type Plan } from "../src/index.js";
import { arrivalTimes } from "./arrival-times.js";
import { balanced, constant, cpu, edge, endpoint, generator, io, planOf, server } from "./plans.js";
import { replayed } from "./replayed.js";

const seed = 7;

/** source -> client -> app -> client with a latency of 1 s on each edge; some 4 requests. */
function slow(more: Partial<Plan> = {}): Plan {
  const link = (source: string, target: string) => edge(source, target, { latency_s: constant(1) });
  return planOf({
    horizon_s: 40,
    generators: [generator(0.1)],
    servers: [server("app", [endpoint([cpu(2), cpu(3), io(4), io(0.5)], { ram_mb: 10 })])],
    edges: [link("source", "client"), link("client", "app"), link("app", "client")],
    ...more,
  });
}

/** What happens to a request, as times after its generation [s], kinds and components. */
function storyOf(plan: Plan, request: number): readonly string[] {
  const { log } = replayed(plan, seed);
  const story = log.filter((happening) => happening.request === request);
  return story.map(({ t_s, kind, component }) => `${(t_s - story[0]!.t_s).toFixed(6)} ${kind} ${component}`);
}

describe("replay", () => {
  it("replay tells the story of a request that nobody is in the way of", () => {
    expect(storyOf(slow(), 0)).toEqual([
      "0.000000 generated source",
      "0.000000 sent source-client",
      "1.000000 sent client-app",
      "2.000000 entered app",
      "2.000000 ram_reserved app",
      "2.000000 core_taken app",
      "2.000000 cpu_started app",
      "4.000000 cpu_started app",
      "7.000000 core_released app",
      "7.000000 io_started app",
      "11.000000 io_started app",
      "11.500000 left app",
      "11.500000 sent app-client",
      "12.500000 completed client",
    ]);
  });

  it("replay tells of waits for memory and for a core", () => {
    const plan = slow({ generators: [generator(1)] });
    const [first, second] = arrivalTimes(plan.generators[0]!, plan.horizon_s, seed);
    const gap_s = second! - first!;
    expect(gap_s).toBeLessThan(4);
    const steps = [cpu(5), io(4)];
    const narrow = (parts: object): Plan => ({
      ...plan,
      servers: [server("app", [endpoint(steps, { ram_mb: 10 })], parts)],
    });
    const core_s = (7 - gap_s).toFixed(6);
    expect(storyOf(narrow({ ram_mb: 1000 }), 1).slice(3, 8)).toEqual([
      "2.000000 entered app",
      "2.000000 ram_reserved app",
      "2.000000 waits_for_core app",
      `${core_s} core_taken app`,
      `${core_s} cpu_started app`,
    ]);
    const ram_s = (11 - gap_s).toFixed(6);
    expect(storyOf(narrow({ ram_mb: 10 }), 1).slice(3, 8)).toEqual([
      "2.000000 entered app",
      "2.000000 waits_for_ram app",
      `${ram_s} ram_reserved app`,
      `${ram_s} core_taken app`,
      `${ram_s} cpu_started app`,
    ]);
  });

  it("replay tells of requests that are lost, of those that find no server, and of disruptions", () => {
    const lossy = slow();
    const edges = lossy.edges.map((it) => ({ ...it, dropout_ratio: it.id === "client-app" ? 1 : 0 }));
    expect(storyOf({ ...lossy, edges }, 0).slice(1)).toEqual([
      "0.000000 sent source-client",
      "1.000000 dropped client-app",
    ]);

    const down = { kind: "server_down", target: "app", start_s: 0, end_s: 39 } as const;
    const spike = { kind: "network_spike", target: "app-client", start_s: 1, end_s: 2, spike_s: 1 } as const;
    const disrupted = slow({ disruptions: [down, spike] });
    expect(storyOf(disrupted, 0).slice(1)).toEqual([
      "0.000000 sent source-client",
      "1.000000 sent client-app",
      "2.000000 failed app",
    ]);
    expect(replayed(disrupted, seed).log.filter(({ request }) => request < 0)).toEqual([
      { t_s: 0, request: -1, caller: -1, kind: "disrupted", component: "app" },
      { t_s: 1, request: -1, caller: -1, kind: "disrupted", component: "app-client" },
      { t_s: 2, request: -1, caller: -1, kind: "recovered", component: "app-client" },
      { t_s: 39, request: -1, caller: -1, kind: "recovered", component: "app" },
    ]);

    const servers = [server("app", [endpoint([cpu(1)])])];
    const refused = balanced({ rate_per_s: 1, algorithm: "round_robin", servers, more: { disruptions: [down] } });
    expect(storyOf(refused, 0).at(-1)).toBe("0.000000 failed balancer");
  });

  it("replay comes in pieces whose number grows with the run", () => {
    const plan = planOf({
      horizon_s: 100,
      generators: [generator(500)],
      servers: [server("app", [endpoint([cpu(0.001)])])],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
    });
    const pieces = [...replay(plan, seed, 0)];
    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces.map(({ t_s }) => t_s.length))).toBeLessThan(100_000);
  });

  it("replay of a run that a budget ends tells what came before", () => {
    const plan = slow({ budget: { events: 12, live_requests: 100 } });
    const { result, log } = replayed(plan, seed);
    expect(result.outcome).toBe("truncated");
    expect(result).toEqual(run(plan, seed, 0));
    expect(log.length).toBeGreaterThan(5);
  });

  it("replay refuses a plan that refers to what it does not define", () => {
    expect(() => replay(planOf({ edges: [edge("nobody", "client")] }), seed, 0).next()).toThrow(RangeError);
  });
});
