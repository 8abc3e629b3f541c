import { describe, expect, it } from "vitest";
import { createSimulation, run, type CpuPlan, type Plan, type StepPlan } from "../src/index.js";
import { runMeasured } from "./measured.js";
import { constant, cpu, cpuOf, edge, endpoint, generatorOf, io, planOf, server } from "./plans.js";
import { replayed } from "./replayed.js";

/** What arrives when [s], at which endpoint, with which priority. */
type Arrival = readonly [t_s: number, endpointName: string, priority?: number];

interface Setup {
  readonly arrivals: readonly Arrival[];
  readonly endpoints: Readonly<Record<string, readonly StepPlan[]>>;
  readonly cpu: Partial<CpuPlan>;
  readonly cpu_cores?: number;
  readonly more?: Partial<Plan>;
}

/** source -> app -> client. */
function planFor({ arrivals, endpoints, cpu: cpus, cpu_cores = 1, more = {} }: Setup): Plan {
  const times_s = Float64Array.from(arrivals, ([t_s]) => t_s);
  const requests = Int32Array.from(arrivals.keys());
  const mix = arrivals.map(([, name, priority = 0]) => ({ weight: 1, endpoint: name, class: "", priority }));
  const programs = Object.entries(endpoints).map(([name, steps]) => endpoint(steps, { name }));
  return planOf({
    generators: [generatorOf({ kind: "trace", times_s, requests }, { mix })],
    servers: [server("app", programs, { cpu_cores, cpu: cpuOf(cpus) })],
    edges: [edge("source", "app"), edge("app", "client")],
    ...more,
  });
}

/** When the requests are complete, in the order of their arrivals [s], in the kernel in JavaScript as in the other. */
function ends(plan: Plan): readonly number[] {
  expect(replayed(plan, 1).result).toEqual(run(plan, 1, 0));
  const found: number[] = [];
  for (const { kind, request, t_s } of replayed(plan, 1).log) {
    if (kind === "completed") found[request] = Math.round(t_s * 1e9) / 1e9;
  }
  return found.filter((end) => end !== undefined);
}

const tenth = { a: [cpu(0.1)], long: [cpu(0.1)], short: [cpu(0.02)], middle: [cpu(0.06)] };

describe("run of a server with a discipline", () => {
  it.each<readonly [CpuPlan["scheduling"], readonly number[]]>([
    ["fifo", [0.1, 0.2, 0.3, 0.32]],
    ["lifo", [0.1, 0.32, 0.22, 0.12]],
    ["priority", [0.1, 0.32, 0.2, 0.22]],
    ["priority_preemptive", [0.22, 0.32, 0.12, 0.14]],
    ["shortest_job_first", [0.1, 0.22, 0.32, 0.12]],
    ["shortest_remaining_time", [0.12, 0.22, 0.32, 0.05]],
  ])("run of a server with %s", (scheduling, expected) => {
    const arrivals: readonly Arrival[] = [
      [0, "a", 5],
      [0.01, "a", 5],
      [0.02, "a", 0],
      [0.03, "short", 1],
    ];
    expect(ends(planFor({ arrivals, endpoints: tenth, cpu: { scheduling } }))).toEqual(expected);
  });

  it("run of a server with shortest_remaining_time lets go on what has less left", () => {
    const arrivals: readonly Arrival[] = [
      [0, "long"],
      [0.05, "middle"],
      [0.06, "short"],
    ];
    const scheduling = "shortest_remaining_time";
    // At 0.06 the long one has 0.04 left, more than the short one.
    expect(ends(planFor({ arrivals, endpoints: tenth, cpu: { scheduling } }))).toEqual([0.12, 0.18, 0.08]);
  });

  it("run of a server with shortest_remaining_time compares anew when a step follows a step", () => {
    const endpoints = { two: [cpu(0.02), cpu(0.1)], short: [cpu(0.05)] };
    const arrivals: readonly Arrival[] = [
      [0, "two"],
      [0.01, "short"],
    ];
    expect(ends(planFor({ arrivals, endpoints, cpu: { scheduling: "shortest_remaining_time" } }))).toEqual([
      0.17, 0.07,
    ]);
    expect(ends(planFor({ arrivals, endpoints, cpu: { scheduling: "shortest_job_first" } }))).toEqual([0.12, 0.17]);
  });

  it("run of a server with priorities counts the wait of a burst as a whole, wherever it is interrupted", () => {
    const arrivals: readonly Arrival[] = [
      [0, "a", 1],
      [0.02, "short", 0],
      [0.05, "short", 0],
    ];
    const value = runMeasured(planFor({ arrivals, endpoints: tenth, cpu: { scheduling: "priority_preemptive" } }));
    expect(value("app.cpu_wait_s_mean")).toBeCloseTo((0.04 + 0 + 0) / 3, 12);
    expect(value("app.service_s_mean")).toBeCloseTo(0.14 / 3, 12);
    expect(value("app.ready_queue_mean") * 10).toBeCloseTo(0.04, 12);
  });

  it("run of a server passes a priority on to calls", () => {
    const plan = planFor({
      arrivals: [
        [0, "a", 3],
        [0.01, "a", 3],
        [0.02, "a", 0],
      ],
      endpoints: tenth,
      cpu: {},
    });
    const call: StepPlan = {
      kind: "call",
      edge: "app-db",
      endpoint: "",
      policy: { timeout_s: 0, cancels: false, propagates: false, retry: null },
    };
    const db = server("db", [endpoint([cpu(0.1)])], { cpu: cpuOf({ scheduling: "priority" }) });
    const servers = [server("app", [endpoint([call], { name: "a" })]), db];
    const edges = [edge("source", "client"), edge("client", "app"), edge("app", "db")];
    const log = replayed({ ...plan, servers, edges }, 1).log;
    const completed = log.filter(({ kind }) => kind === "completed");
    expect(completed.map(({ t_s }) => Math.round(t_s * 1e9) / 1e9)).toEqual([0.1, 0.2, 0.3]);
    const order = [...new Set(log.map(({ request }) => request))].filter((request) =>
      completed.some((it) => it.request === request),
    );
    expect(completed.map(({ request }) => order.indexOf(request))).toEqual([0, 2, 1]);
  });

  it("run of a server with priorities gives a core to who asks at the moment when another, less urgent, has got it", () => {
    const endpoints = { locked: [{ kind: "hold", pool: "lock", steps: [cpu(0.1)] }], plain: [cpu(0.1)] } as const;
    const arrivals: readonly Arrival[] = [
      [0, "locked", 0],
      [0.01, "locked", 0],
      [0.02, "plain", 5],
    ];
    // At 0.1 the first gives back the lock, which wakes the second, and then the core, which is given to the third.
    const plan = planFor({ arrivals, endpoints, cpu: { scheduling: "priority_preemptive" } });
    const servers = plan.servers.map((it) => ({ ...it, pools: [{ name: "lock", size: 1 }] }));
    expect(ends({ ...plan, servers })).toEqual([0.1, 0.2, 0.3]);
  });

  it("run of a server that interrupts takes no core twice from a step that is given up at this moment", () => {
    const policy = { timeout_s: 0.05, cancels: true, propagates: false, retry: null };
    const call: StepPlan = { kind: "call", edge: "app-app", endpoint: "slow", policy };
    const endpoints = { a: [{ kind: "attempt", steps: [call], on_error: [cpu(0.01)] }], slow: [cpu(1)] } as const;
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [1, "a"],
      [2, "a"],
    ];
    const plan = planFor({ arrivals, endpoints, cpu: { scheduling: "shortest_remaining_time" } });
    const edges = [edge("source", "client"), edge("client", "app"), edge("app", "app")];
    expect(ends({ ...plan, edges })).toEqual([0.06, 1.06, 2.06]);
  });

  it("run of a server with processor_sharing serves all at once, nobody faster than a core", () => {
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [0.05, "a"],
    ];
    const shared = planFor({ arrivals, endpoints: tenth, cpu: { scheduling: "processor_sharing" } });
    expect(ends(shared)).toEqual([0.15, 0.2]);
    const value = runMeasured(shared);
    expect(value("app.cpu_wait_s_mean")).toBeCloseTo(0.05, 12);
    expect(value("app.cpu_utilization_ratio") * 10).toBeCloseTo(0.2, 12);
    expect(value("app.ready_queue_mean") * 10).toBeCloseTo(0.1, 12);
    expect(ends({ ...shared, servers: [{ ...shared.servers[0]!, cpu_cores: 2 }] })).toEqual([0.1, 0.15]);
  });
});

describe("run of a server that stops", () => {
  it("run of a server with a quota stops when it is used up, until the next period", () => {
    const endpoints = { a: [cpu(0.12)] };
    const quota = { cores: 0.5, period_s: 0.1 };
    const plan = planFor({ arrivals: [[0, "a"]], endpoints, cpu: { quota }, more: { horizon_s: 1 } });
    expect(ends(plan)).toEqual([0.22]);
    const value = runMeasured(plan);
    expect(value("app.throttled_ratio")).toBeCloseTo(0.1, 12);
    expect(value("app.blocked_s")).toBeCloseTo(0.1, 12);
    expect(value("app.cpu_utilization_ratio")).toBeCloseTo(0.22, 12);
    expect(ends(planFor({ arrivals: [[7.03, "a"]], endpoints, cpu: { quota } }))).toEqual([7.22]);
  });

  it("run of a server with a quota counts what all cores use together", () => {
    const quota = { cores: 1, period_s: 0.1 };
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [0, "a"],
      [0.95, "a"],
    ];
    const plan = planFor({ arrivals, endpoints: { a: [cpu(0.08)] }, cpu: { quota }, cpu_cores: 2 });
    expect(ends(plan)).toEqual([0.13, 0.13, 1.03]);
  });

  it("run of a server with a quota ends a step that ends with the quota, and begins none before the next period", () => {
    const quota = { cores: 0.5, period_s: 0.1 };
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [0.01, "a"],
    ];
    const plan = planFor({ arrivals, endpoints: { a: [cpu(0.05)] }, cpu: { quota } });
    expect(ends(plan)).toEqual([0.05, 0.15]);
  });

  it("run of a server with pauses stops CPU steps, not I/O", () => {
    const pauses = { every_s: constant(0.1), length_s: constant(0.05) };
    const endpoints = { cpu: [cpu(0.1)], io: [io(0.1)] };
    const arrivals: readonly Arrival[] = [
      [0.05, "cpu"],
      [0.05, "io"],
    ];
    const plan = planFor({ arrivals, endpoints, cpu: { pauses }, more: { horizon_s: 0.3 } });
    expect(ends(plan)).toEqual([0.2, 0.15]);
    const value = runMeasured(plan);
    expect(value("app.paused_ratio")).toBeCloseTo(1 / 3, 12);
    expect(value("app.blocked_s")).toBeCloseTo(0.1, 12);
  });

  it("run of a server that is slowed down takes longer over what it has begun and over what it begins, CPU and I/O", () => {
    const slow = (factor: number, start_s: number, end_s: number) =>
      ({ kind: "slow_down", target: "app", start_s, end_s, factor }) as const;
    const endpoints = { cpu: [cpu(0.1)], io: [io(0.1)] };
    const at = (t_s: number): readonly Arrival[] => [
      [t_s, "cpu"],
      [t_s, "io"],
    ];
    const once = { disruptions: [slow(4, 0.05, 0.15)] };
    expect(ends(planFor({ arrivals: at(0), endpoints, cpu: {}, more: once }))).toEqual([0.175, 0.175]);
    expect(ends(planFor({ arrivals: at(0.13), endpoints, cpu: {}, more: once }))).toEqual([0.245, 0.245]);
    const twice = { disruptions: [slow(2, 0.01, 1), slow(3, 0.02, 1)] };
    expect(ends(planFor({ arrivals: at(0.1), endpoints, cpu: {}, more: twice }))).toEqual([0.7, 0.7]);
  });
});

describe("run of a server with event loops", () => {
  const visits = { a: [cpu(0.1), io(0.05), cpu(0.1)] };

  it("run of a server with event loops keeps a request on its loop, though another is idle", () => {
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [0.01, "a"],
      [0.02, "a"],
    ];
    const event_loops = { count: 2, accept: "shared" } as const;
    const plan = planFor({ arrivals, endpoints: visits, cpu: { event_loops }, cpu_cores: 2 });
    // The third is accepted by the first loop at 0.1; the first waits for that loop from 0.15, the second is alone on its own.
    expect(ends(plan)).toEqual([0.3, 0.26, 0.4]);
    expect(runMeasured(plan)("app.loop_lag_s_mean")).toBeCloseTo((0.08 + 0.05 + 0.05) / 6, 12);
  });

  it("run of a server with more event loops than cores lets loops wait for a core in turn", () => {
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [0.01, "a"],
    ];
    const event_loops = { count: 2, accept: "shared" } as const;
    const plan = planFor({ arrivals, endpoints: visits, cpu: { event_loops } });
    expect(ends(plan)).toEqual([0.3, 0.4]);
    const value = runMeasured(plan);
    expect(value("app.loop_lag_s_mean")).toBe(0);
    expect(value("app.cpu_wait_s_mean")).toBeCloseTo((0.09 + 0.05 + 0.05) / 4, 12);
  });

  it("run of a server with event loops pauses each by itself, and one that is paused accepts nobody", () => {
    const pauses = { every_s: constant(0.1), length_s: constant(0.2) };
    const event_loops = { count: 2, accept: "shared" } as const;
    const both = planFor({
      arrivals: [[0.15, "a"]],
      endpoints: { a: [cpu(0.1)] },
      cpu: { event_loops, pauses },
      cpu_cores: 2,
      more: { horizon_s: 1 },
    });
    expect(ends(both)).toEqual([0.4]);
    expect(runMeasured(both)("app.blocked_s")).toBeCloseTo(0.6, 12);
    expect(runMeasured(both)("app.paused_ratio")).toBeCloseTo(0.6, 12);
  });

  it("run of a server with event loops spreads requests by chance where the kernel accepts", () => {
    const arrivals = Array.from({ length: 400 }, (_, k): Arrival => [k / 100, "a"]);
    const event_loops = { count: 4, accept: "kernel" } as const;
    const setup = { arrivals, endpoints: { a: [cpu(0.03)] }, cpu_cores: 4 };
    const spread = runMeasured(planFor({ ...setup, cpu: { event_loops } }));
    const shared = runMeasured(planFor({ ...setup, cpu: { event_loops: { count: 4, accept: "shared" } } }));
    expect(spread("app.cpu_utilization_ratio")).toBeCloseTo(shared("app.cpu_utilization_ratio"), 12);
    expect(shared("app.loop_lag_s_mean")).toBe(0);
    expect(spread("app.loop_lag_s_mean")).toBeGreaterThan(0.01);
  });
});

describe("run of a server with threads and work of its own", () => {
  it("run of a server with threads holds one from before the memory is reserved until the request leaves", () => {
    const arrivals: readonly Arrival[] = [
      [0, "a"],
      [0.01, "a"],
    ];
    const plan = planFor({ arrivals, endpoints: { a: [io(0.1)] }, cpu: { threads: 1 } });
    const withRam = {
      ...plan,
      servers: plan.servers.map((it) => ({ ...it, endpoints: it.endpoints.map((one) => ({ ...one, ram_mb: 7 })) })),
    };
    expect(ends(withRam)).toEqual([0.1, 0.2]);
    const value = runMeasured(withRam);
    expect(value("app.threads_wait_s_mean")).toBeCloseTo(0.045, 12);
    expect(value("app.threads_utilization_ratio") * 10).toBeCloseTo(0.2, 12);
    expect(value("app.ram_used_mb_max")).toBe(7);
  });

  it.each<readonly [string, Partial<CpuPlan>]>([
    ["plain", {}],
    ["with event loops", { event_loops: { count: 1, accept: "shared" } }],
    ["that preempts", { scheduling: "priority_preemptive" }],
  ])("run of a server %s does work of its own, which delays requests and is none", (_name, cpus) => {
    const background = [{ name: "scrape", every_s: constant(0.5), cpu_s: constant(0.1) }];
    const arrivals: readonly Arrival[] = [
      [0.55, "short"],
      [0.7, "short"],
    ];
    const plan = planFor({ arrivals, endpoints: tenth, cpu: { ...cpus, background }, more: { horizon_s: 1.9 } });
    expect(ends(plan)).toEqual([0.62, 0.72]);
    const value = runMeasured(plan);
    expect(value("requests_generated")).toBe(2);
    expect(value("app.requests_completed")).toBe(2);
    expect(value("app.cpu_utilization_ratio") * 1.9).toBeCloseTo(0.34, 12);
  });
});

describe("createSimulation", () => {
  it("createSimulation refuses event loops with another discipline, and threads beside a pool of their name", () => {
    const event_loops = { count: 2, accept: "shared" } as const;
    const plan = planFor({ arrivals: [[0, "a"]], endpoints: tenth, cpu: { scheduling: "lifo", event_loops } });
    expect(() => createSimulation(plan)).toThrow(
      'Cannot resolve server "app": scheduling of event loops must be "fifo": it is "lifo"',
    );
    const threads = planFor({ arrivals: [[0, "a"]], endpoints: tenth, cpu: { threads: 2 } });
    const servers = [{ ...threads.servers[0]!, pools: [{ name: "threads", size: 1 }] }];
    expect(() => createSimulation({ ...threads, servers })).toThrow(
      'Cannot resolve server "app": with threads no pool may have the name "threads"',
    );
  });
});
