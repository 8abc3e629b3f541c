import { metricsOf, run } from "@loadstar/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, scenario, type CompositeStep, type ParallelStep, type Step } from "../src/index.js";

/** How a list of steps ends, and after how long [s]. */
interface End {
  readonly after_s: number;
  readonly failed: boolean;
}

const LATENCY_S = 0.002;
const RESPONSE_S = 0.007;

/** The end of steps that never wait for each other, worked out without a simulation. */
function endOf(steps: readonly Step[]): End {
  let after_s = 0;
  for (const step of steps) {
    const end = endOfStep(step);
    after_s += end.after_s;
    if (end.failed) return { after_s, failed: true };
  }
  return { after_s, failed: false };
}

function endOfStep(step: Step): End {
  if ("cpu_s" in step && !("offload" in step)) return { after_s: Number(step.cpu_s), failed: false };
  if ("io_s" in step) return { after_s: Number(step.io_s), failed: false };
  if ("fail" in step) return { after_s: 0, failed: true };
  if ("spawn" in step || "kind" in step || "ram_mb" in step || "release_ram_mb" in step) {
    return { after_s: 0, failed: false };
  }
  const end = endOfComposite(step);
  if (!end.failed || step.on_error === undefined) return end;
  const handled = endOf(step.on_error);
  return { after_s: end.after_s + handled.after_s, failed: handled.failed };
}

function endOfComposite(step: CompositeStep): End {
  if ("call" in step) return { after_s: 2 * LATENCY_S + RESPONSE_S, failed: step.call === "broken" };
  if ("parallel" in step) return endOfParallel(step.parallel);
  if ("repeat" in step) return endOf(Array.from({ length: Number(step.repeat.times) }, () => step.repeat.steps).flat());
  if ("branch" in step) {
    const [way] = step.branch;
    return way !== undefined && "probability" in way ? endOf(way.steps) : { after_s: 0, failed: false };
  }
  if ("steps" in step) return endOf(step.steps);
  return { after_s: "cpu_s" in step ? Number(step.cpu_s) : 0, failed: false };
}

function endOfParallel({ join = "all", on_error = "fail_fast", branches }: ParallelStep["parallel"]): End {
  const ends = branches.map(endOf).toSorted((a, b) => a.after_s - b.after_s);
  const needed = join === "all" ? ends.length : join === "any" ? 1 : join;
  const enough = ends.filter(({ failed }) => !failed)[needed - 1];
  if (enough !== undefined) return enough;
  const tooMany = ends.filter(({ failed }) => failed)[ends.length - needed];
  return { after_s: (on_error === "fail_fast" ? tooMany : ends.at(-1))?.after_s ?? 0, failed: true };
}

const duration_s = fc.integer({ min: 1, max: 40 }).map((milliseconds) => milliseconds / 1000);

const simpleStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ cpu_s: duration_s }), weight: 3 },
  { arbitrary: fc.record({ io_s: duration_s }), weight: 3 },
  { arbitrary: fc.constant({ fail: true as const }), weight: 1 },
);

/** Random programs in the words of a file, so deep at most; chance and queues have no part in them. */
function programs(depth: number): fc.Arbitrary<readonly Step[]> {
  if (depth === 0) return fc.array(simpleStep, { maxLength: 2 });
  const steps = programs(depth - 1);
  const branches = fc.array(steps, { minLength: 1, maxLength: 4 });
  const parallel = branches.chain((list) =>
    fc.record({
      join: fc.constantFrom<"all" | "any" | number>("all", "any", Math.ceil(list.length / 2)),
      on_error: fc.constantFrom("fail_fast" as const, "collect" as const),
      branches: fc.constant(list),
    }),
  );
  const composite: fc.Arbitrary<CompositeStep> = fc.oneof(
    { arbitrary: fc.record({ parallel }), weight: 4 },
    { arbitrary: fc.record({ call: fc.constantFrom("quick", "broken") }), weight: 1 },
    {
      arbitrary: steps.map((list) => ({
        branch: [{ probability: 1, steps: list }, { otherwise: [{ fail: true as const }] }],
      })),
      weight: 1,
    },
    { arbitrary: fc.record({ repeat: fc.record({ times: fc.integer({ min: 0, max: 3 }), steps }) }), weight: 1 },
    { arbitrary: fc.record({ semaphore: fc.constant("wide"), steps }), weight: 1 },
    { arbitrary: fc.record({ offload: fc.constant("thread_pool" as const), cpu_s: duration_s }), weight: 1 },
  );
  const handled = fc.tuple(composite, steps).map(([step, on_error]) => ({ ...step, on_error }));
  const spawned = steps.map((spawn) => ({ spawn }));
  return fc.array(fc.oneof<fc.Arbitrary<Step>[]>(simpleStep, composite, handled, spawned), {
    minLength: 1,
    maxLength: 3,
  });
}

const anySteps = programs(3);

/** Runs the steps on a server on which nothing is short. */
function measured(steps: readonly Step[]): (metric: string) => number {
  const plan = compile(
    scenario("program")
      .generator("users", { avg_active_users: { mean: 20 }, avg_request_per_minute_per_user: { mean: 60 } })
      .client("client")
      .server("app", { cpu_cores: 1_000, thread_pool: 1_000 }, (server) =>
        server.semaphore("wide", 1_000).endpoint("/", [{ call: "quick" }, { call: "broken", on_error: [] }, ...steps]),
      )
      .external("quick", { response_s: RESPONSE_S })
      .external("broken", { response_s: RESPONSE_S, error_ratio: 1 })
      .link("users", "client", 0, { dropout_rate: 0 })
      .link("client", "app", 0, { dropout_rate: 0 })
      .link("app", "quick", LATENCY_S, { dropout_rate: 0 })
      .link("app", "broken", LATENCY_S, { dropout_rate: 0 })
      .settings({ total_simulation_time: 8 })
      .build(),
    { series_cell_s: 0 },
  );
  const names = metricsOf(plan).map(({ name }) => name);
  const { metrics } = run(plan, 7, 0);
  return (metric) => metrics[names.indexOf(metric)] ?? Number.NaN;
}

const CALLS_S = 2 * (2 * LATENCY_S + RESPONSE_S);

describe("run of compiled programs", () => {
  test("run ends a program when and as it is worked out by hand", () => {
    const ends = { failed: 0, done: 0 };
    fc.assert(
      fc.property(anySteps, (steps) => {
        const value = measured(steps);
        const { after_s, failed } = endOf(steps);
        ends[failed ? "failed" : "done"]++;
        expect(value(failed ? "requests_completed" : "requests_failed")).toBe(0);
        expect(value(failed ? "requests_failed" : "requests_completed")).toBeGreaterThan(50);
        if (failed) return;
        expect(value("latency_s_min")).toBeCloseTo(CALLS_S + after_s, 9);
        expect(value("latency_s_max")).toBeCloseTo(CALLS_S + after_s, 9);
      }),
      { seed: 20261121, numRuns: 200 },
    );
    expect(Math.min(ends.failed, ends.done)).toBeGreaterThan(30);
  });

  test("run ends a program as what says the same in other words", () => {
    const sameAs: readonly ((steps: readonly Step[]) => Step)[] = [
      (steps) => ({ parallel: { branches: [steps] } }),
      (steps) => ({ branch: [{ probability: 1, steps }] }),
      (steps) => ({ repeat: { times: 1, steps } }),
      (steps) => ({ semaphore: "wide", steps }),
      (steps) => ({ branch: [{ class: "nobody", steps: [{ io_s: 9 }] }, { otherwise: steps }] }),
    ];
    fc.assert(
      fc.property(anySteps, fc.constantFrom(...sameAs), (steps, inOtherWords) => {
        const [value, other] = [measured(steps), measured([inOtherWords(steps)])];
        for (const metric of ["requests_completed", "requests_failed"]) expect(other(metric)).toBe(value(metric));
        if (value("requests_completed") === 0) return;
        expect(other("latency_s_mean")).toBeCloseTo(value("latency_s_mean"), 9);
      }),
      { seed: 20261121, numRuns: 40 },
    );
  });
});
