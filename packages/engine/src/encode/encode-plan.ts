import { MESSAGE_COUNTERS } from "../kernel/brokers/group.js";
import { OP_BALANCE, OP_COMPLETE, OP_ENTER, OP_FORWARD, OP_SEND } from "../kernel/operations/core.js";
import { OP_BALANCE_DIALLING } from "../kernel/operations/extensions.js";
import { placedPools, type PlacedPool } from "../measures/placed-pools.js";
import { recordedKinds } from "../measures/request-kinds.js";
import { scheduledServers } from "../measures/scheduled-servers.js";
import { recordedVisits } from "../measures/visit-kinds.js";
import { firstRecordOf, watchedMembers } from "../measures/watched-members.js";
import { troubledComponents } from "../measures/troubled-components.js";
import type { EdgePlan, Plan, SessionPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { BreakerSet } from "./breaker-set.js";
import { ColumnSet } from "./column-set.js";
import { deepestLoop } from "./deepest-loop.js";
import { encodeConsumers, encodeGroups, encodeTopics, encodeWorkBegin } from "./encode-broker.js";
import { encodeCache, encodeFlushes, encodeHitCurve } from "./encode-cache.js";
import { HedgeSet } from "./hedge-set.js";
import { encodeAutoscalers, encodeScaling } from "./encode-autoscalers.js";
import { encodeArrivals } from "./encode-arrivals.js";
import { encodeBalancer } from "./encode-balancer.js";
import { isPatient } from "./encode-call.js";
import { encodeBalancedSends, encodeClosing, encodeDiallings, encodeSend, isDialling } from "./encode-connection.js";
import { detectionCounts, encodeDetection, encodeDrops, encodeSamplers } from "./encode-detection.js";
import { encodeDisruptions } from "./encode-disruptions.js";
import { encodeAdmissions, encodeColdStarts } from "./encode-entrance.js";
import { fitsSmallKernel } from "./fits-small-kernel.js";
import { encodeGates } from "./encode-gate.js";
import { encodePool } from "./encode-held.js";
import { encodeLlms } from "./encode-llm.js";
import { encodeProcesses } from "./encode-processes.js";
import { encodeChannels } from "./encode-channels.js";
import { encodeEntrance, encodeRateLimits } from "./encode-rate-limits.js";
import { encodeRequests } from "./encode-requests.js";
import { encodeEndpoints, encodeServer, endpointNumbers } from "./encode-server.js";
import { setsDeadlines } from "./encode-conduct.js";
import { encodeArrival, encodeVisits } from "./encode-visits.js";
import { list, type Encoding } from "./encoding.js";
import { Exposure } from "./exposure.js";
import { Names } from "./names.js";
import { policiesOf } from "./policies-of.js";
import { topicPositions } from "../measures/placed-topics.js";
import { Program } from "./program.js";
import { RetrySet } from "./retry-set.js";
import { SizeSet } from "./size-set.js";
import { encodeRows, RowLocks } from "./row-locks.js";
import { StreamSet } from "./stream-set.js";
import { NONE, resolveTopology } from "./topology.js";

const UNIT_EXPONENTIAL: Distribution = { kind: "exponential", mean: 1 };

/** A plan as the kernel reads it, the streams its numbers refer to, and whether the small kernel can run it. */
export interface EncodedPlan {
  readonly numbers: Float64Array;
  readonly streams: StreamSet;
  readonly isSmall: boolean;
}

/**
 * Encodes a plan as a list of numbers, in the order in which the constructors of `Kernel` and `System` read them. Lists
 * begin with their length, unless it has been said before. What is too long to be handled one by one stands before all others.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function encodePlan(plan: Plan): EncodedPlan {
  const streams = new StreamSet();
  const columns = new ColumnSet();
  const program = new Program();
  const policies = policiesOf(plan);
  const pools = placedPools(plan);
  const encoding: Encoding = {
    plan,
    topology: resolveTopology(plan),
    streams,
    columns,
    program,
    exposure: new Exposure(plan, program, streams),
    retries: new RetrySet(),
    breakers: new BreakerSet(plan),
    sizes: new SizeSet(plan, { streams, columns }),
    hedges: new HedgeSet(),
    bulkheads: new Map(pools.flatMap(({ bulkhead, index }) => (bulkhead === undefined ? [] : [[bulkhead, index]]))),
    rowLocks: new RowLocks(),
    hasDeadlines: policies.some(({ propagates }) => propagates) || plan.servers.some(setsDeadlines),
    endpoints: new Names(),
    classes: new Names(),
    scheduled: new Map(scheduledServers(plan).map(({ index }, position) => [index, position])),
    pools: poolPositions(plan, pools),
    llms: new Map((plan.llms ?? []).map(({ id }, index) => [id, index])),
    caches: new Map((plan.caches ?? []).map(({ id, coalesces }, index) => [id, { index, coalesces }])),
    curves: new Map((plan.hit_curves ?? []).map(({ id }, index) => [id, index])),
    topics: topicPositions(plan),
  };
  const { topology } = encoding;
  const links = plan.edges.flatMap((edge) => linkOf(edge, encoding));
  const channels = encodeChannels(plan, topology, streams);
  const servers = plan.servers.flatMap((server, index) => encodeServer(server, index, encoding));
  const programs = plan.servers.map((server, index) => encodeEndpoints(server, index, encoding));
  const endpoints = programs.flatMap((own, index) => endpointNumbers(own, index, encoding));
  const groups = encodeGroups(encoding);
  const consumers = encodeConsumers(encoding);
  const topics = encodeTopics(encoding);
  const admissions = encodeAdmissions(plan.servers);
  const coldStarts = encodeColdStarts(plan.servers, streams);
  const gates = encodeGates(encoding);
  const targets = targetsOf(encoding);
  const diallings = encodeDiallings(plan.edges, topology, streams);
  const balancedSends = list(encodeBalancedSends(plan, topology, program), (send) => send);
  const generators = list(plan.generators, (generator, index) => [
    ...encodeRequests(generator, topology.generatorEdge[index]!, encoding),
    ...encodeArrivals(generator, encoding, plan.faults),
  ]);
  const disruptions = encodeDisruptions(encoding);
  const begins = [
    ...encodeProcesses(encoding),
    ...encodeClosing(plan.edges, program),
    ...encodeFlushes(encoding),
    ...encodeScaling(encoding),
    ...encodeSamplers(encoding),
  ];
  const processes = list(begins, (begin) => [begin]);
  const detection = encodeDetection(plan, streams);
  const balancers = list(plan.load_balancers, (balancer, index) => {
    const edges = topology.balancerEdges[index]!.map((edge) => ({ index: edge, id: plan.edges[edge]!.id }));
    return [firstRecordOf(balancer, plan), ...encodeBalancer(balancer, edges, streams)];
  });
  const autoscalers = encodeAutoscalers(plan, streams);
  const { horizon_s, warm_up_s, series_cell_s, budget } = plan;
  const curves = (plan.hit_curves ?? []).map(encodeHitCurve);
  const rows = encodeRows(plan, streams);
  const caches = (plan.caches ?? []).map((cache) => encodeCache(cache, streams));
  const llms = encodeLlms(plan, streams);
  const otherParts = [
    pools.length,
    caches.length + curves.length,
    recordedKinds(plan),
    encoding.scheduled.size,
    encoding.breakers.size,
    admissions.length,
    coldStarts.length,
    gates.length,
    diallings.length,
    plan.generators.filter(({ session }) => session !== undefined).length,
    encoding.llms.size,
    channels.length,
    groups.length,
    topics.length,
    troubledComponents(plan).length,
    plan.autoscalers?.length ?? 0,
    rows.length,
    ...detectionCounts(plan),
    recordedVisits(plan),
  ];
  const numbers = joined(
    horizon_s,
    warm_up_s,
    series_cell_s,
    budget.events,
    budget.live_requests,
    plan.servers.length,
    plan.edges.length,
    ...otherParts,
    watchedMembers(plan).length,
    plan.detailed_series === true ? 1 : 0,
    // A request passes at most one edge that leads to a chain of load balancers, and each of them once.
    1 + plan.load_balancers.length,
    loopsOf(plan),
    policies.some((policy) => !isPatient(policy)) ? 1 : 0,
    policies.some(({ cancels, hedge }) => cancels || hedge?.cancels === true) ? 1 : 0,
    streams.streams.length,
    ...streams.sources(),
    links,
    channels.flat(),
    pools.flatMap((pool) => encodePool(pool, encoding)),
    caches.length,
    caches.flat(),
    curves.flat(),
    servers,
    admissions.flat(),
    coldStarts.flat(),
    gates.flat(),
    balancers,
    autoscalers,
    encoding.retries.numbers(),
    encoding.breakers.numbers(),
    encodeRateLimits(plan),
    llms,
    encoding.sizes.numbers(),
    groups.flat(),
    topics.flat(),
    encoding.hedges.numbers(),
    rows.flat(),
    encoding.rowLocks.numbers(),
    program.numbers(),
    targets,
    diallings.flat(),
    balancedSends,
    endpoints,
    consumers.flat(),
    generators,
    disruptions,
    processes,
    detection,
    encodeVisits(encoding),
  );
  return {
    numbers: columns.before(numbers),
    streams,
    isSmall: fitsSmallKernel(plan, program.operations(), otherParts),
  };
}

/** All numbers in one list: `flat` takes three times as long. */
function joined(...parts: readonly (number | readonly number[])[]): readonly number[] {
  const numbers: number[] = [];
  for (const part of parts) {
    if (typeof part === "number") numbers.push(part);
    else for (const number of part) numbers.push(number);
  }
  return numbers;
}

function poolPositions({ servers }: Plan, pools: readonly PlacedPool[]): Encoding["pools"] {
  const positions = new Map(servers.map(({ id }) => [id, new Map<string, PlacedPool>()]));
  for (const pool of pools) positions.get(pool.component)?.set(pool.name, pool);
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

/** Counters that a frame needs. */
function loopsOf({ generators, servers, brokers = [] }: Plan): number {
  const ofEndpoints = servers.flatMap(({ endpoints }) => endpoints.map(({ steps }) => deepestLoop(steps)));
  const counts = generators.some(({ policy, session }) => policy.retry !== null || countsRequests(session));
  return Math.max(counts ? 1 : 0, brokers.length === 0 ? 0 : MESSAGE_COUNTERS, ...ofEndpoints);
}

function countsRequests(session: SessionPlan | undefined): boolean {
  return session?.requests.kind === "drawn" || session?.requests.kind === "limited";
}

function isZero(distribution: Distribution): number {
  return distribution.kind === "constant" && distribution.value === 0 ? 1 : 0;
}

/** Where what comes out of each link goes on. A client passes on what comes from a generator and completes the rest. */
function targetsOf(encoding: Encoding): readonly number[] {
  const { plan, topology, program } = encoding;
  const enter = plan.servers.map((_server, server) =>
    encodeArrival(
      server,
      encodeEntrance(server, encodeDrops(server, program.add({ op: OP_ENTER, server }), encoding), encoding),
      encoding,
    ),
  );
  const balance = plan.load_balancers.map((_balancer, balancer) => {
    const dials = isDialling(topology.balancerEdges[balancer]!, plan.edges);
    return program.add({ op: dials ? OP_BALANCE_DIALLING : OP_BALANCE, balancer });
  });
  const depart = plan.clients.map((_client, client) => {
    const link = topology.clientEdge[client]!;
    if (link === NONE) return NONE;
    return encodeSend({ op: topology.hasAnswers ? OP_SEND : OP_FORWARD, edge: plan.edges[link]!, link }, program);
  });
  return topology.targets.map(({ kind, index }, edge) => {
    if (kind === "server") return encodeWorkBegin(plan.edges[edge]!.id, enter[index]!, encoding);
    if (kind === "load_balancer") return balance[index]!;
    return topology.sources[edge]!.kind === "generator" ? depart[index]! : program.add({ op: OP_COMPLETE });
  });
}
