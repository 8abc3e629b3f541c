import { describe, expect, test } from "vitest";
import { compile, resolve, scenario } from "../src/index.js";
import type { Change } from "./example-yaml.js";
import { meshAsking, meshWith, problemsOf, programOf, scenarioOf, type AskedNodeCase } from "./mesh-yaml.js";

const LIMITS = "concurrency: 8, requests_per_minute: 300, tokens_per_minute: 90000, burst_s: 10, retry_after: false";
const PROVIDER = `${LIMITS}, time_to_first_token_s: 0.4, tokens_per_s: 60, error_ratio: 0.01`;
const PRICES = "usd_per_million_input_tokens: 0.25, usd_per_million_output_tokens: 1.25";
const BATCHING =
  "batching: { step_base_s: 0.02, step_per_request_s: 0.0005, prefill_tokens_per_s: 8000, max_batch: 64, kv_tokens: 90000 }";

/** The mesh with a language model that has these keys, and these steps. */
function withLlm(steps: string, keys = PROVIDER, ...changes: readonly Change[]): string {
  return meshAsking({ list: "llms", id: "bard", keys: `queue_capacity: 20, ${PRICES}, ${keys}` }, steps, ...changes);
}

const ASK = "{ llm: bard, input_tokens: { distribution: lognormal, median: 600, p95: 2500 }, output_tokens: 180 }";
const SHORT = "{ llm: bard, input_tokens: 1, output_tokens: 1 }";

describe("compile", () => {
  test("compile makes of a provider's model what it does, and a server that waits for that", () => {
    const plan = compile(scenarioOf(withLlm(ASK)));
    expect(plan.llms).toEqual([
      {
        id: "bard",
        queue_capacity: 20,
        usd_per_million_input_tokens: 0.25,
        usd_per_million_output_tokens: 1.25,
        serving: {
          kind: "provider",
          concurrency: 8,
          requests_per_minute: 300,
          tokens_per_minute: 90_000,
          input_tokens_per_minute: Infinity,
          output_tokens_per_minute: Infinity,
          burst_s: 10,
          retry_after: false,
          time_to_first_token_s: { kind: "constant", value: 0.4 },
          tokens_per_s: 60,
          error_ratio: 0.01,
        },
      },
    ]);
    expect(plan.servers.find(({ id }) => id === "bard")?.endpoints[0]?.steps).toEqual([
      { kind: "generate", llm: "bard" },
    ]);
  });

  test("compile makes limits of a model's queue and of its tokens, and slows it down", () => {
    const keys = `${PROVIDER}, queue_timeout_s: 2, input_tokens_per_minute: 1000, output_tokens_per_minute: 200`;
    const event: Change = ["sim_settings:", eventOf("slow_down, factor: 2", "recover")];
    const { llms, disruptions } = compile(scenarioOf(withLlm(ASK, keys, event)));
    expect(llms?.[0]).toMatchObject({
      queue_timeout_s: { kind: "constant", value: 2 },
      serving: { input_tokens_per_minute: 1000, output_tokens_per_minute: 200 },
    });
    expect(disruptions).toMatchObject([{ kind: "slow_down", target: "bard", factor: 2 }]);
  });

  test("compile leads a step that streams to an endpoint of its own, which nobody else comes to, and keeps its sizes", () => {
    const steps = `${SHORT}, { llm: bard, input_tokens: 3, output_tokens: 4, stream: true, payload_kb: 2 }`;
    const { servers } = compile(scenarioOf(withLlm(steps)));
    expect(servers.find(({ id }) => id === "bard")?.endpoints).toMatchObject([
      { name: "/", weight: 1, steps: [{ kind: "generate", llm: "bard" }] },
      { name: "/stream", weight: 0, steps: [{ kind: "generate", llm: "bard", streams: true }] },
    ]);
    const calls = servers.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.steps));
    expect(calls.flatMap((step) => (step.kind === "call" ? [step.endpoint] : []))).toEqual(
      expect.arrayContaining(["", "/stream"]),
    );
    expect(calls).toContainEqual(
      expect.objectContaining({ endpoint: "/stream", sizes: { payload_kb: { kind: "constant", value: 2 } } }),
    );
  });

  test("compile makes of a model that serves in batches the times of its steps", () => {
    expect(compile(scenarioOf(withLlm(ASK, BATCHING))).llms?.[0]?.serving).toEqual({
      kind: "continuous_batching",
      step_base_s: 0.02,
      step_per_request_s: 0.0005,
      prefill_s_per_token: 1 / 8000,
      max_batch: 64,
      kv_tokens: 90_000,
    });
  });

  test("compile draws tokens before the call, so that another attempt has the same prompt", () => {
    const [first] = programOf(
      withLlm("{ llm: bard, input_tokens: 20, output_tokens: 30, timeout_s: 9, on_error: [{ io_s: 0.1 }] }"),
    ) as readonly unknown[];
    const constant = (value: number): object => ({ kind: "constant", value });
    expect(first).toEqual({
      kind: "attempt",
      steps: [
        { kind: "prompt", input_tokens: constant(20), output_tokens: constant(30) },
        {
          kind: "call",
          edge: "app-bard",
          endpoint: "",
          policy: { timeout_s: 9, cancels: false, propagates: false, retry: null },
        },
      ],
      on_error: [{ kind: "io", duration_s: constant(0.1) }],
    });
  });

  test("compile takes other steps instead of an answer, and the edge counts them", () => {
    const [first] = programOf(
      withLlm("{ llm: bard, input_tokens: 20, output_tokens: 30, fallback: [{ cpu_s: 0.1 }] }"),
    ) as readonly unknown[];
    const on_error = [{ kind: "cpu", duration_s: { kind: "constant", value: 0.1 } }];
    expect(first).toMatchObject({ kind: "attempt", fallback_of: "app-bard", on_error });
  });

  test("compile has no models where there are none", () => {
    expect(compile(scenarioOf(meshWith("")))).not.toHaveProperty("llms");
  });
});

describe("resolve", () => {
  test("resolve makes explicit that a provider has no limits and no price", () => {
    const change: Change = [`queue_capacity: 20, ${PRICES}, `, ""];
    const text = withLlm(ASK, "time_to_first_token_s: 0.4, tokens_per_s: 60", change);
    expect(resolve(scenarioOf(text)).topology_graph.nodes.llms).toEqual([
      {
        id: "bard",
        queue_capacity: null,
        queue_timeout_s: null,
        usd_per_million_input_tokens: 0,
        usd_per_million_output_tokens: 0,
        concurrency: null,
        requests_per_minute: null,
        tokens_per_minute: null,
        input_tokens_per_minute: null,
        output_tokens_per_minute: null,
        burst_s: 60,
        retry_after: true,
        time_to_first_token_s: { kind: "constant", value: 0.4 },
        tokens_per_s: 60,
        error_ratio: 0,
      },
    ]);
  });

  test("resolve makes explicit that a batch has no limits", () => {
    const { llms } = resolve(scenarioOf(withLlm(ASK, "batching: { step_base_s: 0.02 }"))).topology_graph.nodes;
    expect(llms[0]).toMatchObject({
      batching: {
        step_base_s: 0.02,
        step_per_request_s: 0,
        prefill_tokens_per_s: null,
        max_batch: null,
        kv_tokens: null,
      },
    });
  });
});

describe("parseScenario", () => {
  const cases: readonly AskedNodeCase[] = [
    {
      name: "refuses a prompt without an answer",
      steps: "{ llm: bard, input_tokens: 3 }",
      problem: "llm must stand with input_tokens and output_tokens: current keys are llm, input_tokens",
    },
    {
      name: "refuses an answer without a prompt",
      steps: "{ llm: bard, output_tokens: 3 }",
      problem: "llm must stand with input_tokens and output_tokens: current keys are llm, output_tokens",
    },
    {
      name: "refuses an answer of nothing",
      steps: "{ llm: bard, input_tokens: 3, output_tokens: 0 }",
      problem: "steps[0].output_tokens: must be >= 1: current value is 0",
    },
    {
      name: "refuses half a token",
      steps: "{ llm: bard, input_tokens: 3.5, output_tokens: 1 }",
      problem: "steps[0].input_tokens: must be a whole number >= 0 or a distribution: current value is 3.5",
    },
    {
      name: "refuses to ask a server for tokens",
      steps: `${SHORT}, { llm: prices, input_tokens: 1, output_tokens: 1 }`,
      problem: 'steps[1].llm: must be a language model: current value is "prices"',
    },
    {
      name: "says what may be meant",
      steps: `${SHORT}, { llm: brad, input_tokens: 1, output_tokens: 1 }`,
      problem: 'steps[1].llm: must be a language model: current value is "brad": did you mean bard?',
    },
    {
      name: "refuses to call a language model",
      steps: `${SHORT}, { call: bard }`,
      problem: 'steps[1].call: must be a server, an external service or a load balancer: current value is "bard"',
    },
    {
      name: "refuses to ask over no edge",
      steps: SHORT,
      changes: [["source: app, target: bard", "source: prices, target: bard"]],
      problem: "steps[0].llm: must have an edge: add one from app to bard",
    },
    {
      name: "refuses an edge over which nobody asks",
      steps: SHORT,
      changes: [["source: app, target: bard", "source: prices, target: bard"]],
      problem: 'target: must be asked by a step llm of the source: current value is "bard"',
    },
    {
      name: "refuses an edge that leaves a language model",
      steps: SHORT,
      changes: [["sim_settings:", "    - { id: odd, source: bard, target: browser, latency: 0 }\nsim_settings:"]],
      problem: 'source: must not be a language model, which only answers: current value is "bard"',
    },
    {
      name: "refuses a provider that serves in batches",
      keys: `tokens_per_s: 3, ${BATCHING}`,
      problem: "batching must stand without keys of a provider: current keys are id, queue_capacity",
    },
    {
      name: "refuses a model of which nothing is known",
      keys: "tokens_per_s: 3",
      problem: "must have (time_to_first_token_s and tokens_per_s) or (batching): current keys are id",
    },
    {
      name: "refuses a burst of nothing",
      keys: "time_to_first_token_s: 1, tokens_per_s: 3, burst_s: 3",
      problem:
        "burst_s must stand with one of requests_per_minute, tokens_per_minute, input_tokens_per_minute, output_tokens_per_minute",
    },
    {
      name: "refuses a limit that lets nobody through",
      keys: "time_to_first_token_s: 1, tokens_per_s: 3, requests_per_minute: 30, burst_s: 1",
      problem: "requests_per_minute must make one request in burst_s",
    },
    {
      name: "refuses a batch that nobody can wait for",
      keys: BATCHING,
      changes: [["queue_capacity: 20", "queue_capacity: 0"]],
      problem: "queue_capacity must be >= 1 with batching: requests wait until the next step",
    },
    {
      name: "refuses steps that take no time",
      keys: "batching: { step_base_s: 0 }",
      problem: "batching.step_base_s: must be > 0",
    },
    {
      name: "refuses to slow the I/O steps of a language model down, which has none",
      changes: [["sim_settings:", eventOf("slow_down, factor: 2, io_factor: 3", "recover")]],
      problem: "io_factor: must be left out for a language model, which has no I/O steps: current value is 3",
    },
    {
      name: "refuses limits of tokens of a model that serves in batches",
      keys: `${BATCHING}, output_tokens_per_minute: 3`,
      problem: "batching must stand without keys of a provider: current keys are id, queue_capacity",
    },
    {
      name: "refuses to stream what is no answer of a model",
      steps: `${SHORT}, { call: prices, stream: true }`,
      problem: "call must stand alone or with endpoint,",
    },
  ];
  test.each(cases)("parseScenario $name", ({ steps = ASK, keys = PROVIDER, changes = [], problem }) => {
    expect(problemsOf(withLlm(steps, keys, ...changes)).join("\n")).toContain(problem);
  });

  test("parseScenario accepts a language model that is down", () => {
    const down: Change = ["sim_settings:", eventOf("server_down", "server_up")];
    expect(problemsOf(withLlm(ASK, PROVIDER, down))).toEqual([]);
  });

  test("parseScenario demands objectives of what requests cost", () => {
    const demand: Change = [
      "sim_settings:",
      "objectives: [{ metric: cost_usd_per_request, below: 0.002 }]\nsim_settings:",
    ];
    expect(problemsOf(withLlm(ASK, PROVIDER, demand))).toEqual([]);
  });
});

function eventOf(begin: string, end: string): string {
  return `events: [{ event_id: e, target_id: bard, start: { kind: ${begin}, t_start: 1 }, end: { kind: ${end}, t_end: 2 } }]\nsim_settings:`;
}

describe("ScenarioBuilder", () => {
  test("ScenarioBuilder builds language models of both kinds", () => {
    const own = { batching: { step_base_s: 0.02 } };
    const theirs = { time_to_first_token_s: 0.4, tokens_per_s: 60 };
    const steps = ["own", "theirs"].map((llm) => ({ llm, input_tokens: 10, output_tokens: 20 }));
    const built = scenario("shop")
      .generator("people", { arrival_rate_per_s: 10 })
      .client("browser")
      .llm("own", own)
      .llm("theirs", theirs)
      .server("app", {}, (server) => server.endpoint("/", steps))
      .link("people", "browser", 0)
      .link("browser", "app", 0.01)
      .link("app", "own", 0.001)
      .link("app", "theirs", 0.001)
      .build();
    expect(built.topology_graph.nodes.llms).toEqual([
      { id: "own", ...own },
      { id: "theirs", ...theirs },
    ]);
  });
});
