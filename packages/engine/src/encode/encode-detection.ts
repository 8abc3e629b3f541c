import {
  OP_DELAY,
  OP_DROP,
  OP_GAUGE,
  OP_GENERATE_THROTTLED,
  OP_HOLD_BACK,
  OP_OBSERVE,
  OP_SAMPLE,
  OP_STRIKE,
} from "../kernel/operations/detection.js";
import { OP_GENERATE } from "../kernel/operations/core.js";
import type { BufferPlan, InjectorPlan, LoadThrottlePlan } from "../detection-plan.js";
import type { GeneratorPlan, Plan } from "../plan.js";
import { placedGates } from "../measures/placed-gates.js";
import { placedPools } from "../measures/placed-pools.js";
import type { Encoding } from "./encoding.js";
import { list } from "./list.js";
import type { Program } from "./program.js";
import type { StreamSet } from "./stream-set.js";
import { NONE } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

/** Encodes the detectors, the injectors of servers and the throttles of generators, in the order in which `DetectionParts` reads them. */
export function encodeDetection({ plan, streams }: Encoding): readonly number[] {
  const { detectors = [], generators, servers } = plan;
  return [
    ...detectors.flatMap((detector) => [
      detector.interval_s,
      detector.trend_intervals,
      detector.window,
      detector.degraded_ratio,
      detector.collapsed_ratio,
      detector.latency_growth_ratio,
      detector.failed_ratio,
      ...bufferOf(detector.buffer, plan),
    ]),
    ...servers.flatMap(({ id, injector }) =>
      injector === undefined ? [] : injectorOf(id, injector, { plan, streams }),
    ),
    ...generators.flatMap(({ id, throttle }) => {
      if (throttle === undefined) return [];
      if (!("detector" in throttle)) return gaugeOf(throttle, plan);
      const detector = detectors.findIndex((one) => one.id === throttle.detector);
      if (detector < 0) {
        throw new RangeError(`Cannot resolve generator "${id}": there is no detector "${throttle.detector}"`);
      }
      return [detector, throttle.degraded_delay_s, throttle.collapsed_delay_s];
    }),
  ];
}

/** Where the frames begin that are the detectors. */
export function encodeSamplers({ plan, program }: Encoding): readonly number[] {
  return (plan.detectors ?? []).map((_detector, index) => program.add({ op: OP_SAMPLE, index }));
}

/** What a request does that leaves a server: all detectors and throttles hear of it that watch the server. */
export function encodeObservers(server: number, next: number, { plan, program }: Encoding): number {
  const { id } = plan.servers[server]!;
  const gauged = throttledGenerators(plan).reduce((then, { throttle }, index) => {
    const isGauged = throttle !== undefined && "servers" in throttle && throttle.latency_above_s < Infinity;
    return isGauged && throttle.servers.includes(id) ? program.addExit({ op: OP_GAUGE, index, next: then }) : then;
  }, next);
  return (plan.detectors ?? []).reduce((then, { buffer }, index) => {
    return buffer.servers.includes(id) ? program.addExit({ op: OP_OBSERVE, index, next: then }) : then;
  }, gauged);
}

/** What a request does that comes to a server, before `next`. */
export function encodeDrops(server: number, next: number, { plan, program }: Encoding): number {
  const { injector } = plan.servers[server]!;
  if (injector === undefined || injector.drop_ratio + injector.pressure_drop_ratio === 0) return next;
  return program.add({ op: OP_DROP, server, index: injectorIndex(server, plan), next });
}

/** What a request goes through before the steps of a server, which begin at `next`. */
export function encodeStrikes(
  server: number,
  { next, handler }: { readonly next: number; readonly handler: number },
  { plan, program }: Encoding,
): number {
  const { injector } = plan.servers[server]!;
  if (injector === undefined) return next;
  const index = injectorIndex(server, plan);
  const begin = injector.error_ratio === 0 ? next : program.add({ op: OP_STRIKE, server, index, next, handler });
  if (injector.latency_ratio === 0) return begin;
  return program.add({ op: OP_DELAY, server, index, next: begin, handler });
}

/** The operation by which a generator makes requests. */
export function generating(generator: GeneratorPlan, plan: Plan): { readonly op: number; readonly index?: number } {
  if (generator.throttle === undefined) return { op: OP_GENERATE };
  return { op: OP_GENERATE_THROTTLED, index: throttleIndex(generator, plan) };
}

/** What a user of a generator does before a request, which it sends at `next`. */
export function encodeHolding(
  generator: GeneratorPlan,
  next: number,
  { plan, program }: { readonly plan: Plan; readonly program: Program },
): number {
  if (generator.throttle === undefined) return next;
  return program.add({ op: OP_HOLD_BACK, index: throttleIndex(generator, plan), next });
}

function bufferOf({ servers, capacity }: BufferPlan, plan: Plan): readonly number[] {
  const indices = servers.map((id) => {
    const index = plan.servers.findIndex((server) => server.id === id);
    if (index < 0) throw new RangeError(`Cannot resolve a watched buffer: there is no server "${id}"`);
    return index;
  });
  const pools = placedPools(plan).flatMap(({ component, index }) => (servers.includes(component) ? [index] : []));
  const admitting = plan.servers.filter(({ admission }) => admission !== undefined);
  const admissions = admitting.flatMap(({ id }, index) => (servers.includes(id) ? [index] : []));
  const gates = placedGates(plan).filter(({ server }) => indices.includes(server));
  return [
    capacity,
    ...list(indices, (index) => [index]),
    ...list(pools, (index) => [index]),
    ...list(admissions, (index) => [index]),
    ...list(gates, ({ index }) => [index]),
  ];
}

function injectorOf(
  id: string,
  injector: InjectorPlan,
  { plan, streams }: { readonly plan: Plan; readonly streams: StreamSet },
): readonly number[] {
  const { drop_ratio, pressure_drop_ratio, capacity, latency_ratio, latency_s, error_ratio } = injector;
  return [
    drop_ratio,
    pressure_drop_ratio,
    latency_ratio,
    error_ratio,
    streams.add(id, "injected_drop", UNIT_UNIFORM),
    streams.add(id, "injected_latency", UNIT_UNIFORM),
    streams.add(id, "injected_latency_length", latency_s),
    streams.add(id, "injected_error", UNIT_UNIFORM),
    ...bufferOf({ servers: [id], capacity }, plan),
  ];
}

function injectorIndex(server: number, { servers }: Plan): number {
  return servers.slice(0, server).filter(({ injector }) => injector !== undefined).length;
}

function throttleIndex(generator: GeneratorPlan, plan: Plan): number {
  return throttledGenerators(plan).indexOf(generator);
}

function throttledGenerators({ generators }: Plan): readonly GeneratorPlan[] {
  return generators.filter(({ throttle }) => throttle !== undefined);
}

/** Nobody asks how full the buffer is, only what waits in it. */
function gaugeOf(throttle: LoadThrottlePlan, plan: Plan): readonly number[] {
  const { servers, queue_above, latency_above_s, window, delay_s } = throttle;
  return [NONE, 0, delay_s, queue_above, latency_above_s, window, ...bufferOf({ servers, capacity: 1 }, plan)];
}
