import {
  OP_ACQUIRE,
  OP_CALL,
  OP_CATCH,
  OP_CHOOSE,
  OP_CPU,
  OP_FAIL,
  OP_FORK,
  OP_IO,
  OP_JOIN,
  OP_LOOP,
  OP_MATCH,
  OP_RELEASE,
  OP_REPEAT,
  OP_SEND,
  OP_SPAWN,
} from "../kernel/instruction.js";
import type { EdgePlan, ServerPlan, StepPlan, WayPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { encodeSend } from "./encode-connection.js";
import { encodeReleaseRam } from "./encode-entrance.js";
import type { Names } from "./names.js";
import type { Program, Way } from "./program.js";
import type { StreamSet } from "./stream-set.js";

/** Uniform on [0, 1). */
export const UNIT_UNIFORM: Distribution = { kind: "uniform", min: 0, max: 1 };

/** What steps are encoded into, and what they refer to. */
export interface StepContext {
  readonly program: Program;
  readonly streams: StreamSet;
  /** Endpoints and classes. */
  readonly endpoints: Names;
  readonly classes: Names;
  readonly server: ServerPlan;
  readonly index: number;
  readonly edges: readonly EdgePlan[];
  /** Position of each edge that steps call over, by id. */
  readonly callEdges: ReadonlyMap<string, number>;
  /** Position of each of the server's pools, by name. */
  readonly pools: ReadonlyMap<string, number>;
}

/** Where steps lead, and where they stand. */
export interface StepPlace {
  /** The instruction after them, and the one after a failure. */
  readonly next: number;
  readonly handler: number;
  /** Names their streams: the endpoint, and positions of steps and branches. */
  readonly name: string;
  /** How many loops they are in. */
  readonly loops: number;
}

/** Encodes steps from the last to the first, so that each knows what follows; gives where they begin. */
export function encodeSteps(steps: readonly StepPlan[], place: StepPlace, context: StepContext): number {
  const separator = place.name.includes("#") ? "." : "#";
  return steps.reduceRight((next, step, position) => {
    return encodeStep(step, { ...place, next, name: `${place.name}${separator}${position}` }, context);
  }, place.next);
}

function encodeStep(step: StepPlan, place: StepPlace, context: StepContext): number {
  const { program, streams } = context;
  const { next, handler, name } = place;
  const server = context.index;
  const draw = (distribution: Distribution): number => streams.add(context.server.id, name, distribution);
  switch (step.kind) {
    case "cpu":
    case "io":
      return program.add({ op: step.kind === "cpu" ? OP_CPU : OP_IO, server, stream: draw(step.duration_s), next });
    case "release_ram":
      return encodeReleaseRam(context, { ram_mb: step.ram_mb, next }, program);
    case "call": {
      const link = context.callEdges.get(step.edge)!;
      const ways = [only(encodeSend({ op: OP_SEND, edge: context.edges[link]!, link }, program))];
      return program.add({
        op: OP_CALL,
        server,
        link,
        index: context.endpoints.find(step.endpoint),
        ways,
        next,
        handler,
      });
    }
    case "branch":
      return encodeBranch(step.ways, place, context);
    case "parallel": {
      const end = program.add({ op: OP_JOIN, server });
      const ways = step.branches.map((steps, branch) => {
        return only(encodeSteps(steps, { ...place, next: end, handler: end, name: `${name}.${branch}` }, context));
      });
      const index = step.on_error === "fail_fast" ? 1 : 0;
      return program.add({ op: OP_FORK, server, amount: step.join, index, ways, next, handler });
    }
    case "spawn": {
      const end = program.add({ op: OP_JOIN, server });
      const way = only(encodeSteps(step.steps, { ...place, next: end, handler: end }, context));
      return program.add({ op: OP_SPAWN, server, ways: [way], next });
    }
    case "repeat": {
      const loop = program.add({ op: OP_LOOP, index: place.loops, next });
      program.leadTo(loop, encodeSteps(step.steps, { ...place, next: loop, loops: place.loops + 1 }, context));
      return program.add({ op: OP_REPEAT, stream: draw(step.times), index: place.loops, next: loop });
    }
    case "hold": {
      const pool = context.pools.get(step.pool);
      if (pool === undefined) {
        throw new RangeError(`Cannot resolve server "${context.server.id}": there is no pool "${step.pool}"`);
      }
      const release = program.add({ op: OP_RELEASE, server, pool, next });
      const unwind = program.add({ op: OP_RELEASE, server, pool, next: handler });
      const body = encodeSteps(step.steps, { ...place, next: release, handler: unwind }, context);
      return program.add({ op: OP_ACQUIRE, server, pool, next: body });
    }
    case "attempt": {
      const instead = encodeSteps(step.on_error, { ...place, name: `${name}.error` }, context);
      return encodeSteps(step.steps, { ...place, handler: program.add({ op: OP_CATCH, next: instead }) }, context);
    }
    case "fail":
      return program.add({ op: OP_FAIL, handler });
  }
}

/** A test for each class, and a choice by chance after them. */
function encodeBranch(ways: readonly WayPlan[], place: StepPlace, context: StepContext): number {
  const { program, streams, server } = context;
  const begin = ways.map(({ steps }, way) => encodeSteps(steps, { ...place, name: `${place.name}.${way}` }, context));
  let share = 0;
  const chances: Way[] = [];
  for (const [way, { when }] of ways.entries()) {
    if (!("probability" in when)) continue;
    share += when.probability;
    chances.push({ to: begin[way]!, share });
  }
  const stream = chances.length === 0 ? 0 : streams.add(server.id, place.name, UNIT_UNIFORM);
  const byChance =
    chances.length === 0 ? place.next : program.add({ op: OP_CHOOSE, stream, ways: chances, next: place.next });
  return ways.reduceRight((next, { when }, way) => {
    if (!("class" in when)) return next;
    return program.add({ op: OP_MATCH, index: context.classes.find(when.class), ways: [only(begin[way]!)], next });
  }, byChance);
}

function only(to: number): Way {
  return { to, share: 1 };
}
