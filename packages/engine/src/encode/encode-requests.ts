import { OP_ASK, OP_DONE } from "../kernel/operations/calls.js";
import { OP_FORWARD, OP_SEND } from "../kernel/operations/core.js";
import { recordedKinds } from "../measures/request-kinds.js";
import type { GeneratorPlan, Plan, RequestPlan } from "../plan.js";
import { encodeCall, isPatient, type CallContext } from "./encode-call.js";
import { encodeSend } from "./encode-connection.js";
import { encodeBill } from "./encode-llm.js";
import { encodeHolding, generating } from "./encode-detection.js";
import { encodeSession, type GeneratorProgram } from "./encode-session.js";
import type { ColumnSet } from "./column-set.js";
import type { Names } from "./names.js";
import { hasOwnSizes } from "./size-set.js";
import { NONE, type Topology } from "./topology.js";
import { UNIT_UNIFORM } from "./unit-distributions.js";

/** What requests are encoded with. */
export interface RequestContext extends CallContext {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly endpoints: Names;
  readonly classes: Names;
  readonly columns: ColumnSet;
}

const ANYTHING: RequestPlan = { weight: 1, endpoint: "", class: "" };

/** Encodes what the requests of a generator do that leave over `edge`: where its frame begins, what makes requests and what they ask for. */
export function encodeRequests(generator: GeneratorPlan, edge: number, context: RequestContext): readonly number[] {
  const { start, sources } = programOf(generator, edge, context);
  const { id, arrivals } = generator;
  const stream = sources.some(({ entries }) => entries.length > 1) ? context.streams.add(id, "mix", UNIT_UNIFORM) : 0;
  const firstKind = firstKindOf(generator, context.plan);
  const rows = context.columns.add(arrivals.kind === "trace" ? arrivals.requests : []);
  // Who has a size by its row has to know that, also if it asks for nothing.
  const anything = hasOwnSizes(arrivals) ? encodeMix([ANYTHING], NONE, context) : undefined;
  const list = sources.flatMap(({ at, entries, first }) => {
    const mix = encodeMix(entries, firstKind < 0 ? NONE : firstKind + first, context);
    return [at, ...rows, stream, first, ...(entries.length === 0 ? (anything ?? mix) : mix)];
  });
  return [start, sources.length, ...list];
}

function programOf(generator: GeneratorPlan, edge: number, context: RequestContext): GeneratorProgram {
  const { plan, program, streams, topology } = context;
  const comesBack = topology.hasAnswers && topology.targets[edge]!.kind !== "client";
  const send = { op: comesBack ? OP_SEND : OP_FORWARD, edge: plan.edges[edge]!, link: edge };
  const { id, mix, sizes = {} } = generator;
  const ofEntries = mix.length === 0 ? [sizes] : mix.map((entry) => entry.sizes ?? sizes);
  const departed = context.sizes.load(
    ofEntries,
    { component: id, name: "request", send: encodeSend(send, program), arrivals: generator.arrivals },
    program,
  );
  const sent = isPatient(generator.policy) ? departed : attemptsOf(generator, { edge, depart: departed }, context);
  const depart = encodeBill(plan, sent, program);
  const kind = generator.session?.requests.kind;
  if ((kind === "endless" || kind === "limited") !== (generator.arrivals.kind === "closed")) {
    throw new RangeError(
      `Cannot resolve generator "${generator.id}": endless and limited sessions must go with closed arrivals, and only these`,
    );
  }
  if (generator.session !== undefined) {
    const index = plan.generators.filter(({ session }) => session !== undefined).indexOf(generator);
    return encodeSession(generator, generator.session, {
      program,
      streams,
      depart,
      index,
      heldBack: (at) => encodeHolding(generator, at, context),
    });
  }
  const at = program.add({ ...generating(generator, plan), next: depart });
  return { start: at, sources: [{ at, entries: generator.mix, first: 0 }] };
}

/** A request that starts attempts, each of which departs, until one of them is done. */
function attemptsOf(
  { id, policy }: GeneratorPlan,
  { edge, depart }: { readonly edge: number; readonly depart: number },
  context: RequestContext,
): number {
  const done = context.program.add({ op: OP_DONE, link: edge });
  const attempt = { op: OP_ASK, link: edge, ways: [{ to: depart, share: 1 }], next: done };
  return encodeCall(attempt, policy, { component: id, name: "retry", counter: 0, handler: done }, context);
}

/** Entries of mixes are recorded by their positions among those of all generators, if at all. */
function firstKindOf(generator: GeneratorPlan, plan: Plan): number {
  if (recordedKinds(plan) === 0) return NONE;
  const others = plan.generators.slice(0, plan.generators.indexOf(generator));
  return others.reduce((entries, { mix }) => entries + mix.length, 0);
}

/** Some entries of a mix, the first of which is of this kind; -1 when kinds are not recorded. */
function encodeMix(
  mix: readonly RequestPlan[],
  firstKind: number,
  { endpoints, classes }: RequestContext,
): readonly number[] {
  const total = mix.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  return [
    mix.length,
    ...mix.flatMap((request, entry) => {
      sum += request.weight;
      const kind = firstKind < 0 ? NONE : firstKind + entry;
      return [sum / total, endpoints.find(request.endpoint), classes.find(request.class), request.priority ?? 0, kind];
    }),
  ];
}
