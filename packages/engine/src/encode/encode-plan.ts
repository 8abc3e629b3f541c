import {
  STEP_CPU,
  STEP_IO,
  TO_BALANCER,
  TO_COMPLETING_CLIENT,
  TO_FORWARDING_CLIENT,
  TO_SERVER,
} from "../kernel/system.js";
import type { DisruptionPlan, EdgePlan, EndpointPlan, GeneratorPlan, Plan, ServerPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { encodeBalancer } from "./encode-balancer.js";
import { StreamSet } from "./stream-set.js";
import { NONE, resolveTopology, type Topology } from "./topology.js";

const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };
const UNIT_UNIFORM: Distribution = { kind: "uniform", min: 0, max: 1 };

/** A plan as the kernel reads it, and the streams its numbers refer to. */
export interface EncodedPlan {
  readonly numbers: Float64Array;
  readonly streams: StreamSet;
}

/**
 * Encodes a plan as a list of numbers, in the order in which the constructors of `Kernel` and `System` read them. Lists
 * begin with their length, unless it has been said before.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function encodePlan(plan: Plan): EncodedPlan {
  const topology = resolveTopology(plan);
  const streams = new StreamSet();
  const parts = [
    plan.edges.flatMap((edge) => linkOf(edge, streams)),
    plan.servers.flatMap((server, index) => serverOf(server, topology.serverEdge[index]!, streams)),
    list(plan.load_balancers, (balancer, index) => {
      const edges = topology.balancerEdges[index]!.map((edge) => ({ index: edge, id: plan.edges[edge]!.id }));
      return encodeBalancer(balancer, edges, streams);
    }),
    plan.edges.flatMap((_edge, index) => targetOf(topology, index)),
    list(plan.generators, (generator, index) => generatorOf(generator, topology.generatorEdge[index]!, streams)),
    list(plan.disruptions, (disruption) => disruptionOf(plan, disruption)),
  ].flat();
  const { horizon_s, warm_up_s, series_cell_s, budget } = plan;
  const numbers = [
    horizon_s,
    warm_up_s,
    series_cell_s,
    budget.events,
    budget.live_requests,
    plan.servers.length,
    plan.edges.length,
    streams.streams.length,
    ...streams.sources(),
    ...parts,
  ];
  // Without negative zeros: the kernel orders times by their bits.
  return { numbers: Float64Array.from(numbers, (number) => number + 0), streams };
}

function list<Item>(
  items: readonly Item[],
  encode: (item: Item, index: number) => readonly number[],
): readonly number[] {
  return [items.length, ...items.flatMap(encode)];
}

function linkOf({ id, latency_s, dropout_ratio }: EdgePlan, streams: StreamSet): readonly number[] {
  const latency = streams.add(id, "latency", latency_s);
  const loss = streams.add(id, "dropout", UNIT_EXPONENTIAL);
  const withoutLatency = latency_s.kind === "constant" && latency_s.value === 0;
  return [latency, loss, -Math.log1p(-dropout_ratio), withoutLatency ? 1 : 0];
}

function serverOf(server: ServerPlan, exit: number, streams: StreamSet): readonly number[] {
  const total = server.endpoints.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  return [
    server.cpu_cores,
    server.ram_mb,
    streams.add(server.id, "endpoint", UNIT_UNIFORM),
    exit,
    ...list(server.endpoints, (endpoint) => {
      sum += endpoint.weight;
      return [sum / total, ...endpointOf(server.id, endpoint, streams)];
    }),
  ];
}

function endpointOf(server: string, { name, ram_mb, steps }: EndpointPlan, streams: StreamSet): readonly number[] {
  return [
    ram_mb,
    ...list(steps, ({ kind, duration_s }, position) => [
      kind === "cpu" ? STEP_CPU : STEP_IO,
      streams.add(server, `${name}#${position}`, duration_s),
    ]),
  ];
}

/** What a link leads to: a kind and an index. A client passes on what comes from a generator and completes the rest. */
function targetOf(topology: Topology, edge: number): readonly number[] {
  const { kind, index } = topology.targets[edge]!;
  if (kind === "server") return [TO_SERVER, index];
  if (kind === "load_balancer") return [TO_BALANCER, index];
  if (topology.sources[edge]!.kind !== "generator") return [TO_COMPLETING_CLIENT, NONE];
  return [TO_FORWARDING_CLIENT, topology.clientEdge[index]!];
}

function generatorOf(generator: GeneratorPlan, edge: number, streams: StreamSet): readonly number[] {
  return [
    streams.add(generator.id, "users", generator.users),
    streams.add(generator.id, "gaps", UNIT_EXPONENTIAL),
    generator.requests_per_user_per_s,
    generator.window_s,
    generator.window_end === "asyncflow" ? 1 : 0,
    edge,
  ];
}

function disruptionOf(plan: Plan, disruption: DisruptionPlan): readonly number[] {
  const { kind, target, start_s, end_s } = disruption;
  if (!(end_s > start_s)) {
    throw new RangeError(
      `Cannot resolve disruption of "${target}": it must end after ${start_s} s: it ends at ${end_s} s`,
    );
  }
  const candidates: readonly { readonly id: string }[] = kind === "server_down" ? plan.servers : plan.edges;
  const index = candidates.findIndex(({ id }) => id === target);
  if (index < 0) throw new RangeError(`Cannot resolve disruption of "${target}": there is no such target`);
  return kind === "server_down" ? [index, NONE, start_s, end_s, 0] : [NONE, index, start_s, end_s, disruption.spike_s];
}
