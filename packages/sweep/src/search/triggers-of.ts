import type { DisruptionPlan, FactorPlan, GeneratorPlan, Plan } from "@loadstar/engine";

/** Something that overloads a system for a while and ends before the run does. */
export interface Trigger {
  readonly kind: "load" | DisruptionPlan["kind"];
  /** The generator whose load rises, the server that is down, the edge that is slow. */
  readonly target: string;
  readonly start_s: number;
  readonly end_s: number;
}

/**
 * The triggers of a plan: factors of a load that rise above 1 and are back at 1 for good (flash crowds, steps), outages, and spikes of the
 * network. What lasts to the end of the run, or returns, is none.
 */
export function triggersOf({ generators, disruptions, horizon_s }: Plan): readonly Trigger[] {
  const loads = generators.flatMap((generator) =>
    factorsOf(generator).flatMap((factor) => loadTrigger(generator, factor)),
  );
  const events = disruptions.map(({ kind, target, start_s, end_s }) => ({ kind, target, start_s, end_s }));
  return [...loads, ...events].filter(({ start_s, end_s }) => start_s < end_s && end_s < horizon_s);
}

/** The plan without some of its triggers. All else has the same random numbers. */
export function withoutTriggers(plan: Plan, triggers: readonly Trigger[]): Plan {
  const isOne = (other: Trigger): boolean => triggers.some((trigger) => isSame(trigger, other));
  return {
    ...plan,
    generators: plan.generators.map((generator) => {
      const { arrivals } = generator;
      if (!("profile" in arrivals)) return generator;
      const profile = arrivals.profile.filter((factor) => !loadTrigger(generator, factor).some(isOne));
      return { ...generator, arrivals: { ...arrivals, profile } };
    }),
    disruptions: plan.disruptions.filter((disruption) => !isOne(disruption)),
  };
}

function factorsOf({ arrivals }: GeneratorPlan): readonly FactorPlan[] {
  return "profile" in arrivals ? arrivals.profile : [];
}

/** The trigger that a factor is, if it is one. */
function loadTrigger({ id }: GeneratorPlan, factor: FactorPlan): readonly Trigger[] {
  if (factor.kind !== "pieces" || factor.period_s !== 0) return [];
  const last = factor.pieces.at(-1)!;
  const first = factor.pieces.find(({ from, to }) => from !== 1 || to !== 1);
  const rises = factor.pieces.some(({ from, to }) => from > 1 || to > 1);
  if (first === undefined || !rises || last.from !== 1 || last.to !== 1) return [];
  return [{ kind: "load", target: id, start_s: first.start_s, end_s: last.start_s }];
}

function isSame(one: Trigger, other: Trigger): boolean {
  return (
    one.kind === other.kind && one.target === other.target && one.start_s === other.start_s && one.end_s === other.end_s
  );
}
