import fc from "fast-check";
import type { DisruptionPlan, Distribution, EffectPlan, FaultEffectPlan, FaultPlan, Plan } from "../src/index.js";
import { constant, exponential } from "./plans.js";

/** An effect on a component that is chosen by a number. */
type EffectFor = (plan: Plan, target: number) => readonly EffectPlan[];

/** One that only comes by chance. */
type ChanceFor = (plan: Plan, target: number) => readonly FaultEffectPlan[];

const onServer =
  (effect: (target: string) => EffectPlan): EffectFor =>
  ({ servers }, target) => [effect(servers[target % servers.length]!.id)];

const anyEffect: fc.Arbitrary<EffectFor> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(onServer((target) => ({ kind: "crash", target }))) },
  { weight: 1, arbitrary: fc.constant(onServer((target) => ({ kind: "server_down", target }))) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(0.5, 4), fc.constantFrom(undefined, 1, 3)).map(([factor, io_factor]) =>
      onServer((target) => ({
        kind: "slow_down",
        target,
        factor,
        ...(io_factor === undefined ? {} : { io_factor }),
      })),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(0.3, 1)
      .map((error_ratio) => onServer((target) => ({ kind: "error_spike", target, error_ratio }))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(5), fc.constantFrom(1, 2, Infinity)).map(([pool, units]) => exhausts(pool, units)),
  },
  { weight: 1, arbitrary: fc.constant<EffectFor>((plan, target) => storms(plan, target)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0.002, 0.1).map((spike_s): EffectFor => {
      return ({ edges }, target) => [{ kind: "network_spike", target: edges[target % edges.length]!.id, spike_s }];
    }),
  },
);

/** Edges that lose messages, and leaks of memory. */
const anyEffectOfMore: fc.Arbitrary<EffectFor> = fc.oneof(
  fc.tuple(fc.constantFrom(0, 0.3), fc.constantFrom(0, 0.01)).map(([loss_ratio, spike_s]): EffectFor => {
    return ({ edges }, target) => [
      { kind: "network_degraded", target: edges[target % edges.length]!.id, loss_ratio, bandwidth_ratio: 0.5, spike_s },
    ];
  }),
  fc.constant<EffectFor>(({ edges }, target) => [
    { kind: "network_partition", target: edges[target % edges.length]!.id },
  ]),
  fc
    .tuple(fc.constantFrom(0, 200, 1e5), fc.constantFrom(0, 3))
    .map(([mb_per_s, mb_per_request]) =>
      onServer((target) => ({ kind: "memory_leak", target, mb_per_s, mb_per_request })),
    ),
);

/** Surges of generators that have a rate, and flushes of caches, if there are some. */
const anyChance: fc.Arbitrary<ChanceFor> = fc.oneof(
  fc.constantFrom(0, 0.5, 3).map((factor): ChanceFor => {
    return ({ generators }, target) => {
      const { id, arrivals } = generators[target % generators.length]!;
      return "profile" in arrivals ? [{ kind: "traffic_surge", target: id, factor }] : [];
    };
  }),
  fc.constant<ChanceFor>(({ caches = [] }, target) => {
    return caches.length === 0 ? [] : [{ kind: "cache_flush", target: caches[target % caches.length]!.id }];
  }),
);

const anyEffectByChance: fc.Arbitrary<ChanceFor> = fc.oneof(
  { weight: 7, arbitrary: anyEffect },
  { weight: 1, arbitrary: anyEffectOfMore },
  { weight: 1, arbitrary: anyChance },
);

/** Nothing at a server without pauses. */
const storms: EffectFor = ({ servers }, target) => {
  const { id, cpu } = servers[target % servers.length]!;
  const pauses = cpu?.pauses ?? null;
  return pauses === null ? [] : [{ kind: "gc_storm", target: id, factor: 4, length_factor: 1.5 }];
};

/** Nothing at a server without pools. */
function exhausts(pool: number, units: number): EffectFor {
  return ({ servers }, target) => {
    const { id, pools } = servers[target % servers.length]!;
    return pools.length === 0
      ? []
      : [{ kind: "pool_exhaustion", target: id, pool: pools[pool % pools.length]!.name, units }];
  };
}

const anyTime = fc.constantFrom<Distribution>(constant(0.3), exponential(0.2), constant(0.05), exponential(1));
const anyRepair = fc.constantFrom<Distribution | undefined>(
  constant(0.1),
  exponential(0.1),
  constant(0),
  exponential(0.02),
  undefined,
);

/** Things that go wrong at known times and by chance: crashes above all. */
export interface Troubles {
  readonly scheduled: readonly {
    readonly effect: EffectFor;
    readonly target: number;
    readonly start_s: number;
    readonly length_s: number;
  }[];
  readonly byChance: readonly {
    readonly effects: readonly ChanceFor[];
    readonly target: number;
    readonly failure: Distribution;
    /** Undefined for what is over at once. */
    readonly repair: Distribution | undefined;
  }[];
}

export const anyTroubles: fc.Arbitrary<Troubles> = fc.record({
  scheduled: fc.array(
    fc.record({
      effect: fc.oneof({ weight: 7, arbitrary: anyEffect }, { weight: 1, arbitrary: anyEffectOfMore }),
      target: fc.nat(20),
      start_s: fc.integer({ min: 0, max: 20 }).map((k) => k / 10),
      length_s: fc.integer({ min: 1, max: 8 }).map((k) => k / 10),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  byChance: fc.array(
    fc.record({
      effects: fc.array(anyEffectByChance, {
        minLength: 1,
        maxLength: 3,
      }),
      target: fc.nat(20),
      failure: anyTime,
      repair: anyRepair,
    }),
    { maxLength: 2 },
  ),
});

/** The plan with these troubles as well. */
export function withTroubles(plan: Plan, { scheduled, byChance }: Troubles): Plan {
  const disruptions = scheduled.flatMap(({ effect, target, start_s, length_s }) =>
    effect(plan, target).map((it): DisruptionPlan => ({ ...it, start_s, end_s: start_s + length_s })),
  );
  const faults = byChance.map(({ effects, target, failure, repair }, k): FaultPlan => ({
    id: `fault-${k}`,
    time_to_failure_s: failure,
    ...(repair === undefined ? {} : { time_to_repair_s: repair }),
    effects: effects.flatMap((effect, position) => effect(plan, target + position)),
  }));
  return { ...plan, disruptions: [...plan.disruptions, ...disruptions], faults };
}
