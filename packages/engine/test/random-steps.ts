import fc from "fast-check";
import type { CallPolicy, Distribution, EdgePlan, StepPlan } from "../src/index.js";
import { call, constant, io, parallel } from "./plans.js";
import { anyDuration } from "./random-plans.js";
import { anyPolicy } from "./random-policies.js";

/** Where steps stand: what they may ask, the pools they may hold besides those that they hold. */
export interface Place {
  /** Edges that lead to what the server may call, by id. */
  readonly edges: ReadonlyMap<string, EdgePlan>;
  readonly pools: readonly string[];
  /** The cache that they may look keys up in; empty for none. */
  readonly cache: string;
}

/** A step that finds what it asks for in its place: plans without deadlocks and without edges that lead nowhere. */
export type Recipe = (place: Place) => readonly StepPlan[];

/** Pools of every server, classes of requests, endpoints that they ask for: one that there is nowhere among them. */
export const POOLS = ["lock", "threads"];
export const CLASSES = ["", "gold", "silver"];
export const ENDPOINTS = ["", "endpoint-0", "endpoint-1", "elsewhere"];

/** Any steps, three in each other at most. */
export const anySteps: fc.Arbitrary<Recipe> = fc.letrec<{ step: Recipe; steps: Recipe }>((tie) => {
  const steps = tie("steps");
  const someSteps = fc.array(steps, { minLength: 1, maxLength: 3 });
  return {
    steps: fc.array(tie("step"), { minLength: 1, maxLength: 4, size: "max" }).map(
      (recipes): Recipe =>
        (place) =>
          recipes.flatMap((recipe) => recipe(place)),
    ),
    step: fc.oneof(
      { maxDepth: 3, depthSize: "max" },
      { weight: 8, arbitrary: fc.tuple(fc.constantFrom("cpu" as const, "io" as const), anyDuration).map(work) },
      { weight: 7, arbitrary: fc.tuple(fc.nat(100), fc.constantFrom(...ENDPOINTS), anyPolicy).map(callAnything) },
      { weight: 1, arbitrary: fc.constant<Recipe>(() => [{ kind: "release_ram", ram_mb: 30 }]) },
      { weight: 1, arbitrary: fc.constant<Recipe>(() => [{ kind: "fail" }]) },
      { weight: 3, arbitrary: fc.tuple(someSteps, fc.nat(2), fc.boolean()).map(goParallel) },
      { weight: 2, arbitrary: fc.tuple(steps, steps, fc.constantFrom(...CLASSES)).map(goOneWay) },
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom(0, 1, 2), fc.boolean(), steps).map(repeat) },
      { weight: 2, arbitrary: steps.map(spawn) },
      { weight: 3, arbitrary: fc.tuple(fc.nat(POOLS.length - 1), steps).map(hold) },
      { weight: 2, arbitrary: steps.map(lookUp) },
      { weight: 2, arbitrary: fc.tuple(steps, steps).map(attempt) },
    ),
  };
}).steps;

function work([kind, duration_s]: readonly ["cpu" | "io", Distribution]): Recipe {
  return () => [{ kind, duration_s }];
}

function callAnything([choice, endpoint, policy]: readonly [number, string, CallPolicy]): Recipe {
  return ({ edges }) => {
    const ids = [...edges.keys()];
    return [ids.length === 0 ? io(0.001) : { ...call(ids[choice % ids.length]!, endpoint), policy }];
  };
}

function goParallel([branches, join, failsFast]: readonly [readonly Recipe[], number, boolean]): Recipe {
  const more = { join: 1 + (join % branches.length), on_error: failsFast ? "fail_fast" : "collect" } as const;
  return (place) => [
    parallel(
      branches.map((branch) => branch(place)),
      more,
    ),
  ];
}

/** By class, if there is one, and otherwise by chance. */
function goOneWay([one, other, name]: readonly [Recipe, Recipe, string]): Recipe {
  const when = name === "" ? { probability: 0.3 } : { class: name };
  return (place) => [
    {
      kind: "branch",
      ways: [
        { when, steps: one(place) },
        { when: { probability: 0.5 }, steps: other(place) },
      ],
    },
  ];
}

function repeat([most, isRandom, steps]: readonly [number, boolean, Recipe]): Recipe {
  const times: Distribution = isRandom ? { kind: "uniform", min: 0, max: most } : constant(most);
  return (place) => [{ kind: "repeat", times, steps: steps(place) }];
}

function spawn(steps: Recipe): Recipe {
  return (place) => [{ kind: "spawn", steps: steps(place) }];
}

/** Keys and pools are asked for in one order only, so that no two requests wait for each other. */
function hold([index, steps]: readonly [number, Recipe]): Recipe {
  return (place) => {
    const pool = place.pools[index];
    if (pool === undefined) return steps(place);
    const inside = { ...place, pools: place.pools.slice(index + 1), cache: "" };
    return [{ kind: "hold", pool, steps: steps(inside) }];
  };
}

function lookUp(steps: Recipe): Recipe {
  return (place) => {
    const { cache } = place;
    const on_miss = steps({ ...place, cache: "" });
    return cache === "" ? on_miss : [{ kind: "look_up", cache, on_miss }];
  };
}

/** A fallback, if it begins with a call. */
function attempt([recipe, onError]: readonly [Recipe, Recipe]): Recipe {
  return (place) => {
    const steps = recipe(place);
    const [first] = steps;
    const counted = first?.kind === "call" ? { fallback_of: first.edge } : {};
    return [{ kind: "attempt", steps, on_error: onError(place), ...counted }];
  };
}
