import type { CpuPlan, Distribution, EventLoopsPlan, Plan, RequestPlan, StepPlan } from "../src/index.js";
import { constant, cpu, cpuOf, endpoint, exponential, generator, io, singleQueue } from "./plans.js";
import type { Reading } from "./replicated.js";

/** A server of which queueing theory knows some means. */
export interface CpuCase {
  readonly name: string;
  /** Where the formula is from. */
  readonly source: string;
  /** How long a run must be for a standard error of 1 % with thirty of them [s]. */
  readonly horizon_s: number;
  readonly plan: Plan;
  readonly known: Readonly<Record<string, readonly [read: Reading, truth: number]>>;
}

const metric =
  (name: string): Reading =>
  (value) =>
    value(name);
const latency = metric("latency_s_mean");
const wait = metric("app.cpu_wait_s_mean");
const work: StepPlan = cpu(exponential(0.01));
const lognormal: Distribution = { kind: "lognormal", mu: -5.40989, sigma: 1.268636 };
const sharing: Partial<CpuPlan> = { scheduling: "processor_sharing" };

interface Setup {
  readonly cpu?: Partial<CpuPlan>;
  readonly steps?: readonly StepPlan[];
  readonly rate_per_s?: number;
  readonly cpu_cores?: number;
}

function queueOf({ cpu: cpus = {}, steps = [work], rate_per_s = 80, cpu_cores = 1 }: Setup): Plan {
  const plan = singleQueue({ rate_per_s, endpoints: [endpoint(steps)], cpu_cores });
  return { ...plan, servers: plan.servers.map((server) => ({ ...server, cpu: cpuOf(cpus) })) };
}

/** Requests of several endpoints. */
function mixed(cpus: Partial<CpuPlan>, mix: readonly RequestPlan[], steps: Readonly<Record<string, StepPlan>>): Plan {
  const plan = queueOf({ cpu: cpus });
  const endpoints = Object.entries(steps).map(([name, step]) => endpoint([step], { name }));
  return {
    ...plan,
    generators: [generator(80, { mix })],
    servers: plan.servers.map((server) => ({ ...server, endpoints })),
  };
}

function loops(accept: EventLoopsPlan["accept"]): Partial<CpuPlan> {
  return { event_loops: { count: 4, accept } };
}

/** 30 urgent requests a second and 50 others. */
function priorities(scheduling: CpuPlan["scheduling"]): Plan {
  const mix = [
    { weight: 3, endpoint: "work", class: "urgent", priority: 0 },
    { weight: 5, endpoint: "work", class: "other", priority: 1 },
  ];
  return mixed({ scheduling }, mix, { work });
}

/** Mean sojourn of M/G/1 whose server breaks down and is repaired, whether busy or idle [s]: Avi-Itzhak and Naor 1963, model A. */
function sojournWithPauses(): number {
  const [rate_per_s, service_s, every_s, length_s] = [50, 0.01, 1, 0.05];
  const stretch = 1 + length_s / every_s;
  const completion_s = service_s * stretch;
  const lengthSquared = 2 * length_s * length_s;
  const completionSquared = 2 * service_s * service_s * stretch * stretch + (service_s / every_s) * lengthSquared;
  const queue_s = (rate_per_s * completionSquared) / (2 * (1 - rate_per_s * completion_s));
  return completion_s + queue_s + lengthSquared / every_s / (2 * stretch);
}

/** Row numbers are those of the known answers. */
export const CPU_CASES: readonly CpuCase[] = [
  {
    name: "M/M/1 last in, first out",
    source: "row 8",
    horizon_s: 1500,
    plan: queueOf({ cpu: { scheduling: "lifo" } }),
    known: { sojourn: [latency, 0.05], wait: [wait, 0.04] },
  },
  {
    name: "M/M/1 shortest job first",
    source: "row 8: Phipps 1956",
    horizon_s: 700,
    plan: queueOf({ cpu: { scheduling: "shortest_job_first" } }),
    known: { sojourn: [latency, 0.028822] },
  },
  {
    name: "M/M/1 shortest remaining time",
    source: "row 8: Schrage and Miller 1966",
    horizon_s: 800,
    plan: queueOf({ cpu: { scheduling: "shortest_remaining_time" } }),
    known: { sojourn: [latency, 0.023528], wait: [wait, 0.013528] },
  },
  {
    name: "M/M/1 processor sharing",
    source: "row 7: squared coefficient of variation of the sojourn (2 + rho) / (2 - rho)",
    horizon_s: 1800,
    plan: queueOf({ cpu: sharing }),
    known: {
      sojourn: [latency, 0.05],
      std: [metric("latency_s_std"), 0.05 * Math.sqrt(2.3333333)],
    },
  },
  {
    name: "M/G/1 processor sharing, lognormal service of scv 4",
    source: "row 7: the mean is that of M/M/1",
    horizon_s: 2500,
    plan: queueOf({ cpu: sharing, steps: [cpu(lognormal)] }),
    known: { sojourn: [latency, 0.05] },
  },
  {
    name: "M/G/1 processor sharing, by the work of a request",
    source: "row 7: x / (1 - rho)",
    horizon_s: 1800,
    plan: mixed(
      sharing,
      [
        { weight: 46, endpoint: "short", class: "short" },
        { weight: 11, endpoint: "middle", class: "middle" },
        { weight: 3, endpoint: "long", class: "long" },
      ],
      { short: cpu(0.005), middle: cpu(0.02), long: cpu(0.05) },
    ),
    known: {
      short: [metric("short.latency_s_mean"), 0.025],
      middle: [metric("middle.latency_s_mean"), 0.1],
      long: [metric("long.latency_s_mean"), 0.25],
    },
  },
  {
    name: "M/M/1 with two priorities",
    source: "row 9: Cobham 1954",
    horizon_s: 1500,
    plan: priorities("priority"),
    known: {
      urgent: [metric("urgent.latency_s_mean"), 0.021429],
      other: [metric("other.latency_s_mean"), 0.067143],
    },
  },
  {
    name: "M/M/1 with two priorities, preemptive",
    source: "row 9",
    horizon_s: 1500,
    plan: priorities("priority_preemptive"),
    known: {
      urgent: [metric("urgent.latency_s_mean"), 0.014286],
      other: [metric("other.latency_s_mean"), 0.071429],
    },
  },
  {
    name: "four event loops that accept from one queue: M/M/4",
    source: "rows 13, 34",
    horizon_s: 300,
    plan: queueOf({ cpu: loops("shared"), rate_per_s: 320, cpu_cores: 4 }),
    known: {
      sojourn: [latency, 0.0174554],
      utilization: [metric("app.cpu_utilization_ratio"), 0.8],
    },
  },
  {
    name: "four event loops with a random split: four times M/M/1",
    source: "row 13",
    horizon_s: 450,
    plan: queueOf({ cpu: loops("kernel"), rate_per_s: 320, cpu_cores: 4 }),
    known: { sojourn: [latency, 0.05], lag: [metric("app.loop_lag_s_mean"), 0.04] },
  },
  {
    name: "four event loops with a random split, two bursts and I/O: four times row 32",
    source: "row 32",
    horizon_s: 150,
    plan: queueOf({
      cpu: loops("kernel"),
      steps: [cpu(exponential(0.005)), io(constant(0.05)), cpu(exponential(0.005))],
      rate_per_s: 120,
      cpu_cores: 4,
    }),
    known: { sojourn: [latency, 0.064286], lag: [metric("app.loop_lag_s_mean"), 0.005 * (0.3 / 0.7)] },
  },
  {
    name: "four threads that wait: M/M/4",
    source: "rows 13, 16",
    horizon_s: 300,
    plan: queueOf({ cpu: { threads: 4 }, steps: [io(exponential(0.01))], rate_per_s: 320 }),
    known: {
      sojourn: [latency, 0.0174554],
      busy: [metric("app.threads_utilization_ratio"), 0.8],
    },
  },
  {
    name: "M/M/1 with pauses",
    source: "Avi-Itzhak and Naor 1963",
    horizon_s: 900,
    plan: queueOf({ cpu: { pauses: { every_s: exponential(1), length_s: exponential(0.05) } }, rate_per_s: 50 }),
    known: { sojourn: [latency, sojournWithPauses()] },
  },
  {
    name: "M/M/1 with work of its own: M/G/1 of two streams",
    source: "Pollaczek 1930, Khinchine 1932",
    horizon_s: 2000,
    plan: queueOf({
      cpu: { background: [{ name: "scrape", every_s: exponential(0.5), cpu_s: constant(0.1) }] },
      rate_per_s: 40,
    }),
    known: { sojourn: [latency, 0.045], utilization: [metric("app.cpu_utilization_ratio"), 0.6] },
  },
  {
    name: "M/M/1 with half of a core, overloaded: it works half of the time",
    source: "what is throttled half of the time works half of it",
    horizon_s: 60,
    plan: queueOf({ cpu: { quota: { cores: 0.5, period_s: 0.1 } }, rate_per_s: 100 }),
    known: { throughput: [metric("throughput_per_s"), 50] },
  },
  {
    name: "M/M/1 that is slowed down to half its speed",
    source: "row 1",
    horizon_s: 1800,
    plan: {
      ...queueOf({ rate_per_s: 40 }),
      disruptions: [{ kind: "slow_down", target: "app", start_s: 0, end_s: 1e6, factor: 2 }],
    },
    known: { sojourn: [latency, 0.1] },
  },
];
