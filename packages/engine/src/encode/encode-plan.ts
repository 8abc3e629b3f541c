import { LEAST_IN_TRANSIT, LEAST_OUTSTANDING, ROUND_ROBIN } from "../kernel/balancer.js";
import {
  OP_BALANCE,
  OP_COMPLETE,
  OP_DISRUPT,
  OP_ENTER,
  OP_FORWARD,
  OP_GENERATE,
  OP_RECOVER,
  OP_SEND,
} from "../kernel/instruction.js";
import { placedPools } from "../measures/placed-pools.js";
import { scheduledServers } from "../measures/scheduled-servers.js";
import type { DisruptionPlan, EdgePlan, GeneratorPlan, Plan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { deepestLoop } from "./deepest-loop.js";
import { encodeProcesses } from "./encode-processes.js";
import { encodeEndpoints, encodeServer } from "./encode-server.js";
import { UNIT_UNIFORM } from "./encode-steps.js";
import { list, type Encoding } from "./encoding.js";
import { Names } from "./names.js";
import { Program } from "./program.js";
import { StreamSet } from "./stream-set.js";
import { NONE, resolveTopology } from "./topology.js";

const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };
const ALGORITHM = {
  round_robin: ROUND_ROBIN,
  least_in_transit: LEAST_IN_TRANSIT,
  least_outstanding: LEAST_OUTSTANDING,
} as const;

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
  const streams = new StreamSet();
  const encoding: Encoding = {
    plan,
    topology: resolveTopology(plan),
    streams,
    program: new Program(),
    endpoints: new Names(),
    classes: new Names(),
    scheduled: new Map(scheduledServers(plan).map(({ index }, position) => [index, position])),
    pools: poolPositions(plan),
  };
  const { topology, program } = encoding;
  const links = plan.edges.flatMap((edge) => linkOf(edge, encoding));
  const servers = plan.servers.flatMap((server, index) => encodeServer(server, index, encoding));
  const endpoints = plan.servers.flatMap((server, index) => encodeEndpoints(server, index, encoding));
  const targets = targetsOf(encoding);
  const generators = list(plan.generators, (generator, index) => generatorOf(generator, index, encoding));
  const disruptions = list(plan.disruptions, (disruption) => disruptionOf(disruption, encoding));
  const processes = list(encodeProcesses(encoding), (begin) => [begin]);
  const balancers = list(plan.load_balancers, ({ algorithm }, index) => {
    return [ALGORITHM[algorithm], ...list(topology.balancerEdges[index]!, (edge) => [edge])];
  });
  const { horizon_s, warm_up_s, series_cell_s, budget } = plan;
  const pools = placedPools(plan);
  const numbers = [
    horizon_s,
    warm_up_s,
    series_cell_s,
    budget.events,
    budget.live_requests,
    plan.servers.length,
    plan.edges.length,
    pools.length,
    encoding.scheduled.size,
    // A request passes at most one edge that leads to a chain of load balancers, and each of them once.
    1 + plan.load_balancers.length,
    Math.max(0, ...plan.servers.flatMap((server) => server.endpoints.map(({ steps }) => deepestLoop(steps)))),
    streams.streams.length,
    ...streams.sources(),
    links,
    pools.map(({ size }) => size),
    servers,
    balancers,
    program.numbers(),
    targets,
    endpoints,
    generators,
    disruptions,
    processes,
  ].flat();
  // Without negative zeros: the kernel orders times by their bits.
  return { numbers: Float64Array.from(numbers, (number) => number + 0), streams };
}

function poolPositions(plan: Plan): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const positions = new Map(plan.servers.map(({ id }) => [id, new Map<string, number>()]));
  for (const { server, name, index } of placedPools(plan)) positions.get(server)!.set(name, index);
  return positions;
}

function linkOf(edge: EdgePlan, { streams, topology }: Encoding): readonly number[] {
  const { id, latency_s, response_latency_s, dropout_ratio } = edge;
  const latency = streams.add(id, "latency", latency_s);
  return [
    latency,
    topology.hasAnswers ? streams.add(id, "response_latency", response_latency_s) : latency,
    streams.add(id, "dropout", UNIT_EXPONENTIAL),
    -Math.log1p(-dropout_ratio),
    isZero(latency_s),
    isZero(response_latency_s),
  ];
}

function isZero(distribution: Distribution): number {
  return distribution.kind === "constant" && distribution.value === 0 ? 1 : 0;
}

/** Where what comes out of each link goes on. A client passes on what comes from a generator and completes the rest. */
function targetsOf({ plan, topology, program }: Encoding): readonly number[] {
  const enter = plan.servers.map((_server, server) => program.add({ op: OP_ENTER, server }));
  const balance = plan.load_balancers.map((_balancer, balancer) => program.add({ op: OP_BALANCE, balancer }));
  const depart = plan.clients.map((_client, client) => {
    const link = topology.clientEdge[client]!;
    return link === NONE ? NONE : program.add({ op: topology.hasAnswers ? OP_SEND : OP_FORWARD, link });
  });
  return topology.targets.map(({ kind, index }, edge) => {
    if (kind === "server") return enter[index]!;
    if (kind === "load_balancer") return balance[index]!;
    return topology.sources[edge]!.kind === "generator" ? depart[index]! : program.add({ op: OP_COMPLETE });
  });
}

function generatorOf(generator: GeneratorPlan, index: number, encoding: Encoding): readonly number[] {
  const { streams, topology, program } = encoding;
  const link = topology.generatorEdge[index]!;
  const comesBack = topology.hasAnswers && topology.targets[link]!.kind !== "client";
  const depart = program.add({ op: comesBack ? OP_SEND : OP_FORWARD, link });
  return [
    program.add({ op: OP_GENERATE, next: depart }),
    streams.add(generator.id, "users", generator.users),
    streams.add(generator.id, "gaps", UNIT_EXPONENTIAL),
    generator.requests_per_user_per_s,
    generator.window_s,
    generator.window_end === "asyncflow" ? 1 : 0,
    ...mixOf(generator, encoding),
  ];
}

function mixOf({ id, mix }: GeneratorPlan, { streams, endpoints, classes }: Encoding): readonly number[] {
  const total = mix.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  return [
    mix.length > 1 ? streams.add(id, "mix", UNIT_UNIFORM) : 0,
    ...list(mix, (request) => {
      sum += request.weight;
      return [sum / total, endpoints.find(request.endpoint), classes.find(request.class), request.priority ?? 0];
    }),
  ];
}

function disruptionOf(disruption: DisruptionPlan, { plan, program }: Encoding): readonly number[] {
  const { kind, target, start_s, end_s } = disruption;
  if (!(end_s > start_s)) {
    throw new RangeError(
      `Cannot resolve disruption of "${target}": it must end after ${start_s} s: it ends at ${end_s} s`,
    );
  }
  const candidates: readonly { readonly id: string }[] = kind === "network_spike" ? plan.edges : plan.servers;
  const index = candidates.findIndex(({ id }) => id === target);
  if (index < 0) throw new RangeError(`Cannot resolve disruption of "${target}": there is no such target`);
  const begin = program.add({ op: OP_DISRUPT, next: program.add({ op: OP_RECOVER }) });
  switch (kind) {
    case "server_down":
      return [begin, index, NONE, start_s, end_s, 0, 0];
    case "slow_down":
      return [begin, index, NONE, start_s, end_s, 0, disruption.factor];
    case "network_spike":
      return [begin, NONE, index, start_s, end_s, disruption.spike_s, 0];
  }
}
