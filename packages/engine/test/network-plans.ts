import type { EdgePlan, GeneratorPlan, MessageSizesPlan, Plan, RequestPlan, StepPlan } from "../src/index.js";
import { constant, edge, endpoint, generatorOf, planOf, server } from "./plans.js";

/** What a message of 1 s over 1 Mbit/s carries [kB]. */
export const ONE_SECOND_KB = 125;

/** A size of both, in seconds that it takes over 1 Mbit/s. */
export function sizesOf({ there_s = 0, back_s = 0 }): MessageSizesPlan {
  return { payload_kb: constant(there_s * ONE_SECOND_KB), response_kb: constant(back_s * ONE_SECOND_KB) };
}

/** Requests at these times, each of its own entry of a mix with these sizes. */
export function arriving(
  arrivals: readonly { readonly at_s: number; readonly sizes: MessageSizesPlan }[],
  more: Partial<GeneratorPlan> = {},
): GeneratorPlan {
  const mix = arrivals.map(({ sizes }, k): RequestPlan => ({ weight: 1, endpoint: "", class: `class-${k}`, sizes }));
  const times_s = Float64Array.from(arrivals, ({ at_s }) => at_s);
  const requests = Int32Array.from(arrivals.keys());
  return generatorOf({ kind: "trace", times_s, requests }, { mix, ...more });
}

/** source -> client -> app, over an edge like this; app answers after its steps. */
export function overEdge(
  generator: GeneratorPlan,
  link: Partial<EdgePlan>,
  { steps = [], ...more }: Partial<Plan> & { readonly steps?: readonly StepPlan[] } = {},
): Plan {
  return planOf({
    horizon_s: 1000,
    generators: [generator],
    servers: [server("app", [endpoint(steps)])],
    edges: [edge("source", "client"), edge("client", "app", link)],
    ...more,
  });
}
