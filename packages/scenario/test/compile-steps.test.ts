import { PATIENT } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { compile } from "../src/index.js";
import { meshWith, programOf, scenarioOf } from "./mesh-yaml.js";

const cpu = (value: number) => ({ kind: "cpu", duration_s: { kind: "constant", value } });
const io = (value: number) => ({ kind: "io", duration_s: { kind: "constant", value } });
const CALLS = [
  { kind: "call", edge: "app-prices", endpoint: "", policy: PATIENT },
  { kind: "call", edge: "app-bank", endpoint: "", policy: PATIENT },
];

describe("compile of steps", () => {
  test.each<readonly [string, unknown]>([
    ["release_ram_mb: 2", { kind: "release_ram", ram_mb: 2 }],
    ["{ call: prices, endpoint: /PRICE }", { kind: "call", edge: "app-prices", endpoint: "/price", policy: PATIENT }],
    [
      "branch: [{ class: buyer, steps: [cpu_s: 1] }, { probability: 0.25, steps: [io_s: 1] }, { otherwise: [fail: true] }]",
      {
        kind: "branch",
        ways: [
          { when: { class: "buyer" }, steps: [cpu(1)] },
          { when: { probability: 0.25 }, steps: [io(1)] },
          { when: { probability: 0.75 }, steps: [{ kind: "fail" }] },
        ],
      },
    ],
    [
      "branch: [{ class: buyer, steps: [] }, { otherwise: [cpu_s: 1] }]",
      {
        kind: "branch",
        ways: [
          { when: { class: "buyer" }, steps: [] },
          { when: { probability: 1 }, steps: [cpu(1)] },
        ],
      },
    ],
    [
      "parallel: { branches: [[cpu_s: 1], [io_s: 2, cpu_s: 3]] }",
      { kind: "parallel", branches: [[cpu(1)], [io(2), cpu(3)]], join: 2, on_error: "fail_fast" },
    ],
    [
      "parallel: { join: any, on_error: collect, branches: [[cpu_s: 1], [io_s: 2]] }",
      { kind: "parallel", branches: [[cpu(1)], [io(2)]], join: 1, on_error: "collect" },
    ],
    [
      "parallel: { join: 2, branches: [[], [], []] }",
      { kind: "parallel", branches: [[], [], []], join: 2, on_error: "fail_fast" },
    ],
    [
      "repeat: { times: 3, steps: [cpu_s: 1] }",
      { kind: "repeat", times: { kind: "constant", value: 3 }, steps: [cpu(1)] },
    ],
    [
      "repeat: { times: { distribution: poisson, mean: 3 }, steps: [cpu_s: 1] }",
      { kind: "repeat", times: { kind: "poisson", mean: 3 }, steps: [cpu(1)] },
    ],
    ["spawn: [io_s: 5]", { kind: "spawn", steps: [io(5)] }],
    ["{ lock: catalogue, steps: [cpu_s: 1] }", { kind: "hold", pool: "catalogue", steps: [cpu(1)] }],
    ["{ semaphore: images, steps: [cpu_s: 1] }", { kind: "hold", pool: "images", steps: [cpu(1)] }],
    ["{ offload: thread_pool, cpu_s: 1 }", { kind: "hold", pool: "thread_pool", steps: [cpu(1)] }],
    ["{ offload: thread_pool, steps: [io_s: 1] }", { kind: "hold", pool: "thread_pool", steps: [io(1)] }],
    ["fail: true", { kind: "fail" }],
    [
      "{ call: bank, on_error: [io_s: 1] }",
      {
        kind: "attempt",
        steps: [{ kind: "call", edge: "app-bank", endpoint: "", policy: PATIENT }],
        on_error: [io(1)],
      },
    ],
    [
      "{ lock: catalogue, steps: [fail: true], on_error: [] }",
      { kind: "attempt", steps: [{ kind: "hold", pool: "catalogue", steps: [{ kind: "fail" }] }], on_error: [] },
    ],
    ["{ cpu_s: 1, label: parsing }", cpu(1)],
  ])("compile makes a step of %s", (step, expected) => {
    expect(programOf(meshWith(`ram_mb: 2, ${step.startsWith("{") ? step : `{ ${step} }`}`))).toEqual([
      expected,
      ...CALLS,
    ]);
  });

  test("compile gives what is left of the probability to otherwise, and nothing below 0", () => {
    const ways = "branch: [{ probability: 0.9, steps: [] }, { probability: 0.1, steps: [] }, { otherwise: [] }]";
    expect(programOf(meshWith(`{ ${ways} }`))).toMatchObject([
      { ways: [{ when: { probability: 0.9 } }, { when: { probability: 0.1 } }, { when: { probability: 0 } }] },
      {},
      {},
    ]);
  });

  test("compile adds up memory over steps in steps, each once, whether they are reached or not", () => {
    const steps =
      "ram_mb: 1, { branch: [{ probability: 0.1, steps: [ram_mb: 2] }, { otherwise: [ram_mb: 4] }] }, " +
      "{ parallel: { branches: [[ram_mb: 8], [{ repeat: { times: 9, steps: [ram_mb: 16] } }]] } }, " +
      "{ spawn: [ram_mb: 32] }, { lock: a, steps: [ram_mb: 64], on_error: [ram_mb: 128] }, { call: bank, on_error: [ram_mb: 256] }";
    expect(compile(scenarioOf(meshWith(steps))).servers[0]?.endpoints[0]?.ram_mb).toBe(511);
  });

  test("compile declares the pools that some step holds, with their sizes", () => {
    const steps =
      "{ spawn: [{ offload: thread_pool, cpu_s: 1 }] }, { call: bank, on_error: [{ lock: a, steps: [] }] }, " +
      "{ parallel: { branches: [[{ semaphore: images, steps: [] }], [{ lock: a, steps: [] }]] } }";
    const poolsOf = (text: string) => compile(scenarioOf(text)).servers[0]?.pools;
    expect(poolsOf(meshWith(steps))).toEqual([
      { name: "thread_pool", size: 4 },
      { name: "a", size: 1 },
      { name: "images", size: 2 },
    ]);
    const resources = "semaphores: { images: 3 }\n        server_resources: { thread_pool: 7 }";
    expect(poolsOf(meshWith(steps, ["semaphores: { images: 2 }", resources]))?.map(({ size }) => size)).toEqual([
      7, 1, 3,
    ]);
    expect(poolsOf(meshWith(""))).toEqual([]);
  });

  test("compile makes a server of an external service", () => {
    const external = (...changes: Parameters<typeof meshWith>[1][]) =>
      compile(scenarioOf(meshWith("", ...changes))).servers[2];
    expect(external()).toMatchObject({
      id: "bank",
      pools: [],
      endpoints: [
        {
          ram_mb: 0,
          steps: [io(0.1), { kind: "branch", ways: [{ when: { probability: 0.25 }, steps: [{ kind: "fail" }] }] }],
        },
      ],
    });
    expect(external([", error_ratio: 0.25", ""])?.endpoints[0]?.steps).toEqual([io(0.1)]);
  });

  test("compile gives answers the latency of the way there unless told otherwise, and a loss its second name", () => {
    const [first, , calling, bank] = compile(scenarioOf(meshWith("", ["loss_ratio: 0 }", "loss_ratio: 0.25 }"]))).edges;
    expect(first?.dropout_ratio).toBe(0.25);
    expect(calling?.response_latency_s).toEqual({ kind: "constant", value: 0.002 });
    expect(bank?.response_latency_s).toEqual({ kind: "constant", value: 0.01 });
  });

  test("compile takes client and clients together", () => {
    const text = meshWith("", ["client: { id: browser }", "client: { id: browser }\n    clients: [{ id: phone }]"]);
    expect(compile(scenarioOf(text)).clients).toEqual([{ id: "browser" }, { id: "phone" }]);
    const only = meshWith("", ["client: { id: browser }", "clients: [{ id: browser }]"]);
    expect(compile(scenarioOf(only)).clients).toEqual([{ id: "browser" }]);
  });
});
