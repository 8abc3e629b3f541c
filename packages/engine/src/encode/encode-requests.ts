import { OP_ASK, OP_DONE, OP_FORWARD, OP_GENERATE, OP_SEND } from "../kernel/instruction.js";
import { recordedKinds } from "../measures/request-kinds.js";
import type { GeneratorPlan, Plan } from "../plan.js";
import { encodeCall, isPatient, UNIT_UNIFORM, type CallContext } from "./encode-call.js";
import type { Names } from "./names.js";
import { NONE, type Topology } from "./topology.js";

/** What requests are encoded with. */
export interface RequestContext extends CallContext {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly endpoints: Names;
  readonly classes: Names;
}

/** Encodes what the requests of a generator do that leave over `edge`: where its frame begins, and what they ask for. */
export function encodeRequests(generator: GeneratorPlan, edge: number, context: RequestContext): readonly number[] {
  const { program, topology } = context;
  const comesBack = topology.hasAnswers && topology.targets[edge]!.kind !== "client";
  const depart = program.add({ op: comesBack ? OP_SEND : OP_FORWARD, link: edge });
  const next = isPatient(generator.policy) ? depart : attemptsOf(generator, { edge, depart }, context);
  return [program.add({ op: OP_GENERATE, next }), ...mixOf(generator, context)];
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
function mixOf(generator: GeneratorPlan, { plan, streams, endpoints, classes }: RequestContext): readonly number[] {
  const { id, mix } = generator;
  const isRecorded = recordedKinds(plan) > 0;
  const others = plan.generators.slice(0, plan.generators.indexOf(generator));
  const before = others.reduce((entries, other) => entries + other.mix.length, 0);
  const total = mix.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  return [
    mix.length > 1 ? streams.add(id, "mix", UNIT_UNIFORM) : 0,
    mix.length,
    ...mix.flatMap((request, entry) => {
      sum += request.weight;
      const kind = isRecorded ? before + entry : NONE;
      return [sum / total, endpoints.find(request.endpoint), classes.find(request.class), request.priority ?? 0, kind];
    }),
  ];
}
