import {
  OP_BALANCE,
  OP_COMPLETE,
  OP_DISRUPT,
  OP_ENTER,
  OP_FORWARD,
  OP_LEAVE,
  OP_RECOVER,
  OP_RESERVE,
  OP_SEND,
} from "../kernel/instruction.js";
import type { DisruptionPlan, EdgePlan, Plan, ServerPlan } from "../plan.js";
import { recordedKinds } from "../measures/request-kinds.js";
import type { Distribution } from "../random/distribution.js";
import { deepestLoop } from "./deepest-loop.js";
import { encodeBalancer } from "./encode-balancer.js";
import { encodeCache } from "./encode-cache.js";
import { isPatient, UNIT_UNIFORM } from "./encode-call.js";
import { encodeArrivals } from "./encode-arrivals.js";
import { encodeRequests } from "./encode-requests.js";
import { encodeSteps, type StepContext } from "./encode-steps.js";
import { Names } from "./names.js";
import { policiesOf } from "./policies-of.js";
import { Program } from "./program.js";
import { RetrySet } from "./retry-set.js";
import { StreamSet } from "./stream-set.js";
import { NONE, resolveTopology, type Topology } from "./topology.js";

const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };

/** A plan as the kernel reads it, and the streams its numbers refer to. */
export interface EncodedPlan {
  readonly numbers: Float64Array;
  readonly streams: StreamSet;
}

/** What all parts of a plan are encoded with. */
interface Encoding {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly streams: StreamSet;
  readonly program: Program;
  readonly retries: RetrySet;
  /** Whether time limits go with calls. */
  readonly hasDeadlines: boolean;
  readonly endpoints: Names;
  readonly classes: Names;
}

/**
 * Encodes a plan as a list of numbers, in the order in which the constructors of `Kernel` and `System` read them. Lists
 * begin with their length, unless it has been said before.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function encodePlan(plan: Plan): EncodedPlan {
  const streams = new StreamSet();
  const policies = policiesOf(plan);
  const encoding: Encoding = {
    plan,
    topology: resolveTopology(plan),
    streams,
    program: new Program(),
    retries: new RetrySet(),
    hasDeadlines: policies.some(({ propagates }) => propagates),
    endpoints: new Names(),
    classes: new Names(),
  };
  const { topology, program } = encoding;
  const links = plan.edges.flatMap((edge) => linkOf(edge, encoding));
  const servers = plan.servers.flatMap((server) => serverOf(server, streams));
  const endpoints = plan.servers.flatMap((server, index) => endpointsOf(server, index, encoding));
  const targets = targetsOf(encoding);
  const generators = list(plan.generators, (generator, index) => [
    ...encodeRequests(generator, topology.generatorEdge[index]!, encoding),
    ...encodeArrivals(generator, streams),
  ]);
  const disruptions = list(plan.disruptions, (disruption) => disruptionOf(disruption, encoding));
  const balancers = list(plan.load_balancers, (balancer, index) => {
    const edges = topology.balancerEdges[index]!.map((edge) => ({ index: edge, id: plan.edges[edge]!.id }));
    return encodeBalancer(balancer, edges, streams);
  });
  const { horizon_s, warm_up_s, series_cell_s, budget } = plan;
  const pools = plan.servers.flatMap((server) => server.pools);
  const caches = (plan.caches ?? []).map((cache) => encodeCache(cache, streams));
  const numbers = [
    horizon_s,
    warm_up_s,
    series_cell_s,
    budget.events,
    budget.live_requests,
    plan.servers.length,
    plan.edges.length,
    pools.length,
    caches.length,
    recordedKinds(plan),
    // A request passes at most one edge that leads to a chain of load balancers, and each of them once.
    1 + plan.load_balancers.length,
    loopsOf(plan),
    policies.some((policy) => !isPatient(policy)) ? 1 : 0,
    policies.some(({ cancels }) => cancels) ? 1 : 0,
    streams.streams.length,
    ...streams.sources(),
    links,
    pools.map(({ size }) => size),
    caches.flat(),
    servers,
    balancers,
    encoding.retries.numbers(),
    program.numbers(),
    targets,
    endpoints,
    generators,
    disruptions,
  ].flat();
  // Without negative zeros: the kernel orders times by their bits.
  return { numbers: Float64Array.from(numbers, (number) => number + 0), streams };
}

function list<Item>(
  items: readonly Item[],
  encode: (item: Item, index: number) => readonly number[],
): readonly number[] {
  return [items.length, ...items.flatMap(encode)];
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

/** Counters that a frame needs. */
function loopsOf({ generators, servers }: Plan): number {
  const ofEndpoints = servers.flatMap(({ endpoints }) => endpoints.map(({ steps }) => deepestLoop(steps)));
  return Math.max(0, ...ofEndpoints, ...generators.map(({ policy }) => (policy.retry === null ? 0 : 1)));
}

function isZero(distribution: Distribution): number {
  return distribution.kind === "constant" && distribution.value === 0 ? 1 : 0;
}

function serverOf({ id, cpu_cores, ram_mb }: ServerPlan, streams: StreamSet): readonly number[] {
  return [cpu_cores, ram_mb, streams.add(id, "endpoint", UNIT_UNIFORM)];
}

/** The programs of a server, each an optional reservation, its steps and the way out; of each its share, its name and where it begins. */
function endpointsOf(server: ServerPlan, index: number, encoding: Encoding): readonly number[] {
  const { program, topology, endpoints } = encoding;
  const total = server.endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const exit = program.add({ op: OP_LEAVE, server: index, link: topology.serverEdge[index]! });
  const context = {
    ...encoding,
    server: { id: server.id, index },
    callEdges: topology.callEdges[index]!,
    pools: poolsOf(encoding.plan, index),
    caches: new Map((encoding.plan.caches ?? []).map(({ id, coalesces }, k) => [id, { index: k, coalesces }])),
  };
  let sum = 0;
  return list(server.endpoints, ({ name, weight, ram_mb, steps }) => {
    const first = encodeSteps(steps, { next: exit, handler: exit, name, loops: 0 }, context);
    const reserve = { op: OP_RESERVE, server: index, amount: ram_mb, next: first };
    sum += weight;
    return [sum / total, endpoints.find(name), ram_mb > 0 ? program.add(reserve) : first];
  });
}

/** A server's pools, with their positions among all. */
function poolsOf({ servers }: Plan, index: number): StepContext["pools"] {
  const before = servers.slice(0, index).reduce((sum, { pools }) => sum + pools.length, 0);
  return new Map(servers[index]!.pools.map(({ name, timeout_s }, k) => [name, { index: before + k, timeout_s }]));
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

function disruptionOf(disruption: DisruptionPlan, { plan, program }: Encoding): readonly number[] {
  const { kind, target, start_s, end_s } = disruption;
  if (!(end_s > start_s)) {
    throw new RangeError(
      `Cannot resolve disruption of "${target}": it must end after ${start_s} s: it ends at ${end_s} s`,
    );
  }
  const candidates: readonly { readonly id: string }[] = kind === "server_down" ? plan.servers : plan.edges;
  const index = candidates.findIndex(({ id }) => id === target);
  if (index < 0) throw new RangeError(`Cannot resolve disruption of "${target}": there is no such target`);
  const begin = program.add({ op: OP_DISRUPT, next: program.add({ op: OP_RECOVER }) });
  return kind === "server_down"
    ? [begin, index, NONE, start_s, end_s, 0]
    : [begin, NONE, index, start_s, end_s, disruption.spike_s];
}
