import { describe, expect, test } from "vitest";
import { problemsOfExample, type ProblemCase } from "./problem-cases.js";

const CASES: readonly ProblemCase[] = [
  {
    name: "refuses a text for a duration",
    change: ["cpu_s: 0.002", "cpu_s: fast"],
    problems: [
      '16:24: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].cpu_s: must be a finite number of seconds or a distribution: current value is "fast"',
    ],
  },
  {
    name: "refuses a negative duration",
    change: ["cpu_s: 0.002", "cpu_s: -0.002"],
    problems: [
      "16:24: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].cpu_s: must be > 0: current value is -0.002",
    ],
  },
  {
    name: "refuses a step that takes no time",
    change: ["cpu_s: 0.002", "cpu_s: 0"],
    problems: [
      "16:24: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].cpu_s: must be > 0: current value is 0",
    ],
  },
  {
    name: "refuses NaN",
    change: ["cpu_s: 0.002", "cpu_s: .nan"],
    problems: [
      "16:24: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].cpu_s: must be a finite number of seconds or a distribution: current value is NaN",
    ],
  },
  {
    name: "refuses two ways of giving the spread",
    change: ["cv: 0.8", "cv: 0.8, std: 0.01"],
    problems: [
      "18:23: topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s: lognormal must be given by exactly one of (mean and cv), (mean and std), (mean and variance), (median and p95), (median and p99): current keys are mean, std, cv",
    ],
  },
  {
    name: "refuses a lognormal without a spread",
    change: ["mean: 0.012, cv: 0.8", "mean: 0.012"],
    problems: [
      "18:23: topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s: lognormal must be given by exactly one of (mean and cv), (mean and std), (mean and variance), (median and p95), (median and p99): current keys are mean",
    ],
  },
  {
    name: "refuses a key of another distribution",
    change: ["distribution: lognormal, mean: 0.012, cv: 0.8", "distribution: exponential, mean: 0.012, cv: 0.8"],
    problems: [
      "18:23: topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s: exponential must be given by mean: current keys are mean, cv",
    ],
  },
  {
    name: "suggests the distribution nearest to an unknown one",
    change: ["distribution: lognormal", "distribution: log-normal"],
    problems: [
      '18:39: topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s.distribution: must be one of constant, uniform, exponential, normal, lognormal, log_normal, gamma, erlang, weibull, pareto, poisson, hyperexponential, empirical: current value is "log-normal": did you mean lognormal?',
    ],
  },
  {
    name: "refuses parameters that overflow",
    change: ["cv: 0.8", "cv: 1e300"],
    problems: [
      "18:23: topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s: must be within the range of numbers: current values are too extreme",
    ],
  },
  {
    name: "refuses two steps in one",
    change: ["- cpu_s: 0.002", "- cpu_s: 0.002\n                io_s: 1"],
    problems: [
      "16:17: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0]: must have exactly one of cpu_s, io_s, ram_mb, release_ram_mb, call, query, transaction, cache, llm, publish, branch, parallel, repeat, spawn, lock, semaphore, offload, fail, or kind with step_operation: current keys are cpu_s, io_s",
    ],
  },
  {
    name: "refuses an empty step",
    change: ["- cpu_s: 0.002", "- {}"],
    problems: [
      "16:17: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0]: must have exactly one of cpu_s, io_s, ram_mb, release_ram_mb, call, query, transaction, cache, llm, publish, branch, parallel, repeat, spawn, lock, semaphore, offload, fail, or kind with step_operation: current keys are none",
    ],
  },
  {
    name: "does not blame a step for a misspelt key twice",
    change: ["- cpu_s: 0.002", "- cpu_ms: 2"],
    problems: [
      "16:17: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0]: unknown key cpu_ms: did you mean cpu_s, in seconds?",
    ],
  },
  {
    name: "refuses an operation that does not fit the kind",
    change: ["- cpu_s: 0.002", "- { kind: io_db, step_operation: { cpu_time: 0.1 } }"],
    problems: [
      "16:48: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].step_operation: must hold exactly io_waiting_time for kind io_db: current keys are cpu_time",
    ],
  },
  {
    name: "suggests the kind nearest to an unknown one",
    change: ["- cpu_s: 0.002", "- { kind: io_dbb, step_operation: { io_waiting_time: 0.1 } }"],
    problems: [
      '16:25: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].kind: must be one of initial_parsing, cpu_bound_operation, cpu, io_task_spawn, io_llm, io_wait, io_db, io_cache, ram: current value is "io_dbb": did you mean io_db?',
    ],
  },
  {
    name: "refuses an empty operation",
    change: ["- cpu_s: 0.002", "- { kind: io_db, step_operation: {} }"],
    problems: [
      "16:48: topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].step_operation: must hold exactly io_waiting_time for kind io_db: current keys are none",
    ],
  },
  {
    name: "refuses quantiles for a lognormal",
    change: ["cv: 0.8", "quantiles: {0.1: 1}"],
    problems: [
      "18:23: topology_graph.nodes.servers[app-1].endpoints[/api].steps[2].io_s: lognormal must be given by exactly one of (mean and cv), (mean and std), (mean and variance), (median and p95), (median and p99): current keys are mean, quantiles",
    ],
  },
];

describe("parseScenario, steps and distributions", () => {
  test.each(CASES)("parseScenario $name", ({ change, problems }) => {
    expect(problemsOfExample(change)).toEqual(problems);
  });
});
