import { MESSAGE_COUNTERS } from "../kernel/brokers/group.js";
import { partCounts } from "../measures/recorded-parts.js";
import type { Plan, SessionPlan } from "../plan.js";
import { deepestLoop } from "./deepest-loop.js";
import { encodeArrivals } from "./encode-arrivals.js";
import { encodeAutoscalers, encodeScaling } from "./encode-autoscalers.js";
import { encodeBalancers } from "./encode-balancer.js";
import { encodeConsumers, encodeGroups, encodeTopics } from "./encode-broker.js";
import { encodeCaches, encodeFlushes } from "./encode-cache.js";
import { isPatient } from "./encode-call.js";
import { encodeChannels } from "./encode-channels.js";
import { encodeBalancedSends, encodeClosing, encodeDiallings } from "./encode-connection.js";
import { encodeDetection, encodeSamplers } from "./encode-detection.js";
import { encodeDisruptions } from "./encode-disruptions.js";
import { encodeAdmissions, encodeColdStarts } from "./encode-entrance.js";
import { encodeGates } from "./encode-gate.js";
import { encodePools } from "./encode-held.js";
import { encodeLinks } from "./encode-links.js";
import { encodeLlms } from "./encode-llm.js";
import { encodeProcesses } from "./encode-processes.js";
import { encodeRateLimits } from "./encode-rate-limits.js";
import { encodeRequests } from "./encode-requests.js";
import { encodeEndpoints, encodeServers } from "./encode-server.js";
import { encodeTargets } from "./encode-targets.js";
import { encodeVisits } from "./encode-visits.js";
import { encodingOf } from "./encoding-of.js";
import type { Encoding } from "./encoding.js";
import { joined, list } from "./list.js";
import { fitsSmallKernel } from "./fits-small-kernel.js";
import { policiesOf } from "./policies-of.js";
import { encodeRows } from "./row-locks.js";
import type { StreamSet } from "./stream-set.js";

/** A plan as the kernel reads it, the streams its numbers refer to, and whether the small kernel can run it. */
export interface EncodedPlan {
  readonly numbers: Float64Array;
  readonly streams: StreamSet;
  readonly isSmall: boolean;
}

/**
 * Encodes a plan as a list of numbers, in the order in which the constructors of `Kernel`, `Recorder` and `System` read them. Lists
 * begin with their length, unless it has been said before. What is too long to be handled one by one stands before all others.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function encodePlan(plan: Plan): EncodedPlan {
  const encoding = encodingOf(plan);
  const { columns, program, streams } = encoding;
  const counts = partCounts(plan);
  // Programs are first: they choose which retries, sizes, hedges and locks there are.
  const programs = encodePrograms(encoding);
  const parts = encodeParts(encoding);
  const last = [...encodeDetection(encoding), ...encodeVisits(encoding)];
  const numbers = [
    plan.horizon_s,
    plan.warm_up_s,
    plan.series_cell_s,
    plan.budget.events,
    plan.budget.live_requests,
    ...Object.values(counts),
    plan.detailed_series === true ? 1 : 0,
    // A request passes at most one edge that leads to a chain of load balancers, and each of them once.
    1 + plan.load_balancers.length,
    loopsOf(plan),
    policiesOf(plan).some((policy) => !isPatient(policy)) ? 1 : 0,
    policiesOf(plan).some(({ cancels, hedge }) => cancels || hedge?.cancels === true) ? 1 : 0,
    streams.streams.length,
    ...streams.sources(),
  ];
  return {
    numbers: columns.before(joined([numbers, parts, program.numbers(), programs, last])),
    streams,
    isSmall: fitsSmallKernel(plan, program.operations(), counts),
  };
}

/** What instructions act on. */
function encodeParts(encoding: Encoding): readonly number[] {
  return joined([
    encodeLinks(encoding),
    encodeChannels(encoding),
    encodePools(encoding),
    encodeCaches(encoding),
    encodeServers(encoding),
    encodeAdmissions(encoding),
    encodeColdStarts(encoding),
    encodeGates(encoding),
    encodeBalancers(encoding),
    encodeAutoscalers(encoding),
    encoding.retries.numbers(),
    encoding.breakers.numbers(),
    encodeRateLimits(encoding),
    encodeLlms(encoding),
    encoding.sizes.numbers(),
    encodeGroups(encoding),
    encodeTopics(encoding),
    encoding.hedges.numbers(),
    encodeRows(encoding),
    encoding.rowLocks.numbers(),
  ]);
}

/** Adds all programs, and gives where they begin. */
function encodePrograms(encoding: Encoding): readonly number[] {
  const { plan, program, topology } = encoding;
  const endpoints = encodeEndpoints(encoding);
  const consumers = encodeConsumers(encoding);
  return joined([
    encodeTargets(encoding),
    encodeDiallings(encoding),
    list(encodeBalancedSends(plan, topology, program), (send) => send),
    endpoints,
    consumers,
    list(plan.generators, (generator, index) => [
      ...encodeRequests(generator, topology.generatorEdge[index]!, encoding),
      ...encodeArrivals(generator, encoding, plan.faults),
    ]),
    encodeDisruptions(encoding),
    list(
      [
        ...encodeProcesses(encoding),
        ...encodeClosing(plan.edges, program),
        ...encodeFlushes(encoding),
        ...encodeScaling(encoding),
        ...encodeSamplers(encoding),
      ],
      (begin) => [begin],
    ),
  ]);
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
