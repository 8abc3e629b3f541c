import fc from "fast-check";
import type {
  BatchingPlan,
  DisruptionPlan,
  EdgePlan,
  LlmPlan,
  Plan,
  ProviderPlan,
  ServerPlan,
  StepPlan,
} from "../src/index.js";
import { asking, llmOf } from "./llms.js";
import { constant, edge, endpoint, exponential, parallel, server } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import type { PlanLimits } from "./random-plans.js";
import { anyPolicy } from "./random-policies.js";

const anyProvider: fc.Arbitrary<ProviderPlan> = fc.record({
  kind: fc.constant("provider" as const),
  concurrency: fc.constantFrom(1, 3, Infinity),
  requests_per_minute: fc.constantFrom(120, Infinity, Infinity),
  tokens_per_minute: fc.constantFrom(3000, Infinity, Infinity),
  input_tokens_per_minute: fc.constantFrom(2500, Infinity, Infinity, Infinity),
  output_tokens_per_minute: fc.constantFrom(1000, Infinity, Infinity, Infinity),
  burst_s: fc.constantFrom(1, 5),
  retry_after: fc.boolean(),
  time_to_first_token_s: fc.constantFrom(constant(0), constant(0.05), exponential(0.1)),
  tokens_per_s: fc.constantFrom(50, 200),
  error_ratio: fc.constantFrom(0, 0, 0.2),
});

const anyBatching: fc.Arbitrary<BatchingPlan> = fc.record({
  kind: fc.constant("continuous_batching" as const),
  step_base_s: fc.constantFrom(0.01, 0.003),
  step_per_request_s: fc.constantFrom(0, 0.001),
  prefill_s_per_token: fc.constantFrom(0, 0.0005),
  max_batch: fc.constantFrom(1, 3, Infinity),
  kv_tokens: fc.constantFrom(60, 200, Infinity),
});

const anyLlm = fc.record({
  serving: fc.oneof(anyProvider, anyBatching),
  queue_capacity: fc.constantFrom(1, 4, Infinity),
  queue_timeout_s: fc.constantFrom(undefined, undefined, constant(0.05), exponential(0.1)),
  streams: fc.boolean(),
  slowed: fc.array(
    fc.record({
      factor: fc.constantFrom(0.5, 3, 20),
      start_s: fc.constantFrom(0, 0.3, 0.7),
      length_s: fc.constantFrom(0.2, 1),
    }),
    { maxLength: 2 },
  ),
});

const anyAsking = fc.record({
  llm: fc.nat(1),
  policy: anyPolicy,
  input: fc.constantFrom(constant(20), exponential(30)),
  output: fc.constantFrom(constant(8), exponential(10)),
  /** Beside all that the endpoint does, or before it, or so that its failure does no harm. */
  how: fc.constantFrom("beside" as const, "before" as const, "tried" as const),
});

/** Plans of calls in which the first endpoints of servers also ask one of two language models. */
export function anyLlms(limits: PlanLimits = {}): fc.Arbitrary<Plan> {
  const llms = fc.tuple(anyLlm, anyLlm);
  return fc
    .tuple(anyCalls(limits), llms, fc.array(anyAsking, { minLength: 5, maxLength: 5 }))
    .map(([plan, models, askings]) => {
      return withSlowDowns(withLlms(plan, models, askings), models);
    });
}

type Asking = typeof anyAsking extends fc.Arbitrary<infer Value> ? Value : never;

type Model = typeof anyLlm extends fc.Arbitrary<infer Value> ? Value : never;

function withLlms(plan: Plan, models: readonly Model[], askings: readonly Asking[]): Plan {
  const llms = models.map(({ serving, queue_capacity, queue_timeout_s }, k): LlmPlan => {
    const limits = { queue_capacity, ...(queue_timeout_s === undefined ? {} : { queue_timeout_s }) };
    return llmOf(serving, { id: `llm-${k}`, ...limits });
  });
  const asked = plan.servers.map((asker, k): ServerPlan => {
    const { llm, policy, input, output, how } = askings[k]!;
    const id = `llm-${llm}`;
    // `asking` names the edge of a server "app".
    const ask = asking(input, output, { policy }).map((step): StepPlan =>
      step.kind === "call" ? { ...step, edge: `${asker.id}-${id}` } : step,
    );
    const [first, ...others] = asker.endpoints;
    return { ...asker, endpoints: [{ ...first!, steps: placed(ask, first!.steps, how) }, ...others] };
  });
  const servers = llms.map(({ id }, k) => {
    return server(id, [endpoint([{ kind: "generate", llm: id, ...(models[k]!.streams ? { streams: true } : {}) }])]);
  });
  const edges = plan.servers.map(({ id }, k): EdgePlan =>
    edge(id, `llm-${askings[k]!.llm}`, { latency_s: constant(k % 2 === 0 ? 0 : 0.01) }),
  );
  return { ...plan, servers: [...asked, ...servers], llms, edges: [...plan.edges, ...edges] };
}

function withSlowDowns(plan: Plan, models: readonly Model[]): Plan {
  const slowDowns = models.flatMap(({ slowed }, k) =>
    slowed.map(({ factor, start_s, length_s }): DisruptionPlan => {
      return { kind: "slow_down", target: `llm-${k}`, factor, start_s, end_s: start_s + length_s };
    }),
  );
  return { ...plan, disruptions: [...plan.disruptions, ...slowDowns] };
}

function placed(ask: readonly StepPlan[], steps: readonly StepPlan[], how: Asking["how"]): readonly StepPlan[] {
  switch (how) {
    case "beside":
      return [parallel([ask, steps])];
    case "before":
      return [...ask, ...steps];
    case "tried":
      return [{ kind: "attempt", steps: ask, on_error: [] }, ...steps];
  }
}
