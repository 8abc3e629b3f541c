import { describe, expect, test } from "vitest";
import type { Change } from "./example-yaml.js";
import { meshWith, problemsOf } from "./mesh-yaml.js";

interface Case {
  readonly name: string;
  readonly steps?: string;
  readonly changes?: readonly Change[];
  readonly problems: readonly string[];
}

const STEP_CASES: readonly Case[] = [
  { name: "accepts the mesh", problems: [] },
  {
    name: "refuses on_error beside a step that cannot fail",
    steps: "{ cpu_s: 1, on_error: [] }",
    problems: ["13:21: steps[0]: cpu_s must stand alone or with label: current keys are cpu_s, on_error"],
  },
  {
    name: "refuses a lock without steps",
    steps: "{ lock: a }",
    problems: ["13:21: steps[0]: lock must stand with steps: current keys are lock"],
  },
  {
    name: "refuses both ways of offloading",
    steps: "{ offload: thread_pool, cpu_s: 1, steps: [] }",
    problems: ["13:21: steps[0]: offload must stand with cpu_s or steps: current keys are cpu_s, offload, steps"],
  },
  {
    name: "refuses two steps in one",
    steps: "{ call: prices, branch: [{ otherwise: [] }] }",
    problems: [
      "13:21: steps[0]: must have exactly one of cpu_s, io_s, ram_mb, release_ram_mb, call, query, transaction, cache, llm, publish, branch, parallel, repeat, spawn, lock, semaphore, offload, fail, or kind with step_operation: current keys are call, branch",
    ],
  },
  {
    name: "suggests the word nearest to an unknown one, deep inside",
    steps: "{ spawn: [{ parallel: { branches: [[{ repet: 1 }]] } }] }",
    problems: ["13:59: steps[0].spawn[0].parallel.branches[0][0]: unknown key repet: did you mean repeat?"],
  },
  {
    name: "refuses probabilities above 1 in sum",
    steps: "{ branch: [{ probability: 0.6, steps: [] }, { probability: 0.6, steps: [] }] }",
    problems: ["13:31: steps[0].branch: probabilities must add up to at most 1: current sum is 1.2"],
  },
  {
    name: "refuses otherwise before another way",
    steps: "{ branch: [{ otherwise: [] }, { probability: 0.6, steps: [] }] }",
    problems: ["13:32: steps[0].branch[0]: otherwise must be the last way: current position is 1 of 2"],
  },
  {
    name: "refuses a way that is chosen by two things",
    steps: "{ branch: [{ probability: 0.6, class: a, steps: [] }] }",
    problems: [
      "13:32: steps[0].branch[0]: must have exactly one of (class and steps), (probability and steps), (otherwise): current keys are class, probability, steps",
    ],
  },
  {
    name: "refuses to wait for more branches than there are",
    steps: "{ parallel: { join: 3, branches: [[], []] } }",
    problems: ["13:41: steps[0].parallel.join: must be <= the number of branches (2): current value is 3"],
  },
  {
    name: "refuses a word for a number of branches",
    steps: "{ parallel: { join: most, branches: [[], []] } }",
    problems: ['13:41: steps[0].parallel.join: must be all, any or a number of branches: current value is "most"'],
  },
  {
    name: "refuses half a repetition",
    steps: "{ repeat: { times: 1.5, steps: [] } }",
    problems: ["13:40: steps[0].repeat.times: must be a whole number or a distribution: current value is 1.5"],
  },
  {
    name: "refuses more repetitions than a million, those around included",
    steps: "{ repeat: { times: 1001, steps: [{ spawn: [{ repeat: { times: 1000, steps: [] } }] }] } }",
    problems: [
      "13:83: steps[0].repeat.steps[0].spawn[0].repeat.times: must repeat its steps at most 1000000 times, with the repetitions around it: current product is 1001000",
    ],
  },
  {
    name: "does not multiply repetitions with what handles their errors",
    steps: "{ repeat: { times: 1001, steps: [] }, on_error: [{ repeat: { times: 1000, steps: [] } }] }",
    problems: [],
  },
  {
    name: "accepts steps 32 levels deep",
    steps: `${"{ spawn: [".repeat(31)}{ cpu_s: 1 }${"] }".repeat(31)}`,
    problems: [],
  },
  {
    name: "refuses steps 33 levels deep",
    steps: `${"{ spawn: [".repeat(32)}{ cpu_s: 1 }${"] }".repeat(32)}`,
    problems: [`13:341: steps[0]${".spawn[0]".repeat(32)}: steps must be at most 32 levels deep`],
  },
  {
    name: "refuses more than 10,000 steps",
    steps: `{ spawn: [${Array.from({ length: 9_998 }, () => "{ io_s: 1 }").join(", ")}] }`,
    problems: ["13:20: steps: must have at most 10000 steps, those inside others included"],
  },
  {
    name: "refuses to release more memory than there is",
    steps: "{ ram_mb: 8 }, { repeat: { times: 3, steps: [release_ram_mb: 2] } }, { release_ram_mb: 3 }",
    problems: ["13:20: steps: must release at most the memory that its steps need (8 MB): current sum is 9 MB"],
  },
  {
    name: "lets each way of a branch release the same memory",
    steps:
      "{ ram_mb: 8 }, { branch: [{ probability: 0.5, steps: [release_ram_mb: 8] }, { otherwise: [release_ram_mb: 8] }] }",
    problems: [],
  },
  {
    name: "counts what an error handler releases once, and what is repeated each time",
    steps:
      "{ ram_mb: 7 }, { repeat: { times: 3, steps: [release_ram_mb: 2] }, on_error: [release_ram_mb: 1] }, { release_ram_mb: 1 }",
    problems: ["13:20: steps: must release at most the memory that its steps need (7 MB): current sum is 8 MB"],
  },
  {
    name: "refuses to release memory where the request may have left",
    steps: "{ ram_mb: 8 }, { spawn: [release_ram_mb: 2] }, { parallel: { branches: [[release_ram_mb: 2]] } }",
    problems: [
      "13:46: steps[1].spawn[0].release_ram_mb: must not stand in spawn: its request may have left before",
      "13:94: steps[2].parallel.branches[0][0].release_ram_mb: must not stand in parallel: its request may have left before",
    ],
  },
  {
    name: "refuses to release memory a drawn number of times",
    steps: "{ ram_mb: 8 }, { repeat: { times: { mean: 2 }, steps: [release_ram_mb: 1] } }",
    problems: [
      "13:76: steps[1].repeat.steps[0].release_ram_mb: must not stand in a repeat whose times are drawn: it could release more than there is",
    ],
  },
];

const POOL_CASES: readonly Case[] = [
  {
    name: "suggests the semaphore nearest to an unknown one",
    steps: "{ semaphore: image, steps: [] }",
    problems: [
      '13:34: steps[0].semaphore: must be one of the semaphores of app: current value is "image": did you mean images?',
    ],
  },
  {
    name: "refuses a lock with the name of a semaphore or of the thread pool",
    steps: "{ lock: images, steps: [] }, { lock: thread_pool, steps: [] }",
    problems: [
      '13:29: steps[0].lock: must not be the name of a semaphore: current value is "images"',
      '13:58: steps[1].lock: must not be the name of the thread pool: current value is "thread_pool"',
    ],
  },
  {
    name: "refuses names that metrics of a server begin with",
    steps: "{ lock: ram, steps: [] }",
    changes: [["images: 2", "cpu: 2"]],
    problems: [
      '10:23: topology_graph.nodes.servers[app].semaphores.cpu: name must not be the name of a queue that every server has: current name is "cpu"',
      '13:29: steps[0].lock: must not be the name of a queue that every server has: current value is "ram"',
    ],
  },
  {
    name: "refuses a lock that its holder waits for",
    steps: "{ lock: a, steps: [{ repeat: { times: 2, steps: [{ lock: a, steps: [] }] } }] }",
    problems: [
      "13:78: steps[0].steps[0].repeat.steps[0].lock: a must not be wanted by who holds all of it, or its requests wait for ever: current number of units is 1",
    ],
  },
  {
    name: "refuses a third unit of two",
    steps: "{ semaphore: images, steps: [{ semaphore: images, steps: [{ semaphore: images, steps: [] }] }] }",
    problems: [
      "13:92: steps[0].steps[0].steps[0].semaphore: images must not be wanted by who holds all of it, or its requests wait for ever: current number of units is 2",
    ],
  },
  {
    name: "refuses a thread to who holds the only one",
    steps: "{ offload: thread_pool, steps: [{ offload: thread_pool, cpu_s: 1 }] }",
    changes: [["semaphores: { images: 2 }", "server_resources: { thread_pool: 1 }"]],
    problems: [
      "13:64: steps[0].steps[0].offload: thread_pool must not be wanted by who holds all of it, or its requests wait for ever: current number of units is 1",
    ],
  },
  {
    name: "accepts a lock again in spawned steps and where an error is handled",
    steps: "{ lock: a, steps: [{ spawn: [{ lock: a, steps: [] }] }], on_error: [{ lock: a, steps: [] }] }",
    problems: [],
  },
];

const CALL_CASES: readonly Case[] = [
  {
    name: "suggests the node nearest to an unknown one",
    steps: "{ call: price }",
    problems: [
      '13:29: steps[0].call: must be a server, an external service or a load balancer: current value is "price": did you mean prices?',
    ],
  },
  {
    name: "refuses to call a client, or itself",
    steps: "{ call: browser }, { call: app }",
    problems: [
      '13:29: steps[0].call: must be a server, an external service or a load balancer: current value is "browser"',
      '13:48: steps[1].call: must not be the server itself: current value is "app"',
    ],
  },
  {
    name: "says which edge is missing",
    changes: [["    - { id: app-bank, source: app, target: bank, latency: 0.01, loss_ratio: 0 }\n", ""]],
    problems: ["13:47: steps[1].call: must have an edge: add one from app to bank"],
  },
  {
    name: "refuses a second edge to what is called",
    changes: [
      ["    - { id: app-bank", "    - { id: again, source: app, target: prices, latency: 0 }\n    - { id: app-bank"],
    ],
    problems: [
      '26:28: topology_graph.edges[again].source: must have only one edge to prices, which it calls: current value is "app"',
    ],
  },
  {
    name: "suggests the endpoint nearest to an unknown one",
    steps: "{ call: prices, endpoint: /Prices }",
    problems: [
      '13:47: steps[0].endpoint: must be the name of an endpoint of prices: current value is "/prices": did you mean /price?',
    ],
  },
  {
    name: "refuses an endpoint of an external service",
    steps: "{ call: bank, endpoint: /pay }",
    problems: [
      '13:45: steps[0].endpoint: must be left out: bank is an external service and has no endpoints: current value is "/pay"',
    ],
  },
  {
    name: "asks every server behind a load balancer for the endpoint",
    steps: "{ call: balancer, endpoint: /price }",
    changes: [
      ["    servers:\n", "    load_balancer: { id: balancer }\n    servers:\n"],
      [
        "    - { id: app-bank",
        "    - { id: x, source: app, target: balancer, latency: 0 }\n" +
          "    - { id: y, source: balancer, target: prices, latency: 0 }\n" +
          "    - { id: z, source: balancer, target: more, latency: 0 }\n    - { id: app-bank",
      ],
      ["    externals:", "      - { id: more, endpoints: [{ endpoint_name: /prize, steps: [] }] }\n    externals:"],
    ],
    problems: [
      '14:49: steps[0].endpoint: must be the name of an endpoint of more: current value is "/price": did you mean /prize?',
    ],
  },
  {
    name: "names a circle of calls",
    changes: [
      ["steps: [cpu_s: 0.001]", "steps: [call: app]"],
      ["    - { id: app-bank", "    - { id: back, source: prices, target: app, latency: 0 }\n    - { id: app-bank"],
    ],
    problems: ["23:5: topology_graph.edges: calls must not go in a circle: current cycle is prices -> app -> prices"],
  },
  {
    name: "refuses an edge that leaves an external service",
    changes: [
      ["    - { id: app-bank", "    - { id: x, source: bank, target: browser, latency: 0 }\n    - { id: app-bank"],
    ],
    problems: [
      '26:24: topology_graph.edges[x].source: must not be an external service, which only answers: current value is "bank"',
    ],
  },
  {
    name: "refuses both names of a loss",
    changes: [["latency: 0, loss_ratio: 0", "latency: 0, loss_ratio: 0, dropout_rate: 0"]],
    problems: [
      "23:7: topology_graph.edges[shoppers-browser]: must have at most one of dropout_rate, loss_ratio: current keys are dropout_rate, loss_ratio",
    ],
  },
  {
    name: "refuses a system without a client",
    changes: [["    client: { id: browser }", "    clients: []"]],
    problems: ["7:5: topology_graph.nodes: missing key client"],
  },
];

describe("parseScenario, steps in steps and calls", () => {
  test.each([...STEP_CASES, ...POOL_CASES, ...CALL_CASES])(
    "parseScenario $name",
    ({ steps = "", changes = [], problems }) => {
      expect(problemsOf(meshWith(steps, ...changes))).toEqual(problems);
    },
  );
});
