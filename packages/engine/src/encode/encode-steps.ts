import { OP_CALL, OP_CALL_WITHIN, OP_FORK, OP_JOIN, OP_SPAWN } from "../kernel/operations/calls.js";
import { OP_SEND } from "../kernel/operations/core.js";
import {
  OP_CATCH,
  OP_CHOOSE,
  OP_DEADLINE,
  OP_FAIL,
  OP_LOOP,
  OP_MATCH,
  OP_REPEAT,
} from "../kernel/operations/deciding.js";
import { OP_GUESS, OP_UNLOCK } from "../kernel/operations/data.js";
import { OP_KEEP, OP_KEEP_NOTHING, OP_LOOK_UP } from "../kernel/operations/extensions.js";
import { OP_FALL_BACK } from "../kernel/operations/policies.js";
import type { StepPlan, WayPlan } from "../plan.js";
import type { Distribution } from "../random/distribution.js";
import { encodePublish } from "./encode-broker.js";
import { encodeCall, isPatient } from "./encode-call.js";
import { encodeSend } from "./encode-connection.js";
import { encodeLined, patienceOf } from "./encode-held.js";
import { encodeReleaseRam } from "./encode-entrance.js";
import { encodeGenerate, encodePrompt } from "./encode-llm.js";
import { encodeCpuStep, encodeIoStep } from "./encode-work.js";
import type { StepContext, StepPlace } from "./step-context.js";
import type { Draft, Way } from "./program.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

type LookUpStep = Extract<StepPlan, { readonly kind: "look_up" }>;
type ParallelStep = Extract<StepPlan, { readonly kind: "parallel" }>;
type GenerateStep = Extract<StepPlan, { readonly kind: "generate" }>;
type CallStep = Extract<StepPlan, { readonly kind: "call" }>;
type TransactionStep = Extract<StepPlan, { readonly kind: "transaction" }>;
type HoldStep = Extract<StepPlan, { readonly kind: "hold" }>;

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
  const server = context.server.index;
  const add = (draft: Draft): number => program.add({ handler, ...draft });
  const inTime = (then: number): number => (context.hasDeadlines ? add({ op: OP_DEADLINE, next: then }) : then);
  const draw = (distribution: Distribution): number => streams.add(context.server.id, name, distribution);
  switch (step.kind) {
    case "cpu":
      return encodeCpuStep(context.server, { ...place, stream: draw(step.duration_s) }, context);
    case "io":
      return inTime(encodeIoStep(context.server, { ...place, stream: draw(step.duration_s) }, context));
    case "release_ram":
      return encodeReleaseRam(
        { server: context.plan.servers[server]!, index: server },
        { ram_mb: step.ram_mb, next, handler },
        program,
      );
    case "call": {
      const link = context.callEdges.get(step.edge)!;
      const send = encodeSend({ op: OP_SEND, edge: context.plan.edges[link]!, link }, program);
      const ways = [
        only(context.sizes.load([step.sizes ?? {}], { component: context.server.id, name, send }, program)),
      ];
      const op = isPatient(step.policy) && !context.hasDeadlines ? OP_CALL : OP_CALL_WITHIN;
      const attempt = { op, server, link, index: endpointOf(step, link, place, context), ways, next };
      const calls = { component: context.server.id, name, counter: place.loops, handler };
      return inTime(encodeCall(attempt, step.policy, calls, context));
    }
    case "branch":
      return encodeBranch(step.ways, place, context);
    case "parallel":
      return encodeParallel(step, place, context);
    case "spawn": {
      const end = program.add({ op: OP_JOIN, server });
      const way = only(
        context.exposure.inside(context.server, end, (next) =>
          encodeSteps(step.steps, { ...place, next, handler: next, transactions: [] }, context),
        ),
      );
      return add({ op: OP_SPAWN, server, ways: [way], next });
    }
    case "repeat": {
      const loop = add({ op: OP_LOOP, index: place.loops, next });
      program.leadTo(loop, encodeSteps(step.steps, { ...place, next: loop, loops: place.loops + 1 }, context));
      return add({ op: OP_REPEAT, stream: draw(step.times), index: place.loops, next: loop });
    }
    case "hold":
      return encodeHold(step, place, context);
    case "transaction":
      return encodeTransaction(step, place, context);
    case "look_up":
      return encodeLookUp(step, place, context);
    case "prompt":
      return encodePrompt(step, place, context);
    case "generate":
      return step.streams === true ? encodeStream(step, place, context) : encodeGenerate(step.llm, place, context);
    case "publish":
      return inTime(add(encodePublish(step.topic, next, context)));
    case "attempt": {
      const instead = encodeSteps(step.on_error, { ...place, name: `${name}.error` }, context);
      const caught =
        step.fallback_of === undefined
          ? add({ op: OP_CATCH, next: instead })
          : add({ op: OP_FALL_BACK, link: context.callEdges.get(step.fallback_of)!, next: instead });
      return encodeSteps(step.steps, { ...place, handler: caught }, context);
    }
    case "fail":
      return add({ op: OP_FAIL });
  }
}

function encodeParallel({ branches, join, on_error }: ParallelStep, place: StepPlace, context: StepContext): number {
  return encodeFork(
    { ways: branches.length, join, failsFast: on_error === "fail_fast" },
    place,
    context,
    (way, inner) => encodeSteps(branches[way]!, inner, context),
  );
}

/** The answer comes in a branch of its own, which outlives the wait for its first token. */
function encodeStream({ llm }: GenerateStep, place: StepPlace, context: StepContext): number {
  return encodeFork({ ways: 1, join: 1, failsFast: true }, place, context, (_way, inner) =>
    encodeGenerate(llm, inner, context, true),
  );
}

interface Fork {
  readonly ways: number;
  readonly join: number;
  readonly failsFast: boolean;
}

/** Goes several ways at once; `encode` gives where each of them begins. */
function encodeFork(
  { ways: count, join, failsFast }: Fork,
  place: StepPlace,
  context: StepContext,
  encode: (way: number, inner: StepPlace) => number,
): number {
  const { program, server } = context;
  const end = program.add({ op: OP_JOIN, server: server.index });
  const ways = Array.from({ length: count }, (_, way) =>
    only(
      context.exposure.inside(server, end, (next) =>
        encode(way, { ...place, name: `${place.name}.${way}`, transactions: [], next, handler: next }),
      ),
    ),
  );
  const { next, handler } = place;
  return program.add({
    op: OP_FORK,
    server: server.index,
    amount: join,
    index: failsFast ? 1 : 0,
    ways,
    next,
    handler,
  });
}

/** The endpoint that a call asks for: one of its own, if it locks or reads a row. */
function endpointOf(
  { endpoint, lock, read }: CallStep,
  edge: number,
  { name, transactions }: StepPlace,
  { server, endpoints, streams, rowLocks }: StepContext,
): number {
  const row = lock ?? read;
  if (row === undefined) return endpoints.find(endpoint);
  const call = { component: server.id, name, edge, endpoint, row, locks: lock !== undefined, transactions };
  return rowLocks.add(call, endpoints, streams);
}

/** A second way out gives the rows back after a failure. */
function encodeTransaction({ servers, steps }: TransactionStep, place: StepPlace, context: StepContext): number {
  const { program, plan, server } = context;
  // The rows of a replica are those of its primary.
  const primaries = new Set(
    servers.map((id) => plan.servers.find((other) => other.id === id)?.replica_of?.primary ?? id),
  );
  const inner = [...primaries].filter((id) => !place.transactions.includes(id));
  const unlock = (next: number, handler?: number): number => {
    return inner.reduceRight((then, id) => {
      const index = plan.servers.findIndex((other) => other.id === id && (other.tables ?? []).length > 0);
      if (index < 0)
        throw new RangeError(`Cannot resolve server "${server.id}": there is no server "${id}" with tables`);
      return program.add({ op: OP_UNLOCK, server: index, next: then, ...(handler === undefined ? {} : { handler }) });
    }, next);
  };
  const unwind = unlock(place.handler);
  const end = unlock(place.next, unwind);
  const transactions = [...place.transactions, ...inner];
  return encodeSteps(steps, { ...place, next: end, handler: unwind, transactions }, context);
}

function encodeHold({ pool: name, steps }: HoldStep, place: StepPlace, context: StepContext): number {
  const { program, streams, server } = context;
  const { next, handler } = place;
  const found = context.pools.get(name);
  if (found === undefined) throw new RangeError(`Cannot resolve server "${server.id}": there is no pool "${name}"`);
  const patience_s = patienceOf(found);
  const timeout =
    patience_s === undefined ? {} : { stream: streams.add(server.id, `${place.name}.timeout`, patience_s) };
  return encodeLined(
    { server: server.index, pool: found.index, queue: found.queue, endpoint: place.name.split("#")[0]!, ...timeout },
    { next, handler, without: handler },
    (ways) => encodeSteps(steps, { ...place, ...ways }, context),
    program,
  );
}

/** Those who wait for a key hear of it when it was not fetched. */
function encodeLookUp({ cache: id, on_miss }: LookUpStep, place: StepPlace, context: StepContext): number {
  const { program, server, caches } = context;
  const { next, handler, loops } = place;
  const curve = context.curves.get(id);
  if (curve !== undefined) return encodeGuess({ curve, on_miss }, place, context);
  const found = caches.get(id);
  if (found === undefined) throw new RangeError(`Cannot resolve server "${server.id}": there is no cache "${id}"`);
  const operands = { cache: found.index, index: loops };
  const failed = found.coalesces ? program.addExit({ op: OP_KEEP_NOTHING, ...operands, next: handler }) : handler;
  const keep = program.add({ op: OP_KEEP, ...operands, next, handler: failed });
  const fetch = encodeSteps(on_miss, { ...place, next: keep, handler: failed, loops: loops + 1 }, context);
  return program.add({ op: OP_LOOK_UP, server: server.index, ...operands, ways: [only(fetch)], next, handler });
}

/** Draws and names are those of a branch by chance, so that a share of hits that does not change gives the same bits. */
function encodeGuess(
  { curve, on_miss }: { readonly curve: number; readonly on_miss: readonly StepPlan[] },
  place: StepPlace,
  context: StepContext,
): number {
  const { program, streams, server } = context;
  const { name, next, handler } = place;
  const fetch = encodeSteps(on_miss, { ...place, name: `${name}.0` }, context);
  const stream = streams.add(server.id, name, UNIT_UNIFORM);
  return program.add({ op: OP_GUESS, curve, stream, ways: [only(fetch)], next, handler });
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
    chances.length === 0
      ? place.next
      : program.add({ op: OP_CHOOSE, stream, ways: chances, next: place.next, handler: place.handler });
  return ways.reduceRight((next, { when }, way) => {
    if (!("class" in when)) return next;
    const index = context.classes.find(when.class);
    return program.add({ op: OP_MATCH, index, ways: [only(begin[way]!)], next, handler: place.handler });
  }, byChance);
}

function only(to: number): Way {
  return { to, share: 1 };
}
