import fc from "fast-check";
import type {
  DisruptionPlan,
  Distribution,
  EdgePlan,
  MessageSizesPlan,
  NetworkPlan,
  Plan,
  StepPlan,
} from "../src/index.js";
import { constant, exponential } from "./plans.js";
import { anyCalls } from "./random-calls.js";
import { anyHastyCalls, type CpuLimits } from "./random-cpus.js";
import { anyDisruption } from "./random-plans.js";

/** What a plan is given besides what it has. */
export interface NetworkRecipe {
  /** Of the edges in turn; undefined for none. */
  readonly networks: readonly (NetworkPlan | undefined)[];
  /** Of calls, generators and entries of mixes in turn. */
  readonly sizes: readonly MessageSizesPlan[];
  readonly degradations: readonly Degradation[];
}

/** A worse edge, which is chosen by a number. */
interface Degradation {
  readonly target: number;
  readonly start_s: number;
  readonly length_s: number;
  readonly spike_s: number;
  /** 1 for a partition. */
  readonly loss_ratio: number;
  readonly bandwidth_ratio: number;
}

/** One kB takes some milliseconds. */
const anyNetwork: fc.Arbitrary<NetworkPlan> = fc.record(
  {
    bandwidth_mbps: fc.constantFrom(0.8, 8, 8),
    retransmission: fc.record({ timeout_s: fc.constantFrom(0.002, 0.05), limit: fc.constantFrom(0, 1, 4) }),
    slow_start: fc.record(
      {
        round_trip_s: fc.constantFrom<Distribution>(constant(0.004), exponential(0.002)),
        initial_window_segments: fc.constantFrom(1, 3),
        mss_bytes: fc.constantFrom(100, 1000),
      },
      { requiredKeys: ["initial_window_segments", "mss_bytes"] },
    ),
  },
  { requiredKeys: [] },
);

const anySize = fc.constantFrom<Distribution>(constant(0), constant(1), exponential(2), {
  kind: "uniform",
  min: 0,
  max: 6,
});

const anySizes: fc.Arbitrary<MessageSizesPlan> = fc.record(
  { payload_kb: anySize, response_kb: anySize },
  { requiredKeys: [] },
);

/** Three networks in four edges or more, sizes from nothing to many segments, degradations that overlap. */
export const anyNetworkRecipe: fc.Arbitrary<NetworkRecipe> = fc.record({
  networks: fc.array(fc.option(anyNetwork, { nil: undefined, freq: 4 }), { minLength: 5, maxLength: 5 }),
  sizes: fc.array(anySizes, { minLength: 4, maxLength: 4 }),
  degradations: fc.array(
    fc
      .tuple(
        anyDisruption,
        fc.record({
          loss_ratio: fc.constantFrom(0, 0.3, 1),
          bandwidth_ratio: fc.constantFrom(0.2, 0.7, 1),
        }),
      )
      .map(([disruption, degradation]) => ({ ...disruption, ...degradation })),
    { maxLength: 3 },
  ),
});

/** The plan with networks, sizes and degradations. */
export function withNetworks(plan: Plan, { networks, sizes, degradations }: NetworkRecipe): Plan {
  const edges = plan.edges.map((edge, k): EdgePlan => {
    const network = networks[k % networks.length];
    return network === undefined ? edge : { ...edge, network };
  });
  return {
    ...withSizes(plan, sizes),
    edges,
    disruptions: [...plan.disruptions, ...degradations.map((degradation) => disruptionOf(degradation, edges))],
  };
}

/** The plan with sizes of calls, generators and entries of mixes, which take turns. */
export function withSizes(plan: Plan, sizes: readonly MessageSizesPlan[]): Plan {
  let taken = 0;
  const next = (): MessageSizesPlan => sizes[taken++ % sizes.length]!;
  const generators = plan.generators.map((generator) => ({
    ...generator,
    sizes: next(),
    mix: generator.mix.map((entry, k) => (k % 2 === 0 ? { ...entry, sizes: next() } : entry)),
  }));
  const servers = plan.servers.map((server) => ({
    ...server,
    endpoints: server.endpoints.map((endpoint) => ({
      ...endpoint,
      steps: sized(endpoint.steps, next) as readonly StepPlan[],
    })),
  }));
  return { ...plan, generators, servers };
}

/** The same value with sizes at every call in it. */
function sized(value: unknown, next: () => MessageSizesPlan): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sized(item, next));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sized(item, next)]));
  return copy["kind"] === "call" ? { ...copy, sizes: next() } : copy;
}

function disruptionOf(
  { target, start_s, length_s, loss_ratio, bandwidth_ratio, spike_s }: Degradation,
  edges: readonly EdgePlan[],
): DisruptionPlan {
  const period = { target: edges[target % edges.length]!.id, start_s, end_s: start_s + length_s };
  if (loss_ratio === 1) return { kind: "network_partition", ...period };
  return { kind: "network_degraded", ...period, loss_ratio, bandwidth_ratio, spike_s };
}

/** Plans of calls between servers, half of them with callers who often give up, over all kinds of networks. */
export function anyNetworkCalls(limits: CpuLimits = {}): fc.Arbitrary<Plan> {
  return fc
    .tuple(fc.oneof(anyCalls(limits), anyHastyCalls(limits)), anyNetworkRecipe)
    .map(([plan, recipe]) => withNetworks(plan, recipe));
}
